"""`python -m eval`: run suites, print their tables, write a report."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from eval.baselines import WRITTEN
from eval.checkpoint import clear
from eval.gates import below_floor
from eval.readme import RESULTS
from eval.report import Run, commit, html_page, machine, show
from eval.run import CachedEmbedder, Options
from eval.suites import SUITES
from qa.errors import QAError, UsageError
from qa.search.embedder import Embedder
from qa.settings import Settings

ARTICLE = "article"
app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command(epilog="Example: python -m eval squad2 clapnq --data DIR --compare --limit 100")
def evaluate(
    suites: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SUITE]...", help=f"{', '.join(SUITES)}; by default {ARTICLE}."),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The folder of the public sets.")] = None,
    questions: Annotated[
        Path | None, typer.Option(help="Your own questions as JSON Lines, instead of ours.")
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="The folder of your own articles.")] = None,
    model: Annotated[
        str, typer.Option(help="The language model of the suite written, as in QA_MODEL.")
    ] = "",
    split: Annotated[
        str | None, typer.Option(help="dev, test, train or all; by default all, or a set's test.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask a fixed sample of so many questions of a set.")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Run the baselines beside the product's reader.")
    ] = False,
    floors: Annotated[
        bool, typer.Option("--floors", help="Fail if a dev measure is below its floor.")
    ] = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Write the figures to eval/results/ too.")
    ] = False,
    out: Annotated[
        Path, typer.Option(help="The folder of the report; an interrupted run continues from it.")
    ] = Path("build/eval"),
) -> None:
    """Ask questions with known answers, measure the answers, write OUT/report.html and .json."""
    options = Options(
        data, "dev" if floors else split, limit, compare, out, questions, corpus, model
    )
    names = list(dict.fromkeys(suites or [ARTICLE]))
    if floors and (names != [ARTICLE] or options.own or limit or split not in (None, "dev")):
        raise UsageError("--floors takes the article's whole dev split; leave the rest out.")
    _check(names, options)
    try:
        failed = _evaluate(names, options, floors=floors, publish=publish)
    except KeyboardInterrupt:  # here, or typer would say no more than "Aborted"
        print("Stopped; the same command continues from the finished questions.", file=sys.stderr)
        raise typer.Exit(130) from None
    if failed:
        print("\n".join(failed), file=sys.stderr)
        raise typer.Exit(1)


def main() -> None:
    """Run the command: status 0, 1 for an error or a missed floor, 2 for bad usage."""
    # Beside another process, two threads wait for each other longer than they compute.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        app()
    except QAError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_status) from None


def _check(names: Sequence[str], options: Options) -> None:
    """Refuse a run that could not be made, before anything is loaded."""
    for name in names:
        if name not in SUITES:
            raise UsageError(f"There is no suite {name!r}; there are {', '.join(SUITES)}.")
        for folder in SUITES[name].folders:
            options.folder(folder)
    if (WRITTEN in names) != bool(options.model):
        raise UsageError(f"The suite {WRITTEN} asks a language model; name both it and --model.")
    if options.own and names not in ([ARTICLE], [WRITTEN]):
        raise UsageError(
            "--questions and --corpus are your own set; name no suite of other questions."
        )
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {options.out} cannot be made ({error.strerror}).") from None


def _evaluate(
    names: Sequence[str], options: Options, *, floors: bool, publish: bool
) -> Sequence[str]:
    """Run the suites, write and show their results; returns the floors that were missed."""
    settings = Settings(model=options.model) if options.model else Settings()
    embedder = CachedEmbedder(Embedder(settings.embedder))
    run = Run(
        _command(names, options, floors=floors, publish=publish),
        commit(),
        datetime.now(UTC).strftime("%Y-%m-%d"),
        machine(),
        {
            c.name: c.settings().model_dump(include={"embedder", "top_k", "threshold"})
            for c in options.configurations()
        },
        tuple(SUITES[name].run(options, embedder) for name in names),
    )
    (options.out / "report.html").write_text(html_page(run), encoding="utf-8")
    (options.out / "report.json").write_text(run.to_json(), encoding="utf-8")
    if publish:
        RESULTS.mkdir(exist_ok=True)
        for suite in run.suites:
            name = f"{suite.name}-{suite.split}" + ("-compared" if options.compare else "")
            path = RESULTS / f"{name}.json"
            path.write_text(replace(run, suites=(suite,)).to_json(texts=False), encoding="utf-8")
    show(run, Console())
    print(f"\nThe report is {options.out / 'report.html'}.")
    clear(options.finished)
    return below_floor(run.suites[0]) if floors else ()


def _command(names: Sequence[str], options: Options, *, floors: bool, publish: bool) -> str:
    """The command as anyone would type it: folders by their content, not by their path."""
    parts = {
        "--data DIR": options.data,
        "--questions FILE": options.questions,
        "--corpus DIR": options.corpus,
        f"--split {options.split}": options.split and not floors,
        f"--limit {options.limit}": options.limit,
        "--compare": options.compare,
        f"--model {options.model}": options.model,
        "--floors": floors,
        "--publish": publish,
    }
    return " ".join(["python -m eval", *names, *(part for part, given in parts.items() if given)])


if __name__ == "__main__":
    main()
