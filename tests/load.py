"""Load test: response times and memory with many visitors; nobody may get another's answer.

`make load`, or `python -m tests.load`, serves the page in a process of its own and sends it the
questions of fifty visitors for a minute: four in five through the page's own events, as a browser
sends them, the rest through the API.
"""

import argparse
import asyncio
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.servers import serve

LIMITS = ("The queue is full", "questions and articles a minute")  # errors that are expected
QUESTIONS = (
    "What is the code word of the harbour?",
    "Who is the harbour master?",
    "Which word did the harbour master choose?",
)
ANSWERED = ("qa-answer qa-", '"kind": "answer"')
_TIMEOUT = httpx.Timeout(120)


@dataclass
class Results:
    """The results of all questions."""

    seconds: list[float] = field(default_factory=list)  # until each answer
    limited: list[str] = field(default_factory=list)  # errors of the limits
    wrong: list[str] = field(default_factory=list)  # all other responses

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[int(0.95 * len(self.seconds))]


class PageVisitor:
    """Opens the page, adds an article and asks, with the events that a browser sends."""

    def __init__(self, http: httpx.AsyncClient, config: dict) -> None:
        self._http = http
        self._session = secrets.token_hex(6)
        self._config = config

    async def add(self, title: str, text: str) -> None:
        await self._send("load", None, [None, None])
        added = await self._send("click", "add", [f"{title}\n\n{text}", None, None])
        assert "qa-fine" in added, added

    async def ask(self, question: str) -> str:
        said = await self._send("submit", "question", [question, None, None, None, None])
        return said.rpartition("qa-exchange")[2]  # without earlier exchanges

    async def _send(self, event: str, elem_id: str | None, data: list) -> str:
        """The server's final response to an event, as text."""
        components = {c["props"].get("elem_id"): c["id"] for c in self._config["components"]}
        wanted = components.get(elem_id) if elem_id else None
        function, target = next(
            (d["id"], i)
            for d in self._config["dependencies"]
            for i, name in d["targets"]
            if name == event and wanted in (None, i)
        )
        body = {
            "fn_index": function,
            "trigger_id": target,
            "session_hash": self._session,
            "data": data,
        }
        joined = await self._http.post("/gradio_api/queue/join", json=body)
        if joined.is_error:
            return joined.text
        query = {"session_hash": self._session}
        async with self._http.stream("GET", "/gradio_api/queue/data", params=query) as stream:
            async for line in stream.aiter_lines():
                message = json.loads(line.removeprefix("data: ")) if line else {}
                if message.get("msg") == "process_completed":
                    return str(message["output"])
        return "The stream ended early."


class ApiCaller:
    """Adds an article through the API and asks it by its id."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def add(self, title: str, text: str) -> None:
        said = await self._call("add", title=title, text=text)
        self._id = json.loads(said.splitlines()[1].removeprefix("data: "))[0]["id"]

    async def ask(self, question: str) -> str:
        return await self._call("ask", question=question, articles=[self._id])

    async def _call(self, name: str, **fields: object) -> str:
        posted = await self._http.post(f"/gradio_api/call/v2/{name}", json=fields)
        if posted.is_error:
            return posted.text
        path = f"/gradio_api/call/{name}/{posted.json()['event_id']}"
        return (await self._http.get(path)).text


async def load(url: str, visitors: int, seconds: float) -> Results:
    """Let visitors ask without a pause, each about an article with a code word of its own."""
    words = [f"{secrets.choice('BDFGKLMNPRST')}{secrets.token_hex(4)}" for _ in range(visitors)]
    results = Results()
    all_added = asyncio.Barrier(visitors)
    async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT) as http:
        config = (await http.get("/config")).json()

    async def visit(number: int) -> None:
        word = words[number]
        address = {
            "X-Forwarded-For": f"192.0.2.{number % 256}"
        }  # as sent by a proxy on this machine
        async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT, headers=address) as http:
            visitor = ApiCaller(http) if number % 5 == 4 else PageVisitor(http, config)
            await visitor.add(f"Harbour {word}", _article(word))
            await all_added.wait()
            ends = time.perf_counter() + seconds
            while time.perf_counter() < ends:
                question = QUESTIONS[len(results.seconds) % len(QUESTIONS)]
                began = time.perf_counter()
                said = await visitor.ask(question)
                _record(results, said, word, words, time.perf_counter() - began)

    await asyncio.gather(*map(visit, range(visitors)))
    return results


def _record(results: Results, said: str, word: str, words: list[str], seconds: float) -> None:
    others = [other for other in words if other != word and other in said]
    if others:
        results.wrong.append(f"{word} was shown {', '.join(others)}: {said[:300]}")
    elif word in said and any(mark in said for mark in ANSWERED):
        results.seconds.append(seconds)
    elif any(limit in said for limit in LIMITS):
        results.limited.append(said)
    else:
        results.wrong.append(f"{word} was shown: {said[-600:]}")


def _article(word: str) -> str:
    return (
        f"The code word of the harbour is {word}, the town said on Friday. "
        f"The harbour master is Ada {word}. She chose the word {word} after a storm in May.\n\n"
        "Three fishing boats were lost in the storm. Twelve engineers built a new wall."
    )


def main() -> None:
    """Serve the page, send the questions, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--port", type=int, default=7999)
    given = parser.parse_args()
    url = f"http://127.0.0.1:{given.port}"
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", given.port]
    environment = {**os.environ, "QA_CHROMA": ":memory:"}
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(command, f"{url}/health", Path(folder) / "log", env=environment) as server,
    ):
        before = _memory(server.pid)
        results = asyncio.run(load(url, given.visitors, given.seconds))
        after = _memory(server.pid)
    sys.stdout.write(
        f"{given.visitors} visitors for {given.seconds:.0f} s: {len(results.seconds)} answered, "
        f"{len(results.seconds) / given.seconds:.1f} a second, median {results.median:.2f} s, "
        f"95th percentile {results.p95:.2f} s; {len(results.limited)} rejected by a limit; "
        f"{len(results.wrong)} wrong; memory {before:.0f} MB before, {after:.0f} MB after.\n"
    )
    sys.exit("\n".join(results.wrong[:5]))


def _memory(pid: int) -> float:
    """The resident memory of a process in megabytes; Linux only."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
