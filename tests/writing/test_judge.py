"""The model judges what it wrote, behind real HTTP in each provider's protocol."""

import json

import pytest

from qa import Article, Assistant, Settings
from qa.writing import judge as judging
from tests.conftest import hurry
from tests.writing.test_writer import check_promises

QUESTION = "When did the harbour of Port Elin reopen?"
TRUE = "The harbour of Port Elin reopened on Monday."
THANKS = "Mayor Ada Brandt thanked the divers."
TEXT = (
    "After a storm the harbour of Port Elin reopened on Monday. In the hall Mayor Ada Brandt "
    "thanked the divers. They had worked for nine days."
)
REPLY = f"{TRUE} [1] {THANKS} [2]"
PROVIDERS = {"openai": "/v1", "anthropic": "", "ollama": ""}


def verdicts(*supported: bool, reason: str = "who was thanked is changed") -> str:
    found = [
        {"sentence": n, "supported": fine, "reason": "" if fine else reason}
        for n, fine in enumerate(supported, 1)
    ]
    return json.dumps({"verdicts": found})


@pytest.fixture(params=PROVIDERS)
def assistant(request, embedder, chat_server, monkeypatch):
    provider = request.param
    pytest.importorskip(f"langchain_{provider}")
    settings = {"model": f"{provider}:scripted", "judge": True}
    if provider == "anthropic":  # which has no setting of ours for another address
        monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", chat_server.root)
    else:
        settings["model_url"] = chat_server.root + PROVIDERS[provider]
    made = Assistant(Settings(chroma=":memory:", corpus=None, **settings), embedder=embedder)
    made.add(Article.from_text(TEXT, title="Harbour"))
    return made


def test_what_the_judge_finds_supported_stays(assistant, chat_server):
    chat_server.replies(REPLY, verdicts(True, True))
    answer = assistant.ask(QUESTION)
    assert answer.text == f"{TRUE} [1] {THANKS} [2]" and answer.note is None
    assert answer.trace.judged == (
        f"{assistant.model_name} judged 2 of 2 sentences, and objects to 0."
    )
    assert len(chat_server.calls) == 2


def test_what_the_judge_objects_to_turns_into_its_quote_at_the_end(assistant, chat_server):
    chat_server.replies(REPLY, verdicts(True, False))
    *texts, answer = assistant.stream(QUESTION)
    assert f"{TRUE} [1] {THANKS} [2]" in texts and texts[-1] == answer.text
    assert [s.role for s in answer.statements] == ["direct", "evidence"]
    assert answer.statements[1].text == "In the hall Mayor Ada Brandt thanked the divers."
    (dropped,) = answer.trace.dropped
    assert (dropped.text, dropped.by) == (THANKS, "judge")
    assert dropped.reason == "who was thanked is changed" and answer.note
    check_promises(answer, assistant)


def test_where_the_judge_objects_to_all_the_article_is_quoted(assistant, chat_server):
    chat_server.replies(REPLY, verdicts(False, False))
    answer = assistant.ask(QUESTION)
    assert (answer.kind, answer.mode) == ("answer", "extractive")
    assert {s.role for s in answer.statements} == {"evidence"} and answer.note


def test_the_judge_is_shown_the_sentences_with_their_quotes_and_a_schema(assistant, chat_server):
    chat_server.replies(REPLY, verdicts(True, True))
    assistant.ask(QUESTION)
    _, asked = chat_server.calls
    prompt = asked["messages"][-1]["content"]
    assert f"[1] {TRUE}\nQuote: After a storm the harbour" in str(prompt)
    assert any(field in asked for field in ("response_format", "tools", "format"))
    assert "They had worked" not in str(prompt)


