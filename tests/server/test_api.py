import json

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

QUESTION = "How many civilians were killed?"
ENDPOINTS = ["/add", "/add_feed", "/articles", "/ask", "/remove"]
HARBOUR = {
    "title": "Harbour",
    "text": "The harbour of Port Ellery was closed on Friday after a storm.",
}


@pytest.fixture(scope="module")
def client(served):
    return Client(served, verbose=False)


@pytest.fixture
def post(served):
    """Posts a raw call."""

    def post(path, body):
        return httpx.post(f"{served}/gradio_api/call/{path}", json=body)

    return post


def events(served: str, name: str, posted: httpx.Response) -> list[tuple[str, object]]:
    """What the event stream of a call says."""
    stream = httpx.get(
        f"{served}/gradio_api/call/{name}/{posted.json()['event_id']}", timeout=60
    ).text
    found = []
    for block in stream.strip().split("\n\n"):
        event, data = block.split("\n")
        found.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_these_are_the_endpoints_and_each_is_described(client):
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert sorted(endpoints) == ENDPOINTS
    for endpoint in endpoints.values():
        for parameter in endpoint["parameters"]:
            assert f"{parameter['parameter_name']}: " in endpoint["description"]
            assert parameter["python_type"]["type"] != "Any"


def test_a_client_sees_the_text_grow_and_then_the_answer(client, assistant):
    *parts, answer = client.submit(QUESTION, api_name="/ask")
    assert [list(part) for part in parts] == [["text"]] * len(parts) and parts
    assert answer["text"] == assistant.ask(QUESTION).text


def test_a_raw_call_streams_its_events(served, post):
    for path, body in [
        ("v2/ask", {"question": QUESTION}),
        ("ask", {"data": [QUESTION]}),
        ("ask", {"data": [QUESTION, [], ["syria-offensive"]]}),
    ]:
        *parts, (last, (answer,)) = events(served, "ask", post(path, body))
        assert last == "complete" and {event for event, _ in parts} == {"generating"}, body
        assert "19 civilian lives" in answer["citations"][0]["quote"]
        assert answer["citations"][0]["end"] > answer["citations"][0]["start"]


def test_an_article_is_added_asked_and_removed(client):
    added = client.predict(**HARBOUR, api_name="/add")
    question = "When was the harbour closed?"
    answer = client.predict(question, articles=[added["id"]], api_name="/ask")
    assert answer["citations"][0]["article_id"] == added["id"]
    assert client.predict(question, api_name="/ask")["kind"] == "refusal"
    listed = client.predict(api_name="/articles")
    assert [article["id"] for article in listed] == ["syria-offensive"]
    assert client.predict(added["id"], api_name="/remove") == {"removed": added["id"]}
    with pytest.raises(AppError, match="There is no such article"):
        client.predict(question, articles=[added["id"]], api_name="/ask")


def test_a_wrong_raw_call_is_rejected_with_status_422(post):
    for path, body, begins in [
        ("v2/ask", {}, "question is missing"),
        ("v2/ask", {"question": 7}, "question is 7;"),
        ("v2/ask", {"question": "?", "colour": 1}, "colour is not a field"),
        ("v2/ask", [], "The body is not a JSON object"),
        ("ask", {"data": []}, "question is missing"),
        ("ask", {"data": ["?", *[None] * 6, 1]}, "data[7] is not a field"),
        ("ask", {"question": "?"}, 'The body is not a JSON object with a list "data"'),
        ("v2/add", {"title": "x"}, "Give either url or text"),
        ("asked", {"data": ["?", [], {}, ""]}, "There is no endpoint /asked; there are /ask"),
    ]:
        answer = post(path, body)
        assert answer.status_code == 422, (path, body)
        assert answer.json()["detail"].startswith(begins), (path, body)


def test_an_error_of_the_assistant_ends_the_stream(served, post):
    ((event, data),) = events(served, "ask", post("v2/ask", {"question": " "}))
    assert (event, data["error"]) == ("error", "The question is empty; type one.")


def test_a_wrong_call_of_the_client_raises(client):
    for fields, error, names in [
        ({"question": 7}, AppError, "question is 7; it must be"),
        ({}, TypeError, "question"),
        ({"question": "?", "colour": 1}, TypeError, "colour"),
    ]:
        with pytest.raises(error, match=names):
            client.predict(**fields, api_name="/ask")
