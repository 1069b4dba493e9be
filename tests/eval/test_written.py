"""The suite `written`, with a scripted model behind real HTTP."""

import json

import pytest

from eval.run import Options
from eval.suites import written

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
    found = written.written(options, embedder)
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
    found = written.written(options, embedder)
    by_hand = found.tables["Sentences of the model, judged by hand"]["openai:scripted"]
    assert values(by_hand) == {
        "false, of all": (0.5, 2),
        "false, of those shown": (0.0, 1),
        "shown, of the false": (0.0, 1),
        "dropped, of the true": (0.0, 1),
    }
