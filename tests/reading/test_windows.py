import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.article import Article, Sentence
from qa.reading.onnx_model import WEIGHTS
from qa.reading.tokenizer import MAX_WINDOW, Tokens, WordPieceTokenizer
from qa.reading.windows import BESIDE, CONTEXT, PIECE, Part, filled, parts_of, window_of

HEAD = [101, 102]


@pytest.fixture(scope="module")
def tokenizer():
    return WordPieceTokenizer((WEIGHTS / "tokenizer.json").read_bytes())


def parts(*lengths):
    """Sentences of so many word pieces each."""
    article = Article.from_text("One came. " * max(len(lengths), 1), title="T")
    return [
        Part(article, article.sentences[i], Tokens((7,) * n, ((0, 1),) * n), 0, n)
        for i, n in enumerate(lengths)
    ]


def size(part):
    return part.last - part.first


def test_what_fits_stands_in_one_window():
    sentences = parts(100, 100, 100)
    assert filled(HEAD, None, sentences) == [sentences]


def test_the_sentence_before_is_read_to_its_last_pieces():
    before, *sentences = parts(100, 30, 40)
    ((context, *shown),) = filled(HEAD, before, sentences)
    assert shown == sentences
    assert (context.sentence, context.first, context.last) == (before.sentence, 100 - CONTEXT, 100)


def test_further_windows_begin_with_the_end_of_the_one_before():
    sentences = parts(*[60] * 20)
    rows = filled(HEAD, None, sentences)
    assert len(rows) == 3
    for row, following in itertools.pairwise(rows):
        assert following[0].sentence == row[-1].sentence
        assert size(following[0]) == CONTEXT


def test_windows_are_of_like_size():
    sizes = [sum(map(size, row)) for row in filled(HEAD, None, parts(*[30] * 20))]
    assert len(sizes) == 2 and max(sizes) < 1.4 * min(sizes)


@given(st.lists(st.integers(0, PIECE), max_size=40), st.integers(2, 125))
def test_no_word_piece_is_lost(lengths, head):
    sentences = parts(*lengths)
    rows = filled([101] * head, None, sentences)
    assert all(head + 1 + sum(map(size, row)) <= MAX_WINDOW for row in rows)
    own = [p for n, row in enumerate(rows) for p in (row[1:] if n else row)]
    assert own == sentences


def test_a_long_sentence_is_read_in_overlapping_parts(tokenizer):
    text = "word " * 500
    (tokens,) = tokenizer.tokens([text])
    found = parts_of(Article.from_text(text, title="T"), Sentence(0, len(text)), tokens)
    assert [p.first for p in found] == [0, 128, 256, 384]
    assert all(a.last - b.first == BESIDE for a, b in itertools.pairwise(found))
    assert found[-1].last == 500
    assert len(window_of(tokenizer, HEAD, found[:1]).ids) == len(HEAD) + PIECE + 1
