"""`python -m eval.scale`: seconds, memory and bytes of an index as it grows."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from typing import Annotated, Any, Literal

import httpx
import numpy as np
import typer
from langchain_core.embeddings import Embeddings

from eval.readme import SCALE
from eval.report import commit, machine
from qa.article import Article
from qa.errors import QAError, UsageError
from qa.search.embedder import Embedder
from qa.search.index import Index
from qa.search.langchain import HybridRetriever
from sets.questions import read_articles, read_public

SET = "squad1-train"
NAME = "scale"  # of the embedder, so of the collections
SENTENCES = 60  # an article: about twenty-five passages
EMBEDDED = 2000  # passages with vectors of their own; every other has one of these and noise
NOISE = 0.3  # the noise's length, to the vector's of 1
QUESTIONS = 20
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class Vectors(Embeddings):
    """A passage's vector is one of 2,000 real ones with noise, so that storing alone is timed."""

    def __init__(self, folder: Path) -> None:
        self.seconds = 0.0  # that making vectors has taken
        self._real = np.load(folder / "passages.npy")
        asked = np.load(folder / "questions.npy").tolist()
        self.questions: list[str] = json.loads((folder / "questions.json").read_text())
        self._asked: dict[str, list[float]] = dict(zip(self.questions, asked, strict=True))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text, always the same."""
        started = time.perf_counter()
        vectors = [self._vector(text) for text in texts]
        self.seconds += time.perf_counter() - started
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one of the questions."""
        return self._asked[text]

    def _vector(self, text: str) -> list[float]:
        seed = int.from_bytes(sha256(text.encode()).digest()[:8], "big")
        noise = np.random.default_rng(seed).standard_normal(self._real.shape[1])
        vector = self._real[seed % len(self._real)] + NOISE * noise / np.linalg.norm(noise)
        return [float(x) for x in vector / np.linalg.norm(vector)]


