"""Handlers of the list of articles: they are added, selected and removed."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import gradio as gr

from qa.article import Article
from qa.errors import LimitError, QAError, SourceError
from qa.page.article_view import article_key, viewer_html
from qa.page.browser_state import dump_selection
from qa.page.layout import Layout, Update
from qa.page.library_view import (
    Job,
    added,
    already_here,
    hints_html,
    jobs_html,
    library_html,
    sentences,
)
from qa.server.middleware import MAX_UPLOAD
from qa.server.quota import Quota
from qa.server.rate_limit import Caller
from qa.server.visitor_articles import Selection, VisitorArticles
from qa.server.warmup import Warmup
from qa.sources import Reading, read_each, read_pasted, read_upload
from qa.sources.limits import MAX_BYTES

FAILED = "could not be added; the server's log says why. Please try again."
_ADDRESSES = re.compile(r"https?://\S+(\s*\n\s*https?://\S+)*", re.I)
_Source = tuple[str, Callable[[], Iterator[Reading]]]  # its name, and how to read it


class LibraryEvents:
    """The handlers of the panel in which articles are added, selected and removed.

    Each returns or yields an `Update`, as those of `ChatEvents` do.
    """

    def __init__(
        self, layout: Layout, warmup: Warmup, articles: VisitorArticles, quota: Quota
    ) -> None:
        self.layout = layout
        self._warmup = warmup
        self._articles = articles
        self._quota = quota

    def on_files(
        self, paths: list[str] | None, selection: Selection, visitor: str, request: gr.Request
    ) -> Iterator[Update]:
        """Files were dropped or chosen: add them, and empty their box."""
        keep = partial(self._keep_original, visitor)
        sources = [_uploaded(Path(path), keep) for path in paths or []]
        for update in self._add(sources, selection, Caller.of(request, visitor)):
            yield {self.layout.files: None, **update}

    def on_text(
        self, text: str, selection: Selection, visitor: str, request: gr.Request
    ) -> Iterator[Update]:
        """A text or an address was submitted: add it; if that fails, it is given back."""
        # `drop.js` empties the box: only it knows whether the next one is in it by now.
        source = self._typed(text, visitor)
        yield from self._add([source], selection, Caller.of(request, visitor), typed=text)

    def on_select(self, selection: Selection, visitor: str, event: gr.EventData) -> Update:
        """Check boxes were ticked or cleared."""
        articles = self._articles.visible(visitor)
        excluded = frozenset(a for a in articles if article_key(a) not in event.chosen)
        update = self.shown(Selection(excluded, selection.suggestions, chosen=True), visitor)
        del update[self.layout.library]  # it shows the boxes as they were clicked
        return update

    def on_remove(self, selection: Selection, visitor: str, event: gr.EventData) -> Update:
        """An article's remove button was clicked."""
        of = self.layout
        articles = self._articles.visible(visitor).values()
        article = next((a for a in articles if article_key(a.id) == event.key), None)
        if article is None:
            return {of.jobs: jobs_html([]), **self.shown(selection, visitor)}
        try:
            self._articles.remove(article.id, visitor)
        except QAError as error:
            return {of.jobs: jobs_html([Job("", error=str(error))])}
        left = self._articles.visible(visitor)
        excluded = selection.excluded & set(left)
        chosen = selection.chosen
        if excluded == set(left):  # none would be asked
            excluded, chosen = frozenset(), False
        job = Job(article.title, "removed.", done=True, undo=True)
        first = next(iter(left.values()), None)
        return {
            of.removed: article,
            of.jobs: jobs_html([job]),
            **self.shown(Selection(excluded, chosen=chosen), visitor, first),
        }

    def on_undo(
        self, selection: Selection, visitor: str, removed: Article | None, request: gr.Request
    ) -> Iterator[Update]:
        """The article that was removed last is wanted back."""
        if removed:
            back = removed.title, lambda: _one(removed.title, lambda: removed)
            for update in self._add([back], selection, Caller.of(request, visitor)):
                yield {self.layout.removed: None, **update}

    def on_rename(self, selection: Selection, visitor: str, event: gr.EventData) -> Update:
        """An article got another title."""
        articles = self._articles.visible(visitor)
        article_id = next((i for i in articles if article_key(i) == event.key), "")
        try:
            self._articles.rename(article_id, str(event.name), visitor)
        except QAError as error:
            return {self.layout.jobs: jobs_html([Job("", error=str(error))])}
        renamed = self._articles.visible(visitor)[article_id]
        job = Job(renamed.title, "is its title now.", done=True)
        return {
            self.layout.jobs: jobs_html([job]),
            **self.shown(selection, visitor, renamed),
        }

    def _add(
        self, sources: Sequence[_Source], selection: Selection, caller: Caller, typed: str = ""
    ) -> Iterator[Update]:
        """Add one source after the other; one that fails does not stop the rest.

        What was typed is given back if nothing of it was added.
        """
        jobs = [Job(name) for name, _ in sources]
        new: dict[str, Article] = {}
        yield self._progress(jobs)
        n = -1
        for name, read in sources:
            readings, last = read(), Reading(name, 0)
            while last.number < last.of:
                n += 1
                if last.number:  # a feed has a further article
                    jobs.insert(n, Job(name))
                of = f" {last.number + 1} of {last.of}" if last.of > 1 else ""
                try:
                    with self._quota.slot(caller):
                        jobs[n] = Job(name, f"reading{of}…")
                        yield self._progress(jobs)
                        last = next(readings)
                        article = last.article
                        if article is None:
                            jobs[n] = Job(
                                last.source if last.problem else last.note,
                                "",
                                done=True,
                                error=last.problem,
                            )
                            continue
                        loaded = self._warmup.loaded.is_set()
                        stage = (
                            f"indexing {sentences(article)}…" if loaded else "loading the models…"
                        )
                        jobs[n] = Job(article.title, stage)
                        yield self._progress(jobs)
                        existing = self._articles.add(article, caller.visitor)
                except QAError as error:
                    jobs[n] = Job(name, error=str(error))
                    break
                except Exception:
                    logging.exception("An article could not be added.")
                    jobs[n] = Job(name, error=f"{name} {FAILED}")
                    break
                article = existing or article
                new[article.id] = article
                jobs[n] = already_here(article) if existing else added(article)
                if last.note:
                    n += 1
                    jobs.insert(n, Job(last.note, "", done=True))
        if new:
            yield from self._added(jobs, new, selection, caller.visitor)
        else:
            failed = [replace(job, typed=typed) if job.error else job for job in jobs[-1:]]
            yield self._progress([*jobs[:-1], *failed])

    def _keep_original(self, visitor: str, article: Article, data: bytes) -> None:
        try:
            self._articles.keep_original(article, data, visitor)
        except QAError as error:  # its text is there all the same
            logging.warning("%s", error)

    def _added(
        self, jobs: Sequence[Job], new: dict[str, Article], selection: Selection, visitor: str
    ) -> Iterator[Update]:
        """Select and show what was added, then suggest questions about the last article."""
        article = next(reversed(new.values()))
        chosen = self._articles.select_added(selection, new, visitor)
        suggesting = Job(article.title, "looking for questions that it answers…")
        yield {
            **self._progress([*jobs, suggesting]),
            **self.shown(replace(chosen, suggestions=()), visitor, article),
        }
        chosen = replace(chosen, suggestions=self._suggestions(article, visitor))
        yield {**self._progress(jobs), **self.shown(chosen, visitor)}

    def _typed(self, text: str, visitor: str) -> _Source:
        """Addresses or a pasted text as a source, named until its title is known."""
        text = text.strip()
        if _ADDRESSES.fullmatch(text):
            known = {a.url for a in self._articles.visible(visitor).values() if a.url}
            return text, lambda: read_each(text, known)
        name = "The pasted text"
        return name, lambda: _one(name, lambda: read_pasted(text))

    def _suggestions(self, article: Article, visitor: str) -> tuple[str, ...]:
        try:
            with self._quota.queue.slot():
                return self._warmup.assistant.suggest(article, self._articles.owner(visitor))
        except LimitError:  # adding articles is more urgent
            return ()

    def _progress(self, jobs: Sequence[Job]) -> Update:
        return {self.layout.jobs: jobs_html(jobs)}

    def shown(self, selection: Selection, visitor: str, article: Article | None = None) -> Update:
        """Show the list with this selection, and the article, if one is given."""
        of = self.layout
        articles = self._articles.visible(visitor)
        assistant, suggestions = self._warmup.assistant, selection.suggestions
        update: Update = {
            of.selection: selection,
            of.stored_selection: dump_selection(selection),
            of.library: library_html(
                articles, selection, self._articles.own(visitor), self._articles.room(visitor)
            ),
            of.hints: hints_html(
                articles, selection, suggestions, assistant.settings, assistant.model_name
            ),
        }
        return {**update, of.viewer: viewer_html(article)} if article else update


