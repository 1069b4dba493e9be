import pytest

from qa.errors import SourceError
from qa.settings import shipped_corpus
from qa.sources import read_corpus

GOOD = "---\ntitle: 'A: title'\nsource: x.test\npublished: 2024-11-29\n---\n\nOne.\n\nTwo.\n"


def corpus_with(tmp_path, data):
    (tmp_path / "bad.md").write_bytes(data)
    return tmp_path


def test_the_shipped_article_is_the_page_without_what_the_page_added():
    (article,) = read_corpus(shipped_corpus())
    assert article.id == "syria-offensive"
    assert article.title.startswith("Syria Rebels Initiate Major Offensive in the North-West")
    assert (article.source, article.published) == ("www.bbc.com", None)
    assert article.text.startswith("Rebel forces in north-western Syria")
    assert article.text.endswith("urgent attention from the international community.")
    for added in ("Loading Now", "Original Source", "Post Comment"):
        assert added not in article.text


def test_front_matter_is_kept_as_text(tmp_path):
    (tmp_path / "one.md").write_text(GOOD)
    (tmp_path / "README.md").write_text("no article")
    (article,) = read_corpus(tmp_path)
    assert (article.id, article.title, article.published) == ("one", "A: title", "2024-11-29")
    assert article.text == "One.\n\nTwo."


def test_front_matter_tells_author_publisher_place_and_update(tmp_path):
    told = "author: Ada Kay\npublisher: The Post\nplace: Elin\nupdated: 2024-11-30\n---"
    (tmp_path / "one.md").write_text(GOOD.replace("---\n\nOne", f"{told}\n\nOne"))
    (article,) = read_corpus(tmp_path)
    assert article.metadata == {
        "id": "one",
        "title": "A: title",
        "source": "x.test",
        "published": "2024-11-29",
        "author": "Ada Kay",
        "publisher": "The Post",
        "place": "Elin",
        "updated": "2024-11-30",
        "url": None,
    }


@pytest.mark.parametrize(
    ("data", "problem", "mend"),
    [
        (b"", "is empty", "put an article in it"),
        (b" \n\n", "is empty", "put an article in it"),
        (b"\xff\xfe\x00a", "is not UTF-8 text (byte 0)", "save it as UTF-8"),
        (b"Just text.", "has no front matter", "begin it with '---'"),
        (b"---\ntitle: a\n", "has no front matter", "begin it with '---'"),
        (b"---\nsource: a\n---\nText.", "has no title", "add a line 'title: "),
        (b"---\ntitle: [a]\n---\nText.", "has no title", "add a line 'title: "),
        (b"---\ntitle: a: b\n---\nText.", "is not YAML", "between single quotes"),
        (b"---\ntitle: a\nsource: [b]\n---\nText.", "has source: ['b']", "make it text"),
        (b"---\ntitle: a\n---\n\n", "has no text after", "put the article there"),
        (b"a\x00b", "is not text", "save it as plain text"),
    ],
)
def test_a_bad_corpus_file_is_one_sentence_that_names_it(tmp_path, data, problem, mend):
    with pytest.raises(SourceError) as caught:
        read_corpus(corpus_with(tmp_path, data))
    sentence = str(caught.value)
    assert str(tmp_path / "bad.md") in sentence
    assert problem in sentence and mend in sentence
    assert "\n" not in sentence


def test_a_missing_corpus_folder_is_named(tmp_path):
    with pytest.raises(SourceError, match="does not exist; set QA_CORPUS"):
        read_corpus(tmp_path / "none")


def test_front_matter_that_would_grow_without_end_is_refused_in_short(tmp_path):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    text = f"---\ntitle: a\n{bomb}source: *l\n---\nText."
    with pytest.raises(SourceError) as caught:
        read_corpus(corpus_with(tmp_path, text.encode()))
    assert len(str(caught.value)) < 1000
    with pytest.raises(SourceError, match=r"has 6,00\d characters; shorten it"):
        read_corpus(corpus_with(tmp_path, b"---\ntitle: " + b"a" * 6000 + b"\n---\nText."))
