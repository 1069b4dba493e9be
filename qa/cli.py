"""The command `qa`."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from qa.errors import QAError, UsageError
from qa.settings import Settings
from qa.sources.limits import MAX_FEED_ARTICLES

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Assistant
    from qa.sources import Reading

app = typer.Typer(
    help="Ask questions about news articles; every answer is proved by sentences of the source.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
out = Console()
Ids = Annotated[
    list[str] | None, typer.Option("--article", help="Ask only this article's id; repeatable.")
]

Paper = Annotated[
    str | None, typer.Option(help="Ask only articles of this paper; a part of its name will do.")
]
Author = Annotated[str | None, typer.Option(help="Ask only articles by this author.")]
Since = Annotated[
    str | None, typer.Option(help="Ask only articles published since this day, as 2024-02-03.")
]
Until = Annotated[str | None, typer.Option(help="Ask only articles published up to this day.")]


@app.command(epilog='Example: qa ask "How many civilians were killed?" --json')
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads it from standard input.")],
    article: Ids = None,
    publisher: Paper = None,
    author: Author = None,
    since: Since = None,
    until: Until = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole answer as JSON.")
    ] = False,
) -> None:
    """Answer one question."""
    from qa.collection.choice import Choice

    text = sys.stdin.read() if question == "-" else question
    choice, assistant = Choice(publisher, author, since, until), _assistant()
    answer = assistant.ask(text, articles=assistant.chosen(choice, article))
    if as_json:
        print(answer.to_json())
    else:
        _show(answer)


@app.command(epilog="Example: qa chat --article syria-offensive")
def chat(article: Ids = None) -> None:
    """Ask one question after another; an empty line or Ctrl-D ends it."""
    assistant = _assistant()
    with out.status("Loading the models"):
        assistant.load()
    out.print("Ask about the article; an empty line ends.", style="dim")
    history: list[dict[str, object]] = []
    while question := _typed():
        try:
            answer = assistant.ask(question, history, article)
        except UsageError as error:
            out.print(escape(str(error)), style="red")
            continue
        _show(answer)
        history += answer.turns


@app.command(epilog="Example: qa add report.pdf https://www.example.org/news/harbour")
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="URLs, or files: .txt, .md, .html, .pdf, .docx and others. Of a feed, a sitemap "
            f"or a list of URLs the newest {MAX_FEED_ARTICLES} articles that are not here yet.",
            metavar="SOURCE",
        ),
    ],
) -> None:
    """Add articles; what cannot be added is named, and the rest goes on."""
    assistant = _assistant()
    failed = False
    for source in sources:
        for reading in _added(assistant, source):
            of = f"{reading.number}/{reading.of}  " if reading.of > 1 else ""
            if reading.article:
                title = escape(reading.article.title)
                out.print(f"{of}{reading.article.id}  {title}", highlight=False)
            elif reading.problem:
                failed = True
                _complain(of + reading.problem)
            if reading.note:
                out.print(reading.note, style="dim", markup=False, highlight=False)
    if failed:
        raise typer.Exit(1)


def _added(assistant: "Assistant", source: str) -> "Iterator[Reading]":
    """What became of a source; a failure of the index ends it with a sentence, too."""
    from qa.sources import Reading

    try:
        yield from assistant.add_each(source)
    except QAError as error:
        yield Reading(source, problem=str(error))


@app.command("list", epilog="Example: qa list --json")
def list_articles(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the articles that can be asked."""
    articles = _assistant().list()
    if as_json:
        print(json.dumps([a.metadata for a in articles], ensure_ascii=False))
        return
    table = Table("id", "title", "origin", "sentences", box=None, pad_edge=False)
    for a in articles:
        table.add_row(*map(escape, (a.id, a.title, a.origin)), str(len(a.sentences)))
    out.print(table)


@app.command(epilog="Example: qa remove 3234fb6c45a4e7a1")
def remove(article_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Remove an article that was added."""
    _assistant().remove(article_id)


@app.command(epilog="Example: qa export conversations.docx")
def export(
    file: Annotated[
        Path,
        typer.Argument(
            help="The file to write: .md, .html or .docx, or what was cited as .txt, .bib or .json."
        ),
    ],
) -> None:
    """Write the conversations that were held on this machine's page to a file."""
    from qa.export.all_kept import all_kept
    from qa.export.files import format_of, rendered
    from qa.kept.conversations import Conversations
    from qa.kept.database import Database
    from qa.server.identity import HERE

    form, assistant = format_of(file.suffix), _assistant()
    conversations = Conversations(Database.beside(assistant.settings.chroma))
    made = all_kept(conversations, HERE, {a.id: a for a in assistant.list()})
    if not made.parts:
        raise UsageError("There is no conversation yet; ask a question on the page first.")
    try:
        file.write_bytes(rendered(made, form))
    except OSError as error:
        raise UsageError(
            f"The file {file} cannot be written ({error.strerror}); choose another place."
        ) from None


@app.command(epilog="Example: qa serve --port 8080")
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 7860,
) -> None:
    """Serve the page."""
    from qa.serve import serve as serve_page

    serve_page(_assistant(), host, port)


def main() -> None:
    """Run the command: status 0 for an answer or a refusal, 1 for an error, 2 for bad usage."""
    logging.basicConfig(level=logging.WARNING)
    with _one_sentence():
        app()


def _assistant() -> "Assistant":
    from qa.assistant import Assistant

    return Assistant(Settings())


def _show(answer: "Answer") -> None:
    out.print(Markdown(answer.text))
    if answer.note:
        out.print(f"\n{answer.note}", style="dim", markup=False, highlight=False)
    for title, citations in {
        "": answer.citations,
        "Closest in the article:": answer.closest,
    }.items():
        if title and citations:
            out.print(f"\n{title}", style="dim")
        for c in citations:
            line = (
                f"“{c.quote}”"
                if title
                else f"[{c.number}] {c.origin}, characters {c.start}–{c.end}"
            )
            out.print(line, style="dim", markup=False, highlight=False)
    if answer.suggestions:
        further = "\n".join(f"  {question}" for question in answer.suggestions)
        out.print(f"\nYou could ask:\n{further}", style="dim", markup=False, highlight=False)


def _typed() -> str:
    try:
        return out.input("\n[bold]?[/] ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _complain(error: QAError | str) -> None:
    print(error, file=sys.stderr)


@contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except QAError as error:
        _complain(error)
        raise SystemExit(error.exit_status) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:  # the last resort: no stack trace reaches a user
        logging.getLogger("qa").debug("Unexpected", exc_info=error)
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        print(f"Something went wrong here ({reason}); please report it.", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