def on_too_large(event: gr.EventData) -> str:
    """More was dropped than the server accepts; the browser did not send it."""
    names, size = [str(name) for name in event.names], int(event.size)
    sentence = (
        _too_large(names[0], size)
        if len(names) == 1
        else f"The {len(names)} files have {size:,} bytes; send at most {MAX_UPLOAD:,}."
    )
    return jobs_html([Job("", error=f"{sentence} Nothing was added.")])


def _uploaded(path: Path, keep: Callable[[Article, bytes], None]) -> _Source:
    return path.name, lambda: _one(path.name, lambda: _read_uploaded(path, keep))


def _one(name: str, read: Callable[[], Article]) -> Iterator[Reading]:
    yield Reading(name, article=read())


def _read_uploaded(path: Path, keep: Callable[[Article, bytes], None]) -> Article:
    # Errors name the file, not its path: visitors need not know where the server keeps uploads.
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:  # checked before it is read into memory
            raise SourceError(_too_large(path.name, size))
        data = path.read_bytes()
        article = read_upload(path.name, data)
        keep(article, data)
        return article
    finally:
        path.unlink(missing_ok=True)


def _too_large(name: str, size: int) -> str:
    return f"The file {name} has {size:,} bytes; add files of at most {MAX_BYTES:,}."
