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
    typed: str = ""  # what was typed and failed, to be given back


def library_html(
    articles: Mapping[str, Article], selection: Selection, own: Collection[str], room: str = ""
) -> str:
    """The articles, each with a check box that selects it; visitors can remove their own.

    `room` is a sentence about how many more can be added, and how long they stay.
    """
    rows = "".join(_row(a, a.id not in selection.excluded, a.id in own) for a in articles.values())
    return (
        "<fieldset><legend>Articles to ask</legend>"
        + (f"<ul>{rows}</ul>" if rows else "<p>There is no article yet; add one above.</p>")
        + "</fieldset>"
        + (f'<p class="qa-room">{escape(room)}</p>' if room else "")
    )


def jobs_html(jobs: Iterable[Job]) -> str:
    """The progress of each job, and of several together; of a failed one, its error."""
    jobs = list(jobs)
    return _together(jobs) + "".join(
        f'<p class="qa-job {"qa-failed" if job.error else "qa-fine" if job.done else "qa-busy"}">'
        + (_failure(job) or f"<span>{escape(job.name)}</span> {escape(job.stage)}")
        + (' <button type="button" data-do="undo">Undo</button>' if job.undo else "")
        + "</p>"
        for job in jobs
    )


def _together(jobs: Sequence[Job]) -> str:
    """How many of several jobs are finished, until all are."""
    finished = sum(job.done or bool(job.error) for job in jobs)
    if len(jobs) < 2 or finished == len(jobs):
        return ""
    return (
        f'<p class="qa-progress"><progress max="{len(jobs)}" value="{finished}" '
        f'aria-label="Added"></progress>{finished} of {len(jobs)} finished</p>'
    )


def _failure(job: Job) -> str:
    """The error with the name of what failed in bold, which it mostly holds."""
    name, error = escape(job.name), escape(job.error)
    if not error:
        return ""
    named = error.replace(name, f"<span>{name}</span>", 1) if name else error
    told = named if "<span>" in named or not name else f"<span>{name}</span> {error}"
    if not job.typed:
        return told
    return (
        f'{told} <button type="button" data-do="back" data-text="{escape(job.typed)}">'
        "Put it back in the box</button>"
    )


def added(article: Article) -> Job:
    """The finished job of an added article."""
    stage = f"added, {sentences(article)}."
    note = "" if is_english(article.text) else f" {NOT_ENGLISH}"
    return Job(article.title, stage + note, done=True)


def sentences(article: Article) -> str:
    """How long an article is: `1 sentence`, `1,204 sentences`."""
    number = len(article.sentences)
    return "1 sentence" if number == 1 else f"{number:,} sentences"


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
    inside = (
        f'<details class="qa-in" data-key="{key}"><summary aria-label="Collections of {title}">'
        "Collections</summary><div></div></details>"
    )
    read = f'<button type="button" data-open="{key}" aria-label="Read {title}">Read</button>'
    return (
        f'<li data-day="{escape(article.published or "")}" '
        f'data-paper="{escape(article.publisher or article.source)}">'
        f'<input type="checkbox" id="ask-{key}" data-choose="{key}"{" checked" * is_selected}>'
        f'<label for="ask-{key}" dir="auto">{title}<small>{origin}</small></label>'
        f"{read}{inside}{change}</li>"
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
