import time

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from qa.article import PASSAGE_TOKENS, Article, count_tokens
from qa.errors import SourceError
from qa.text.sentences import MAX_SENTENCE

ODD_TEXTS = [
    "a",
    " \n\n a \n\n\n b. ",
    "No full stop",
    "One.\r\n\r\nTwo.\r\n",
    "Hi! <|endoftext|> “Why?” he asked.\n\nHeading\n\nText.",
    "\ufeffBOM. \u202eRight to left. 👩‍👩‍👧 family.\u2028Line.",
    "中文。没有空格。" * 40,
    "long " * 400 + ". Short. " + "word " * 200,
    "\x0b\x0c \x1c. \x85.",
    "nowhitespace" * 400,
    "First. " + "x!" * 1500 + " Second. Third.",
    "\t".join(["a table"] * 900),
]
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def made(text: str) -> Article:
    return Article.from_text(text, title="T")


def sentences(text: str) -> list[str]:
    article = made(text)
    return [text[s.start : s.end] for s in article.sentences]


def odd(test):
    for text in ODD_TEXTS:
        test = example(text)(test)
    return given(texts)(test)


@pytest.mark.parametrize("text", ["word " * 40_000, "x" * 200_000, "One. " + "word\n" * 2_000])
def test_a_sentence_without_end_is_cut(text):
    lengths = [len(sentence) for sentence in sentences(text)]
    assert max(lengths) <= MAX_SENTENCE
    assert len(lengths) <= len(text) / (MAX_SENTENCE - 10) + 2
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("mark", ["!", "?!", ".)", "a."])
def test_marks_without_end_are_divided_soon(mark):
    started = time.monotonic()
    assert len(sentences(mark * (600_000 // len(mark)))) == 300
    assert time.monotonic() - started < 5


@odd
def test_passages_joined_are_the_text_to_the_letter(text):
    article = made(text)
    assert "".join(p.text for p in article.passages) == text
    assert all(text[p.start : p.end] == p.text for p in article.passages)


@odd
def test_passages_hold_whole_sentences_within_the_budget(text):
    article = made(text)
    held = []
    for passage in article.passages:
        own = [s for s in article.sentences if passage.start <= s.start < passage.end]
        assert own and own[-1].end <= passage.end
        held += own
        tokens = count_tokens(text[own[0].start : own[-1].end])
        assert tokens <= PASSAGE_TOKENS or len(own) == 1
    assert held == list(article.sentences)


@odd
def test_sentences_cover_all_but_white_space_in_order(text):
    article = made(text)
    end = 0
    for sentence in article.sentences:
        assert not text[end : sentence.start].strip()
        found = text[sentence.start : sentence.end]
        assert found and found == found.strip()
        end = sentence.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Dr. Smith in the U.S. on Monday. He left.", 2),
        ("President al-Assad’s U.S. trip ended. Gen. Kioumars Pourhashemi died.", 2),
        ("“It is over.” She left. “Why?” he asked.", 3),
        ("A Heading\n\nThe text begins. It ends.", 3),
        ("Prices rose 3.5 percent in Jan. 2024 alone.", 1),
    ],
)
def test_abbreviations_quotes_and_headings_split_right(text, expected):
    assert len(sentences(text)) == expected


def test_the_shipped_article_has_28_sentences(article):
    quotes = [article.text[s.start : s.end] for s in article.sentences]
    assert len(quotes) == 28
    assert quotes[0].startswith("Rebel forces in north-western Syria")
    assert quotes[0].endswith("al-Assad’s regime, capturing territory for the first time in years.")
    assert all(quote.endswith(".") for quote in quotes)


def test_the_id_is_a_hash_of_the_text_and_the_revision_of_all_fields():
    one, other = Article.from_text("A.", title="T"), Article.from_text("A.", title="U")
    assert one.id == other.id
    assert one.revision != other.revision
    assert one.id != Article.from_text("B.", title="T").id
    given = [{name: "x"} for name in ("published", "author", "publisher", "place", "updated")]
    revisions = {Article.from_text("A.", title="T", **fields).revision for fields in given}
    assert len(revisions | {one.revision}) == 6


def test_the_revision_is_the_one_of_earlier_versions_where_no_later_field_is_set():
    article = Article.from_text("A.", title="T", source="S", published="2025-03-14", pages=(0, 1))
    assert article.revision == "93d45a0fc2587b02"


def test_metadata_and_origin_tell_what_is_known():
    article = Article.from_text(
        "A.", id="a", title="T", source="The Post", publisher="The Post", author=" Ada Kay ",
        published="2025-03-14", updated="2025-03-15",
    )  # fmt: skip
    assert article.origin == "Ada Kay · The Post · 14 March 2025 · updated 15 March 2025"
    assert article.metadata == {
        "id": "a",
        "title": "T",
        "source": "The Post",
        "published": "2025-03-14",
        "author": "Ada Kay",
        "publisher": "The Post",
        "place": None,
        "updated": "2025-03-15",
        "url": None,
    }


def test_a_page_is_the_last_that_starts_before_the_offset():
    article = Article("a", "T", "abcdef", pages=(0, 2, 4))
    assert [article.page(i) for i in range(6)] == [1, 1, 2, 2, 3, 3]
    assert made("a").page(0) is None


@pytest.mark.parametrize(
    ("text", "title", "message"),
    [
        (" \n", "T", "The article 'T' has no text; add some."),
        ("A.", " ", "The article has no title; give it one."),
        ("A\ud800", "T", "The article's text has half of a surrogate pair at character 1; "),
    ],
)
def test_bad_text_is_one_sentence(text, title, message):
    with pytest.raises(SourceError) as caught:
        Article.from_text(text, title=title)
    assert str(caught.value).startswith(message)


def test_an_article_without_its_correction_notes_keeps_its_text_and_passages():
    article = made(
        "It sank.\n\nCorrection: The ship was Berta. It was not Clara.\n\nAll were saved."
    )
    other = article.without_corrections
    assert [article.text[s.start : s.end] for s in other.sentences] == [
        "It sank.",
        "All were saved.",
    ]
    assert (other, other.passages) == (article, article.passages)
    assert len(article.sentences) == 4
    for text in ("It sank.", "Correction: The ship was Berta."):
        alone = made(text)
        assert alone.without_corrections is alone
