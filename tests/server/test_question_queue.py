import io
import json
import logging

import pytest

from qa.errors import LimitError, UsageError
from qa.server.question_queue import QuestionQueue
from qa.server.queue import WorkQueue
from qa.server.rate_limit import Caller, RateLimit
from qa.server.request_log import log_to_stderr

QUESTION = "How many civilians were killed?"
CALLER = Caller("api", "192.0.2.1")


@pytest.fixture
def logged(monkeypatch):
    """What is logged of the questions of a test, as values."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    log = logging.getLogger("qa.questions")
    before = log.handlers, log.level, log.propagate
    log_to_stderr()
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    log.handlers, log.level, log.propagate = before


@pytest.fixture
def questions(assistant):
    return QuestionQueue(assistant, RateLimit(0))


def test_an_answer_is_the_assistants_own(questions, assistant):
    *_, answer = questions.stream(CALLER, QUESTION)
    assert answer == assistant.ask(QUESTION)


def test_each_question_is_a_line_that_says_how_it_went_and_nothing_of_what_it_said(
    questions, logged
):
    *_, answer = questions.stream(CALLER, QUESTION)
    (line,) = logged()
    assert line["from"] == "api" and line["kind"] == "answer" and line["mode"] == "extractive"
    assert line["articles"] == 1 and line["citations"] == len(answer.citations)
    assert line["passages"] == len(answer.trace.passages)
    assert set(line["stages"]) == set(answer.timings)
    assert sum(line["stages"].values()) <= line["seconds"] + 0.001
    assert not {"question", "answer", "error"} & set(line)
    assert "civilians" not in json.dumps(line)


def test_the_texts_are_logged_where_the_owner_wants_them(questions, assistant, logged, monkeypatch):
    settings = assistant.settings.model_copy(update={"log_text": True})
    monkeypatch.setattr(assistant, "settings", settings)
    *_, answer = questions.stream(CALLER, QUESTION)
    (line,) = logged()
    assert (line["question"], line["answer"]) == (QUESTION, answer.text)


def test_what_fails_is_logged_by_its_class_alone(questions, logged):
    with pytest.raises(UsageError):
        list(questions.stream(CALLER, " "))
    (line,) = logged()
    assert line["error"] == "UsageError" and "kind" not in line


def test_an_answer_that_is_stopped_gives_its_place_up_and_is_logged(questions, logged):
    questions._queue = WorkQueue("questions", 1, 0)
    stopped = questions.stream(CALLER, QUESTION)
    next(stopped)
    stopped.close()
    assert "kind" not in logged()[0]
    *_, answer = questions.stream(CALLER, QUESTION)
    assert answer.kind == "answer"


def test_a_question_too_many_is_told_to_come_later(questions, logged):
    questions._queue = WorkQueue("questions", 1, 0)
    with questions._queue.slot(), pytest.raises(LimitError, match="try again in a few seconds"):
        next(questions.stream(CALLER, QUESTION))
    assert logged()[0]["error"] == "LimitError"


def test_who_waits_is_told_how_many_come_before(questions, monkeypatch):
    monkeypatch.setattr("qa.server.question_queue._UPDATE_SECONDS", 0)
    questions._queue = WorkQueue("questions", 1, 2)
    with questions._queue.slot():
        first, second = questions.stream(CALLER, QUESTION), questions.stream(CALLER, QUESTION)
        assert (next(first), next(second)) == (1, 2)
    *_, answer = first
    assert answer.kind == "answer"
    second.close()


def test_a_visitor_who_asks_too_often_is_told_when_to_try_again(assistant):
    questions = QuestionQueue(assistant, RateLimit(1))
    list(questions.stream(CALLER, QUESTION))
    with pytest.raises(LimitError, match="try again in 6"):
        list(questions.stream(CALLER, QUESTION))
    list(questions.stream(Caller("api", "192.0.2.2"), QUESTION))
