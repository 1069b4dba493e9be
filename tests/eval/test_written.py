"""The suite `written`, with a scripted model behind real HTTP."""

import json
from dataclasses import replace

import pytest

from eval.run import Options
from eval.suites import SUITES, written
from eval.suites.written_twins import VARIANTS, read_replies, verdicts_of
from tests.eval.tiny import DAM, GATES, span, write_gz, write_set

TRUE, FALSE = "The lake had risen by two metres.", "The lake had risen by nine metres."


@pytest.fixture
def options(own, chat_server, monkeypatch, tmp_path):
    monkeypatch.setenv("QA_MODEL_URL", chat_server.url)
    corpus, questions = own
    out = tmp_path / "out"
    out.mkdir()
    return Options(
        split="all", out=out, questions=questions, corpus=corpus, model="openai:scripted"
    )


def values(row):
    return {name: (interval.value, interval.n) for name, interval in row.items()}


def test_what_the_model_writes_is_told_beside_quotes(options, chat_server, embedder):
    chat_server.replies(f"{TRUE} [1-3] {FALSE} [1-3]")
    found = SUITES["written"].run(options, embedder)
    measured = found.tables["Measures"]
    assert measured["written"]["citation_f1"].value == measured["bundled"]["citation_f1"].value == 1
    assert values(found.tables["Sentences of the model"]["openai:scripted"]) == {
        "sentences shown": (0.5, 4),
        "answers in its words": (1.0, 2),
        "answers that quote instead": (0.0, 2),
        "refusals by the model": (0.0, 2),
    }
    lines = (options.out / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    shown, dropped, *others = map(json.loads, lines)
    assert len(others) == 2  # of the other question, which the model is asked too
    assert (shown["sentence"], shown["shown"], shown["reason"]) == (TRUE, True, None)
    assert "4 gates" in shown["quotes"][0]
    assert (dropped["sentence"], dropped["shown"]) == (FALSE, False) and dropped["reason"]


def test_sentences_that_were_judged_by_hand_are_counted(
    options, chat_server, embedder, monkeypatch, tmp_path
):
    monkeypatch.setattr(written, "JUDGEMENTS", tmp_path)
    judged = [
        {"question": "gates", "sentence": TRUE, "true": True},
        {"question": "gates", "sentence": FALSE, "true": False},
    ]
    (tmp_path / "openai-scripted.jsonl").write_text("\n".join(map(json.dumps, judged)))
    chat_server.replies(f"{TRUE} [1-3] {FALSE} [1-3] The lake is blue. [1]")
    found = SUITES["written"].run(options, embedder)
    by_hand = found.tables["Sentences of the model, judged by hand"]["openai:scripted"]
    assert values(by_hand) == {
        "false, of all": (0.5, 2),
        "false, of those shown": (0.0, 1),
        "shown, of the false": (0.0, 1),
        "dropped, of the true": (0.0, 1),
    }


@pytest.fixture
def twins(tmp_path):
    """A folder of public sets with two pairs of claims over one article."""
    held, thanks = "The Orlin dam held on Monday.", "Mayor Petra Voss thanked the crews."
    claims = [
        ("p1", "The Orlin dam held on Monday.", held, True),
        ("p1", "The Orlin dam held 12 times on Monday.", held, False),
        ("p2", "Mayor Petra Voss thanked the crews.", thanks, True),
        ("p2", "Mayor Erik Dahl thanked the crews.", thanks, False),
    ]
    lines = [
        {"id": f"{pair} {true}", "set": "news_twins", "split": "test", "article": "dam"}
        | {"claim": text, "evidence": cited, "supported": true, "spans": [span(DAM, cited)]}
        | {"pair": pair, "sort": "number" if pair == "p1" else "speaker"}
        for pair, text, cited, true in claims
    ]
    write_gz(tmp_path / "data" / "open-news" / "claims.jsonl.gz", lines)
    write_set(tmp_path / "data" / "open-news", [GATES])
    return Options(data=tmp_path / "data", out=tmp_path)


def test_scripted_replies_go_through_the_whole_product(twins, embedder):
    found = SUITES["written"].run(twins, embedder)
    assert (found.split, found.questions) == ("test", 2)
    seen = found.tables["What a reader sees"]
    assert list(seen) == list(VARIANTS)
    assert values(seen["all"]) == {
        "true shown": (1.0, 2),
        "false shown": (0.0, 2),
        "true told": (1.0, 2),
        "reached": (1.0, 2),
    }
    # Neither falsehood has a chance but where nothing looks at numbers and names.
    assert seen["guards alone"]["false shown"].value == 0.0
    by_sort = found.tables["By sort"]
    assert list(by_sort) == ["number", "speaker"]
    assert by_sort["number"]["true shown, all"].value == 1.0


def test_a_scripted_judge_is_wrong_one_time_in_ten(twins):
    (asked, _) = read_replies(replace(twins, split="test"))
    sentences = [f"Sentence {number} of the dam." for number in range(200)]
    blocks = "\n\n".join(f"[{n}] {text}\nQuote: x" for n, text in enumerate(sentences, 1))
    verdicts = json.loads(verdicts_of(asked, blocks))["verdicts"]
    wrong = sum(not v["supported"] for v in verdicts)  # of sentences that it takes for true
    assert len(verdicts) == 200 and 10 <= wrong <= 30
