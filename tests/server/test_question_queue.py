import io
import json
import logging

import pytest

from qa.errors import LimitError, UsageError
from qa.server.question_queue import Asking
from qa.server.queue import Line
from qa.server.rate_limit import Caller, Rate
from qa.server.request_log import write_to_standard_error

QUESTION = "How many civilians were killed?"
CALLER = Caller("api", "192.0.2.1")


@pytest.fixture
def logged(monkeypatch):
    """What is logged of the questions of a test, as values."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    log = logging.getLogger("qa.questions")
    before = log.handlers, log.level, log.propagate
    write_to_standard_error()
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    log.handlers, log.level, log.propagate = before


@pytest.fixture
def asking(assistant):
    return Asking(assistant, Rate(0))


def test_an_answer_is_the_assistants_own(asking, assistant):
    *_, answer = asking.stream(CALLER, QUESTION)
    assert answer == assistant.ask(QUESTION)


def test_each_question_is_a_line_that_says_how_it_went_and_nothing_of_what_it_said(asking, logged):
    *_, answer = asking.stream(CALLER, QUESTION)
    (line,) = logged()
    assert line["from"] == "api" and line["kind"] == "answer" and line["mode"] == "extractive"
    assert line["articles"] == 1 and line["citations"] == len(answer.citations)
    assert line["passages"] == len(answer.trace.passages)
    assert set(line["stages"]) == set(answer.timings)
    assert sum(line["stages"].values()) <= line["seconds"] + 0.001
    assert not {"question", "answer", "error"} & set(line)
    assert "civilians" not in json.dumps(line)


def test_the_texts_are_logged_where_the_owner_wants_them(asking, assistant, logged, monkeypatch):
    settings = assistant.settings.model_copy(update={"log_text": True})
    monkeypatch.setattr(assistant, "settings", settings)
    *_, answer = asking.stream(CALLER, QUESTION)
    (line,) = logged()
    assert (line["question"], line["answer"]) == (QUESTION, answer.text)


def test_what_fails_is_logged_by_its_class_alone(asking, logged):
    with pytest.raises(UsageError):
        list(asking.stream(CALLER, " "))
    (line,) = logged()
    assert line["error"] == "UsageError" and "kind" not in line


def test_an_answer_that_is_stopped_gives_its_place_up_and_is_logged(asking, logged):
    asking._line = Line("questions", 1, 0)
    stopped = asking.stream(CALLER, QUESTION)
    next(stopped)
    stopped.close()
    assert "kind" not in logged()[0]
    *_, answer = asking.stream(CALLER, QUESTION)
    assert answer.kind == "answer"


def test_a_question_too_many_is_told_to_come_later(asking, logged):
    asking._line = Line("questions", 1, 0)
    with asking._line.turn(), pytest.raises(LimitError, match="try again in a few seconds"):
        next(asking.stream(CALLER, QUESTION))
    assert logged()[0]["error"] == "LimitError"


def test_who_waits_is_told_how_many_come_before(asking, monkeypatch):
    monkeypatch.setattr("qa.server.question_queue._PATIENCE", 0)
    asking._line = Line("questions", 1, 2)
    with asking._line.turn():
        first, second = asking.stream(CALLER, QUESTION), asking.stream(CALLER, QUESTION)
        assert (next(first), next(second)) == (1, 2)
    *_, answer = first
    assert answer.kind == "answer"
    second.close()


def test_a_visitor_who_asks_too_often_is_told_when_to_try_again(assistant):
    asking = Asking(assistant, Rate(1))
    list(asking.stream(CALLER, QUESTION))
    with pytest.raises(LimitError, match="try again in 6"):
        list(asking.stream(CALLER, QUESTION))
    list(asking.stream(Caller("api", "192.0.2.2"), QUESTION))
