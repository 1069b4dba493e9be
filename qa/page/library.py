"""The list of articles, what became of those being added, and the line above the question box."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from qa.article import Article
from qa.page.article_view import NOT_ENGLISH, key
from qa.server.shelf import Desk
from qa.settings import Settings
from qa.text.language import is_english


@dataclass(frozen=True)
class Job:
    """A text, file or address that is being added, and how far it is."""

    name: str
    stage: str = "waiting"  # shown as it is
    done: bool = False
    error: str = ""  # a sentence that names it


def library_html(articles: Mapping[str, Article], desk: Desk, own: Collection[str]) -> str:
    """Each article with a box that says whether it is asked; one's own can be removed."""
    rows = "".join(_row(a, a.id not in desk.left_out, a.id in own) for a in articles.values())
    return (
        "<fieldset><legend>Ask these</legend>"
        + (f"<ul>{rows}</ul>" if rows else "<p>There is no article yet; add one below.</p>")
        + "</fieldset>"
    )


def jobs_html(jobs: Iterable[Job]) -> str:
    """What is being added, stage by stage; an error is its one sentence."""
    return "".join(
        f'<p class="qa-job {"qa-failed" if job.error else "qa-fine" if job.done else "qa-busy"}">'
        + (escape(job.error) or f"<span>{escape(job.name)}</span> {escape(job.stage)}")
        + "</p>"
        for job in jobs
    )


def added(article: Article) -> Job:
    """The end of a job that went well."""
    stage = f"added, {len(article.sentences):,} sentences."
    return Job(
        article.title, stage if is_english(article.text) else f"{stage} {NOT_ENGLISH}", done=True
    )


def here_already(article: Article) -> Job:
    """The end of a job that had nothing to do."""
    return Job(article.title, "is already here.", done=True)


def prompt_html(
    articles: Mapping[str, Article], desk: Desk, suggestions: Sequence[str], settings: Settings
) -> str:
    """What may be asked, of which articles, and who reads it."""
    offered = "".join(
        f'<li><button type="button" data-ask="{escape(q)}">{escape(q)}</button></li>'
        for q in suggestions
    )
    fresh = " qa-fresh" if desk.suggestions else ""  # shown below a conversation, too
    return (
        (
            f'<ul class="qa-suggestions{fresh}" aria-label="You could ask">{offered}</ul>'
            if offered
            else ""
        )
        + f'<p class="qa-scope"><span>{_scope(articles, desk)}</span> '
        f'<button type="button" data-do="articles">Choose{" or add" * settings.add} articles'
        "</button></p>" + _disclosure(settings)
    )


def _row(article: Article, is_asked: bool, is_own: bool) -> str:
    k, title = key(article.id), escape(article.title)
    origin = escape(article.origin)
    remove = (
        f'<button type="button" data-remove="{k}" aria-label="Remove {title}">Remove</button>'
        if is_own
        else ""
    )
    read = f'<button type="button" data-open="{k}" aria-label="Read {title}">Read</button>'
    return (
        f'<li><input type="checkbox" id="ask-{k}" data-choose="{k}"{" checked" * is_asked}>'
        f'<label for="ask-{k}" dir="auto">{title}<small>{origin}</small></label>{read}{remove}</li>'
    )


def _scope(articles: Mapping[str, Article], desk: Desk) -> str:
    chosen = [a for a in articles.values() if a.id not in desk.left_out]
    if not articles:
        return "There is no article yet."
    if not chosen:
        return "No article is chosen."
    if len(chosen) == 1:
        return f"Asking <cite dir='auto'>{escape(chosen[0].title)}</cite>"
    number = "all" if len(chosen) == len(articles) else f"{len(chosen)} of"
    return f"Asking {number} {len(articles)} articles"


def _disclosure(settings: Settings) -> str:
    """Who writes, and whether anything leaves the machine for it."""
    if not settings.model:
        return ""
    writer = f"Answers are written by {escape(settings.model)}"
    told = (
        f"{writer} on this machine; nothing leaves it."
        if _is_here(settings)
        else f"{writer}: your questions, this conversation and the sentences found leave this "
        "machine and are sent there."
    )
    return f'<p class="qa-disclosure">{told}</p>'


def _is_here(settings: Settings) -> bool:
    host = urlsplit(settings.model_url).hostname or ""
    at_home = host == "localhost" or host == "::1" or host.startswith("127.")
    return at_home or (settings.model_provider == "ollama" and not host)