BROKEN = {
    "no JSON": "I think that it is fine.",
    "cut off": '{"verdicts": [{"sentence": 1, "supp',
    "another form": '{"verdicts": {"1": true}}',
    "no truth value": '{"verdicts": [{"sentence": 1, "supported": "perhaps", "reason": ""}]}',
    "of no sentence": '{"verdicts": [{"sentence": 9, "supported": false, "reason": "x"}]}',
    "nothing": "",
    "refused": {"chunks": [""], "finish": "content_filter"},
    "rate": {"status": 429},
    "error": {"status": 500},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_judge_that_fails_leaves_the_answer_as_it_was_and_that_is_told(
    assistant, chat_server, broken
):
    chat_server.replies(REPLY, BROKEN[broken])
    answer = assistant.ask(QUESTION)
    assert answer.text == f"{TRUE} [1] {THANKS} [2]" and answer.trace.dropped == ()
    assert "was to judge what it wrote, but" in answer.trace.judged


def test_a_silent_judge_is_left_in_time(assistant, chat_server, monkeypatch):
    monkeypatch.setattr(judging, "TIMEOUT", 0.5)
    chat_server.replies(REPLY, {"silent": 60, "chunks": [verdicts(True, True)]})
    assert assistant.ask(QUESTION).trace.judged.endswith("did not answer in time.")


def test_json_in_a_fence_is_read_and_a_schema_that_is_refused_left_out(embedder, chat_server):
    url = chat_server.url
    settings = Settings(chroma=":memory:", corpus=None, model="m", model_url=url, judge=True)
    made = Assistant(settings, embedder=embedder)
    made.add(Article.from_text(TEXT, title="Harbour"))
    chat_server.replies(REPLY, {"status": 400}, f"Here:\n```json\n{verdicts(False, True)}\n```")
    answer = made.ask(QUESTION)
    assert [d.text for d in answer.trace.dropped] == [TRUE]
    *_, plain = chat_server.calls
    assert "response_format" not in plain


def test_a_verdict_that_is_missing_is_no_objection(assistant, chat_server):
    chat_server.replies(REPLY, verdicts(True))
    answer = assistant.ask(QUESTION)
    assert answer.text == f"{TRUE} [1] {THANKS} [2]" and "1 of 2" in answer.trace.judged


def test_what_is_a_quote_to_the_letter_is_not_judged(assistant, chat_server):
    chat_server.replies("They had worked for nine days. [3]")
    assert assistant.ask("How long did the divers work?").trace.judged is None
    assert len(chat_server.calls) == 1


@pytest.mark.parametrize(
    ("given", "judges"),
    [
        ({"model": ""}, False),
        ({"model": "openai:m"}, True),
        ({"model": "anthropic:m"}, True),
        ({"model": "ollama:m"}, False),
        ({"model": "ollama:m", "model_url": "http://far.test:11434"}, True),
        ({"model": "m", "model_url": "http://127.0.0.1:8000/v1"}, False),
        ({"model": "m", "model_url": "http://far.test/v1"}, True),
        ({"model": "openai:m", "judge": False}, False),
        ({"model": "ollama:m", "judge": True}, True),
        ({"model": "ollama:m", "judge": ""}, False),
    ],
)
def test_only_a_remote_model_judges_unless_a_setting_says_so(given, judges):
    assert Settings(**given).judges is judges


# The reply itself, in each protocol.


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"status": 401}, "refuses the key (401)"),
        ({"status": 429}, "is asked too often, or its quota is used up (429)"),
        ({"status": 500}, "failed (500)"),
        ({"silent": 60, "chunks": [REPLY]}, "did not answer in time"),
        ({"raw": "{not json}\n\n"}, ""),
        ({"chunks": [""], "finish": "content_filter"}, "will not answer this"),
    ],
)
def test_a_failure_is_told_in_one_sentence_whatever_the_protocol(
    assistant, chat_server, reply, words
):
    chat_server.replies(reply)
    if "silent" in reply:
        hurry(assistant)
    answer = assistant.ask(QUESTION)
    assert answer.mode == "extractive" and answer.citations
    assert answer.note.endswith("so the article is quoted instead.") and words in answer.note


@pytest.mark.parametrize("finish", ["length", "stop"])
def test_a_reply_that_is_cut_off_is_shown_up_to_its_last_whole_sentence(
    assistant, chat_server, finish
):
    chat_server.replies({"chunks": [f"{TRUE} [1] ", "Mayor Ada"], "finish": finish}, verdicts(True))
    answer = assistant.ask(QUESTION)
    assert answer.text == f"{TRUE} [1]"
    assert answer.trace.dropped[0].text == "Mayor Ada"
