"""What happens when articles are added, chosen and removed."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.article import Article
from qa.errors import LimitError, QAError, SourceError
from qa.page.article_view import key, pane_html
from qa.page.browser_state import keep_desk
from qa.page.library import Job, added, here_already, jobs_html, library_html, prompt_html
from qa.server.bodies import MAX_UPLOAD
from qa.server.quota import Stock
from qa.server.rate_limit import Caller
from qa.server.shelf import Desk, Shelf
from qa.server.warmup import Loading
from qa.sources import Reading, read_each, read_pasted, read_upload
from qa.sources.limits import MAX_BYTES

FAILED = "could not be added; the log of the server says why. Please try again."
_ADDRESSES = re.compile(r"\s*https?://\S+(\s*\n\s*https?://\S+)*\s*", re.I)


Update = tuple[Any, ...]  # one value for each output
_UNCHANGED: Update = (gr.skip(),) * 5  # in place of what `_laid_out` gives
# What to call it, and how it is read: one article, or a feed's one by one.
Source = tuple[str, Callable[[], Iterator[Reading]]]


class Adding:
    """The handlers of the panel in which articles are added, chosen and removed."""

    def __init__(self, loading: Loading, shelf: Shelf, stock: Stock) -> None:
        self.loading = loading
        self.shelf = shelf
        self.stock = stock

    def files(
        self, paths: list[str] | None, desk: Desk, visitor: str, request: gr.Request
    ) -> Iterator[Update]:
        """Files were dropped: jobs, text box, file box, then what `_laid_out` gives."""
        sources = [_uploaded(Path(path)) for path in paths or []]
        for jobs, laid_out in self._add(sources, desk, Caller.of(request, visitor)):
            yield jobs, gr.skip(), None, *(laid_out or _UNCHANGED)

    def typed(self, text: str, desk: Desk, visitor: str, request: gr.Request) -> Iterator[Update]:
        """A text or an address was typed: as above; what cannot be added stays in its box."""
        for jobs, laid_out in self._add(
            [self._typed(text, visitor)], desk, Caller.of(request, visitor)
        ):
            box = "" if laid_out else gr.skip()
            yield jobs, box, gr.skip(), *(laid_out or _UNCHANGED)

    def chosen(self, desk: Desk, visitor: str, event: gr.EventData) -> Update:
        """Boxes were ticked or cleared: desk, desk to keep, line above the question."""
        articles = self.shelf.articles(visitor)
        left_out = frozenset(a for a in articles if key(a) not in event.chosen)
        desk, kept, _, prompt, _ = self._laid_out(Desk(left_out, desk.suggestions), visitor, None)
        return desk, kept, prompt

    def removed(self, desk: Desk, visitor: str, event: gr.EventData) -> Update:
        """An article is to go: jobs, then what `_laid_out` gives."""
        articles = self.shelf.articles(visitor)
        found = next((a for a in articles.values() if key(a.id) == event.key), None)
        if found is None:
            return jobs_html([]), *self._laid_out(desk, visitor, None)
        try:
            self.shelf.remove(found.id, visitor)
        except QAError as error:
            return jobs_html([Job("", error=str(error))]), *_UNCHANGED
        left = self.shelf.articles(visitor)
        left_out = desk.left_out & set(left)
        if left_out == set(left):  # nothing would be asked
            left_out = frozenset()
        job = Job(found.title, "removed.", done=True)
        first = next(iter(left.values()), None)
        return jobs_html([job]), *self._laid_out(Desk(left_out), visitor, first)

    def _add(
        self, sources: Sequence[Source], desk: Desk, caller: Caller
    ) -> Iterator[tuple[str, Update | None]]:
        """Add one after the other; what fails says so, and the rest goes on."""
        visitor = caller.visitor
        jobs = [Job(name) for name, _ in sources]
        new: dict[str, Article] = {}
        yield jobs_html(jobs), None
        n = -1
        for name, read in sources:
            readings, last = read(), Reading(name, 0)
            while last.number < last.of:
                n += 1
                if last.number:  # a feed has a further article
                    jobs.insert(n, Job(name))
                of = f" {last.number + 1} of {last.of}" if last.of > 1 else ""
                try:
                    with self.stock.turn(caller):
                        jobs[n] = Job(name, f"reading{of}…")
                        yield jobs_html(jobs), None
                        last = next(readings)
                        if last.article is None:
                            jobs[n] = (
                                Job("", error=last.problem)
                                if last.problem
                                else Job(last.note, done=True)
                            )
                            continue
                        loaded = self.loading.loaded.is_set()
                        article = last.article
                        jobs[n] = Job(
                            article.title, "indexing…" if loaded else "loading the models…"
                        )
                        yield jobs_html(jobs), None
                        here = self.shelf.add(article, visitor)
                except QAError as error:
                    jobs[n] = Job("", error=str(error))
                    break
                except Exception:
                    logging.exception("An article could not be added.")
                    jobs[n] = Job("", error=f"{name} {FAILED}")
                    break
                article = here or article
                new[article.id] = article
                jobs[n] = here_already(article) if here else added(article)
        if not new:
            yield jobs_html(jobs), None
            return
        article = next(reversed(new.values()))
        desk = Desk(self.shelf.laid_out(desk, new, visitor).left_out)
        looking = Job(article.title, "looking for questions that it answers…")
        yield jobs_html([*jobs, looking]), self._laid_out(desk, visitor, article)
        desk = Desk(desk.left_out, self._suggestions(article, visitor))
        yield jobs_html(jobs), self._laid_out(desk, visitor, None)

    def _typed(self, text: str, visitor: str) -> Source:
        """How addresses, or a pasted text, become articles, and what to call them till then."""
        text = text.strip()
        if _ADDRESSES.fullmatch(text):
            known = {a.url for a in self.shelf.articles(visitor).values() if a.url}
            return text, lambda: read_each(text, known)
        return "The text", lambda: _one("The text", lambda: read_pasted(text))

    def _suggestions(self, article: Article, visitor: str) -> tuple[str, ...]:
        try:
            with self.stock.line.turn():
                return self.loading.assistant.suggest(article, self.shelf.owner(visitor))
        except LimitError:  # others have articles to add, which is more urgent
            return ()

    def _laid_out(self, desk: Desk, visitor: str, shown: Article | None) -> Update:
        """Desk, desk to keep, list, line above the question, pane."""
        articles = self.shelf.articles(visitor)
        settings = self.loading.assistant.settings
        return (
            desk,
            keep_desk(desk),
            library_html(articles, desk, self.shelf.own(visitor)),
            prompt_html(articles, desk, desk.suggestions, settings),
            pane_html(shown) if shown else gr.skip(),
        )


def too_large(event: gr.EventData) -> str:
    """More was dropped than is sent: jobs."""
    names, size = [str(name) for name in event.names], int(event.size)
    told = (
        _size_told(names[0], size)
        if len(names) == 1
        else f"The {len(names)} files have {size:,} bytes; send at most {MAX_UPLOAD:,}."
    )
    return jobs_html([Job("", error=f"{told} Nothing was added.")])


def _uploaded(path: Path) -> Source:
    return path.name, lambda: _one(path.name, lambda: _read_uploaded(path))


def _one(name: str, read: Callable[[], Article]) -> Iterator[Reading]:
    yield Reading(name, article=read())


def _read_uploaded(path: Path) -> Article:
    # By its name alone: where the server keeps what was sent is no visitor's business.
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:  # before it is in memory
            raise SourceError(_size_told(path.name, size))
        return read_upload(path.name, path.read_bytes())
    finally:
        path.unlink(missing_ok=True)


def _size_told(name: str, size: int) -> str:
    return f"The file {name} has {size:,} bytes; add files of at most {MAX_BYTES:,}."