@app.command()
def scale(
    place: Annotated[Literal["folder", "server"], typer.Argument(help="Where Chroma is.")],
    passages: Annotated[int, typer.Argument(min=1, help="Measure at so many.")],
    data: Annotated[Path, typer.Option(help="The folder of the public sets.")],
    out: Annotated[
        Path, typer.Option(help="Where the index is kept, to grow on from the last size.")
    ] = Path("build/scale"),
    publish: Annotated[
        bool, typer.Option("--publish", help="Write the figures to eval/results/scale/ too.")
    ] = False,
) -> None:
    """Make the index grow to a size and measure it there."""
    if not (data / SET).is_dir():
        raise UsageError(f"The folder {data} of --data has no folder {SET}.")
    out.mkdir(parents=True, exist_ok=True)
    embed_passage = _embed(data, out)
    with _chroma(place, out / place) as (location, server):
        count, store_passage = _grow(location, passages, data, out)
        # A process of its own, as one that answers questions is: it has made no article.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            found = process.submit(_answer, location, out).result()
        figures = {  # seconds; a process's memory is its resident set
            "place": place,
            "passages": count,
            "embed_passage": embed_passage,
            "store_passage": store_passage,  # mean over those added since the size before
            "server_mb": _resident_mb(server) if server else None,
            "disk_mb": sum(f.stat().st_size for f in (out / place).rglob("*") if f.is_file()) / 1e6,
            **found,
        }
    run = {
        "command": f"python -m eval.scale {place} {passages} --data DIR",
        "commit": commit(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "note": Vectors.__doc__,
        "figures": {k: round(v, 5) if isinstance(v, float) else v for k, v in figures.items()},
    }
    written = json.dumps(run, indent=1) + "\n"
    print(written)
    if publish:
        (SCALE / f"{place}-{passages:06}.json").write_text(written)


def made(data: Path) -> Iterator[Article]:
    """Articles without end, each of sentences drawn from a hundred of the set's; always the same.

    Sentences keep their words and their lengths, so BM25 has a real text's vocabulary.
    """
    real = read_articles(data / SET)[:100]
    sentences = [a.text[s.start : s.end] for a in real for s in a.sentences]
    number = 0
    while True:
        drawn = Random(number).sample(sentences, SENTENCES)
        text = "\n\n".join(" ".join(drawn[n : n + 6]) for n in range(0, SENTENCES, 6))
        yield Article.from_text(text, title=drawn[0][:60], id=f"made-{number:06}")
        number += 1


def _embed(data: Path, out: Path) -> float:
    """Seconds that a passage takes to be embedded; the vectors are kept for `Vectors`."""
    took = out / "embedding.json"
    if not took.exists():
        articles = islice(made(data), EMBEDDED // 20)
        texts = [f"{a.title}\n\n{passage.text}" for a in articles for passage in a.passages]
        every = [q.question for q in read_public(data / SET, "train").questions]
        asked = every[:: max(1, len(every) // QUESTIONS)][:QUESTIONS]
        embedder, started = Embedder(), time.perf_counter()
        vectors = embedder.embed_documents(texts[:EMBEDDED])
        seconds = (time.perf_counter() - started) / len(vectors)
        np.save(out / "passages.npy", np.array(vectors))
        np.save(out / "questions.npy", np.array([embedder.embed_query(q) for q in asked]))
        (out / "questions.json").write_text(json.dumps(asked))
        took.write_text(json.dumps(seconds))
    return float(json.loads(took.read_text()))


@contextmanager
def _chroma(place: str, kept: Path) -> Iterator[tuple[str, int | None]]:
    """The location for an `Index`, and the server's process if there is one."""
    if place == "folder":
        yield str(kept), None
        return
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    chroma = str(Path(sys.executable).with_name("chroma"))
    command = [chroma, "run", "--path", str(kept), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            while not _beats(url):
                time.sleep(0.1)
            yield url, server.pid
        finally:
            server.terminate()


def _beats(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/heartbeat").is_success
    except httpx.TransportError:
        return False


def _grow(location: str, passages: int, data: Path, out: Path) -> tuple[int, float]:
    """Add articles until there are so many passages: how many, and seconds to store each."""
    vectors = Vectors(out)
    index = Index(location, vectors, NAME)
    there = {article.id: len(article.passages) for article in index.visible()}
    before, spent = sum(there.values()), 0.0
    for article in made(data):
        if sum(there.values()) >= passages:
            break
        if article.id not in there:
            there[article.id] = len(article.passages)  # divided before the clock starts
            spent += _seconds(index.add, article)
    count = sum(there.values())
    return count, (spent - vectors.seconds) / max(count - before, 1)


def _answer(location: str, out: Path) -> dict[str, Any]:
    """What a new process measures that opens the index, answers questions and adds an article."""
    vectors = Vectors(out)
    before, started = _resident_mb("self"), time.perf_counter()
    index = Index(location, vectors, NAME)
    articles = index.visible()
    open_again = time.perf_counter() - started
    retriever = HybridRetriever(index=index)
    again = Article.from_text(articles[0].text, title=f"Again: {articles[0].title}")
    return {  # in this order
        "articles": len(articles),
        "open_again": open_again,
        "first_question": _seconds(retriever.invoke, vectors.questions[0]),
        "question": median(_seconds(retriever.invoke, q) for q in vectors.questions),
        "add_article": _seconds(index.add, again),
        "visible_after": _seconds(index.visible),
        "question_after": _seconds(retriever.invoke, vectors.questions[-1]),
        "app_mb": _resident_mb("self"),
        "app_mb_before": before,
        "remove_article": _seconds(index.remove, again.id),
    }


def _seconds(call: Callable[..., object], *arguments: Any) -> float:
    started = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - started


def _resident_mb(process: int | str) -> float:
    status = Path(f"/proc/{process}/status").read_text()  # Linux's
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


if __name__ == "__main__":
    try:
        app()
    except QAError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_status) from None
