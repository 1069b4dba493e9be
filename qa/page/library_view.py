"""The list of articles, the progress of additions, and the hints above the question box."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from qa.article import Article
from qa.page.article_view import NOT_ENGLISH, article_key
from qa.server.visitor_articles import Selection
from qa.settings import Settings
from qa.text.language import is_english


@dataclass(frozen=True)
class Job:
    """A text, file or address that is being added, and its progress."""

    name: str
    stage: str = "waiting"  # shown as it is
    done: bool = False
    error: str = ""  # a sentence that names the source
    undo: bool = False  # whether it can be undone


def library_html(
    articles: Mapping[str, Article], selection: Selection, own: Collection[str], room: str = ""
) -> str:
    """The articles, each with a check box that selects it; visitors can remove their own.

    `room` is a sentence about how many more can be added, and how long they stay.
    """
    rows = "".join(_row(a, a.id not in selection.excluded, a.id in own) for a in articles.values())
    return (
        "<fieldset><legend>Articles to ask</legend>"
        + (f"<ul>{rows}</ul>" if rows else "<p>There is no article yet; add one below.</p>")
        + "</fieldset>"
        + (f'<p class="qa-room">{escape(room)}</p>' if room else "")
    )


def jobs_html(jobs: Iterable[Job]) -> str:
    """The progress of each job; of a failed one, its error."""
    return "".join(
        f'<p class="qa-job {"qa-failed" if job.error else "qa-fine" if job.done else "qa-busy"}">'
        + (escape(job.error) or f"<span>{escape(job.name)}</span> {escape(job.stage)}")
        + (' <button type="button" data-do="undo">Undo</button>' if job.undo else "")
        + "</p>"
        for job in jobs
    )


def added(article: Article) -> Job:
    """The finished job of an added article."""
    stage = f"added, {len(article.sentences):,} sentences."
    note = "" if is_english(article.text) else f" {NOT_ENGLISH}"
    return Job(article.title, stage + note, done=True)


def already_here(article: Article) -> Job:
    """The finished job of an article that was there before."""
    return Job(article.title, "is already here.", done=True)


def hints_html(
    articles: Mapping[str, Article],
    selection: Selection,
    suggestions: Sequence[str],
    settings: Settings,
    model: str | None,
) -> str:
    """Suggested questions, which articles are asked, and which language model writes, if any."""
    items = "".join(
        f'<li><button type="button" data-ask="{escape(q)}">{escape(q)}</button></li>'
        for q in suggestions
    )
    fresh = " qa-fresh" if selection.suggestions else ""  # shown below a conversation, too
    suggested = f'<ul class="qa-suggestions{fresh}" aria-label="You could ask">{items}</ul>'
    return (
        (suggested if items else "")
        + f'<p class="qa-scope"><span>{_scope(articles, selection)}</span> '
        f'<button type="button" data-do="articles">Choose{" or add" * settings.add} articles'
        "</button></p>" + (_disclosure(model, settings) if model else "")
    )


def _row(article: Article, is_selected: bool, is_own: bool) -> str:
    key, title = article_key(article.id), escape(article.title)
    origin = escape(article.origin)
    change = (
        f'<details><summary aria-label="Rename {title}">Rename</summary><div>'
        f'<label for="title-{key}">Title</label>'
        f'<input id="title-{key}" class="qa-name" value="{title}" dir="auto">'
        f'<button type="button" data-rename="{key}">Save</button></div></details>'
        f'<button type="button" data-remove="{key}" aria-label="Remove {title}">Remove</button>'
        if is_own
        else ""
    )
    read = f'<button type="button" data-open="{key}" aria-label="Read {title}">Read</button>'
    return (
        f'<li data-day="{escape(article.published or "")}" '
        f'data-paper="{escape(article.publisher or article.source)}">'
        f'<input type="checkbox" id="ask-{key}" data-choose="{key}"{" checked" * is_selected}>'
        f'<label for="ask-{key}" dir="auto">{title}<small>{origin}</small></label>'
        f"{read}{change}</li>"
    )


def _scope(articles: Mapping[str, Article], selection: Selection) -> str:
    selected = selection.of(articles)
    if not articles:
        return "There is no article yet."
    if not selected:
        return "No article is selected."
    if len(selected) == 1:
        return f"Asking <cite dir='auto'>{escape(selected[0].title)}</cite>"
    number = "all" if len(selected) == len(articles) else f"{len(selected)} of"
    return f"Asking {number} {len(articles)} articles"


def _disclosure(model: str, settings: Settings) -> str:
    """Which language model writes the answers, and whether anything leaves the machine for it."""
    writer = f"Answers are written by {escape(model)}"
    sentence = (
        f"{writer} on this machine; nothing leaves it."
        if _is_local(settings)
        else f"{writer}: your questions, this conversation and the sentences found leave this "
        "machine and are sent there."
    )
    return f'<p class="qa-disclosure">{sentence}</p>'


def _is_local(settings: Settings) -> bool:
    host = urlsplit(settings.model_url).hostname or ""
    loopback = host == "localhost" or host == "::1" or host.startswith("127.")
    return loopback or (settings.model_provider == "ollama" and not host)
