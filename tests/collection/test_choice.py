"""Articles chosen by paper, author and day."""

import pytest

from qa.article import Article
from qa.collection.choice import Choice
from qa.errors import UsageError

POST = Article.from_text(
    "It rained.", title="Rain", publisher="The Post", published="2024-02-03", author="Ada Kay"
)
NEWS = Article.from_text("It snowed.", title="Snow", source="news.example", published="2024-02-05")
UNDATED = Article.from_text("It froze.", title="Frost", publisher="Evening Post")
ALL = (POST, NEWS, UNDATED)


@pytest.mark.parametrize(
    "choice, titles",
    [
        (Choice(), ["Rain", "Snow", "Frost"]),
        (Choice(publisher="post"), ["Rain", "Frost"]),
        (Choice(publisher="news.example"), ["Snow"]),
        (Choice(author="kay"), ["Rain"]),
        (Choice(since="2024-02-04"), ["Snow"]),
        (Choice(until="2024-02-03"), ["Rain"]),
    ],
)
def test_what_fits_a_choice(choice, titles):
    assert [a.title for a in choice.of(ALL)] == titles


def test_what_fits_nothing_or_is_no_day_is_told():
    with pytest.raises(UsageError, match=r"No article fits publisher 'Sun'; there are articles of"):
        Choice(publisher="Sun").of(ALL)
    with pytest.raises(UsageError, match="since is 'soon', but must be a day such as 2024-02-03"):
        Choice(since="soon")
