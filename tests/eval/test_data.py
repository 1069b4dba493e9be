"""Question sets: what is read, and one clear sentence for whatever cannot be."""

import gzip
import json

import pytest

from qa.errors import UsageError
from sets.questions import ALL, DataError, read_own, read_public
from tests.eval.tiny import DAM, GATES, TRAP, question, write_gz, write_set


def test_gold_spans_become_the_articles_sentences(data):
    found = read_public(data / "fictional-news", "test")
    gates = found.questions[0]
    (place,) = gates.gold
    assert found.articles["dam"].text[place[1] : place[2]].startswith("Engineers opened 4 gates")
    assert (gates.answers, gates.needs, gates.kind) == (("4",), "any", "fact")


def test_only_the_split_asked_for_is_read(data):
    ids = [q.id for q in read_public(data / "squad2", "test").questions]
    assert ids == ["gates", "prize", "both", "why", "trap"]
    assert len(read_public(data / "squad2", ALL).questions) == 6


def test_a_paragraph_becomes_an_article_and_its_gold_moves_along(tmp_path):
    start = DAM.index("Engineers")
    write_set(tmp_path, [GATES | {"scope": [start, len(DAM)]}])
    found = read_public(tmp_path, "test", paragraphs=True)
    (place,) = found.questions[0].gold
    assert found.questions[0].articles == (f"dam:{start}",)
    assert found.articles[place[0]].text[: place[2]].endswith("two metres.")
    assert place[1] == 0


def test_a_sample_is_the_same_whatever_the_order(data):
    found = read_public(data / "squad2", "test")
    sample = found.sample(2)
    turned = type(found)(found.questions[::-1], found.articles).sample(2)
    assert {q.id for q in sample.questions} == {q.id for q in turned.questions}
    assert len(sample.questions) == 2
    assert found.sample(99) == found.sample(None) == found


def test_own_questions_need_no_more_than_id_question_and_gold(own):
    corpus, questions = own
    found = read_own(questions, corpus).questions
    assert [(q.id, q.answerable, len(q.gold), q.articles) for q in found] == [
        ("gates", True, 1, ("dam",)),
        ("born", False, 0, ("dam",)),
    ]


def own_line(own, **changes):
    corpus, questions = own
    line = {"id": "q1", "question": "What?", "gold": ["The Orlin dam held on Monday."]} | changes
    questions.write_text("\n" + json.dumps(line) + "\n", encoding="utf-8")
    return questions, corpus


def test_a_wrong_question_is_named(own):
    for changes, says in [
        ({"gold": ["The dam broke."]}, "question 'q1' has gold that is not in its article"),
        ({"gold": [""]}, "question 'q1' has gold that is not in its article"),
        ({"article": "lake"}, "question 'q1' names the article 'lake'"),
        ({"answerable": False}, "question 'q1' has gold sentences though it is marked as not"),
        ({"gold": None}, r"mine.jsonl has a malformed line 2 \(gold: "),
        ({"needs": "some"}, r"malformed line 2 \(needs: "),
        ({"history": [{"role": "me", "content": ""}]}, r"malformed line 2 \(history.0.role: "),
    ]:
        with pytest.raises(DataError, match=says):
            read_own(*own_line(own, **changes))


def test_a_file_of_your_own_that_cannot_be_read_is_named(own, tmp_path):
    corpus, questions = own
    good = questions.read_bytes()
    for written, says in [
        (good + b'{"id": "q3", \n', r"mine.jsonl has a malformed line 3 \(Invalid JSON"),
        (good * 2, "the id 'gates' twice"),
        (b"\n", r"mine\.jsonl holds no question"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ]:
        questions.write_bytes(written)
        with pytest.raises(DataError, match=says):
            read_own(questions, corpus)
    with pytest.raises(DataError, match="nowhere does not exist; name one with --corpus"):
        read_own(corpus, tmp_path / "nowhere")


def test_a_public_file_that_cannot_be_read_is_named(data):
    path = data / "squad2" / "questions.jsonl.gz"
    whole = path.read_bytes()
    wrong = gzip.compress((json.dumps(GATES) + '\n{"id": 3}\n').encode())
    for written, says in [
        (whole[: len(whole) // 2], "is damaged or half-written"),
        (whole[: int(len(whole) * 0.97)], "is damaged or half-written"),
        (b"{}", "is damaged"),
        (wrong, r"has a malformed line 2 \(id: "),
    ]:
        path.write_bytes(written)
        with pytest.raises(DataError, match=rf"questions\.jsonl\.gz {says}"):
            read_public(data / "squad2", "test")
    path.unlink()
    with pytest.raises(DataError, match=r"questions\.jsonl\.gz does not exist"):
        read_public(data / "squad2", "test")


def test_gold_outside_the_article_names_the_question(tmp_path):
    for broken, says in [
        (GATES | {"evidence": [[0, 9999]]}, "question 'gates' has gold at characters 0 to 9999"),
        (GATES | {"evidence": [[9, 9]]}, "question 'gates' has gold at characters 9 to 9"),
        (GATES | {"article": "lake"}, "question 'gates' names the article 'lake'"),
        (question("q", "Who?", "dam", scope=[3, 3]), "question 'q': The article"),
    ]:
        write_set(tmp_path, [TRAP, broken])
        with pytest.raises(DataError, match=says):
            read_public(tmp_path, "test", paragraphs="scope" in says or broken["id"] == "q")


def test_a_split_without_questions_names_those_that_there_are(data):
    with pytest.raises(UsageError, match=r"no question of the split 'dev'; it has test, train"):
        read_public(data / "squad2", "dev")


def test_an_article_without_a_title_is_read(tmp_path):
    write_set(tmp_path, [GATES])
    write_gz(tmp_path / "articles.jsonl.gz", [{"id": "dam", "title": "", "text": DAM}])
    assert read_public(tmp_path, "test").articles["dam"].title == "Untitled"
