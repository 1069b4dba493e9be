import json
import time
from pathlib import Path

import httpx
import pytest

from qa.server.middleware import MAX_BODY, MAX_DEPTH
from qa.sources.limits import MAX_CHARACTERS

ENDPOINTS = ["call/v2/ask", "call/ask", "call/v2/add", "queue/join", "cancel", "mcp/"]
CITING = '{"question": "?", "history": [{"role": "user", "content": "", "citations": [{"a": %s}]}]}'
FETCHED = "http://100.64.0.1/pwned"  # an address of carriers' own networks


@pytest.fixture
def post(served):
    """Posts a body as it stands; the answer and the seconds it took."""

    def post(path, body, kind="application/json"):
        headers = {"Content-Type": kind, "Accept": "application/json, text/event-stream"}
        there = f"{served}/gradio_api/{path}"
        started = time.monotonic()
        answer = httpx.post(there, content=body, headers=headers, timeout=60)
        return answer, time.monotonic() - started

    return post


def assert_rejected(answer: httpx.Response, begins: str, status: int = 422) -> None:
    detail = answer.json()["detail"]
    assert answer.status_code == status
    assert detail.startswith(begins) and detail.endswith(".") and "\n" not in detail
    assert "Traceback" not in detail and len(detail) < 300


def test_a_body_that_is_too_large_too_deep_or_no_json_is_rejected_in_one_sentence(post):
    for body, begins in {
        b'{"question": "' + b"x" * MAX_BODY + b'"}': "The request is too long; send at most 8,000",
        b"[" * 100_000 + b"]" * 100_000: "The body is not JSON (",
        b'{"a":' * 900 + b"1" + b"}" * 900: "The body is nested too deeply; send at most 50 ",
        b"": "The body is not JSON (",
        b"\xff\xfe": "The body is not JSON (",
        b'{"question": ': "The body is not JSON (",
        (CITING % "NaN").encode(): "The body is not JSON (",
        (CITING % "1e999").encode(): "The body is not JSON (",
        (CITING % '"\\ud800"').encode(): "The body is not JSON (",
        b'{"\\ud800": 1}': "The body is not JSON (",
    }.items():
        for path in ENDPOINTS:
            answer, seconds = post(path, body)
            assert_rejected(answer, begins, 413 if len(body) > MAX_BODY else 422)
            assert seconds < 5, (path, body[:20])


def test_a_body_that_does_not_say_it_is_json_is_rejected_in_one_sentence(post):
    kinds = [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ]
    for path in ENDPOINTS:
        for kind in kinds:
            answer, _ = post(path, b'{"question": "Who?"}', kind)
            begins = f"The content type is {kind!r}; send JSON, as application/json."
            assert_rejected(answer, begins)


def test_the_longest_article_fits_however_its_characters_are_written():
    assert len(json.dumps({"text": "🙂" * MAX_CHARACTERS})) < MAX_BODY
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    assert f"A body is JSON of at most {MAX_BODY // 10**6} MB." in page


def test_what_is_not_too_deep_is_taken(post):
    deep = MAX_DEPTH - 7
    answer, _ = post("call/v2/ask", (CITING % ("[" * deep + "]" * deep)).encode())
    assert answer.status_code == 200


def test_no_body_makes_the_server_fetch_a_file(post):
    file = json.dumps({"path": FETCHED, "meta": {"_type": "gradio.FileData"}})
    for path in ("call/v2/ask", "call/ask", "queue/join"):
        for body in (CITING % file, f'{{"data": [[{file}], null, ""], "fn_index": 7}}'):
            answer, _ = post(path, body.encode())
            assert_rejected(answer, "The body refers to a file by its address;")


def test_no_route_of_gradio_fetches_an_address_or_bypasses_its_queue(served):
    for path in (
        *(f"file={FETCHED}", f"file/{FETCHED}", f"proxy={FETCHED}"),
        *("run/ask", "api/ask", "run/predict"),
    ):
        for prefix in ("", "/behind/a/proxy"):
            for method in ("GET", "POST"):
                url = f"{served}{prefix}/gradio_api/{path}"
                answer = httpx.request(method, url, json={"data": []})
                assert answer.status_code == 404, (method, url)
                assert answer.json()["detail"].startswith("There is nothing here;"), url
