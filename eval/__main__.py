"""`python -m eval`: run suites, print their tables, write a report."""

import json
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
from eval.gates import KNOWN, below_floor, new_false_marks
from eval.readme import RESULTS
from eval.report import Run, commit, html_page, machine, show
from eval.run import CachedEmbedder, Options
from eval.suites import SUITES
from qa.errors import QAError, UsageError
from qa.search.embedder import Embedder
from qa.settings import Settings

ARTICLE, BLUNT = "article", "blunt"
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
        str, typer.Option(help="dev, test, train or all; by default all, or a set's test.")
    ] = "",
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
    if floors and (names != [ARTICLE] or options.own or limit or split not in ("", "dev")):
        raise UsageError("--floors takes the article's whole dev split; leave the rest out.")
    _check(names, options)
    parts = {  # the command as anyone would type it: folders by their content, not by their path
        "--data DIR": data,
        "--questions FILE": questions,
        "--corpus DIR": corpus,
        f"--split {split}": split and not floors,
        f"--limit {limit}": limit,
        "--compare": compare,
        f"--model {model}": model,
        "--floors": floors,
        "--publish": publish,
    }
    given = (part for part, value in parts.items() if value)
    command = " ".join(["python -m eval", *names, *given])
    try:
        run = _run(names, options, command)
    except KeyboardInterrupt:  # here, or typer would say no more than "Aborted"
        print("Stopped; the same command continues from the finished questions.", file=sys.stderr)
        raise typer.Exit(130) from None
    if publish:
        _publish(run, options)
    failed = below_floor(run.suites[0]) if floors else []
    for suite in run.suites:
        failed += new_false_marks(suite) if suite.name == BLUNT else []
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
    if options.model and WRITTEN not in names:
        raise UsageError(f"Only the suite {WRITTEN} asks a language model; name it with --model.")
    if WRITTEN in names and not options.model and not options.data:
        raise UsageError(f"The suite {WRITTEN} needs --model, or --data for scripted replies.")
    if options.own and names not in ([ARTICLE], [WRITTEN]):
        raise UsageError(
            "--questions and --corpus are your own set; name no suite of other questions."
        )
    try:
        options.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {options.out} cannot be made ({error.strerror}).") from None


def _run(names: Sequence[str], options: Options, command: str) -> Run:
    """Run the suites, write and show their results."""
    settings = Settings(model=options.model) if options.model else Settings()
    embedder = CachedEmbedder(Embedder(settings.embedder))
    run = Run(
        command,
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
    show(run, Console())
    print(f"\nThe report is {options.out / 'report.html'}.")
    clear(options.finished)
    return run


def _publish(run: Run, options: Options) -> None:
    """Write the figures of each suite to a file of its own, without the sets' texts."""
    for suite in run.suites:
        name = f"{suite.name}-{suite.split}" + ("-compared" if options.compare else "")
        written = replace(run, suites=(suite,)).to_json(texts=False)
        (RESULTS / f"{name}.json").write_text(written, encoding="utf-8")
        if suite.name == BLUNT:
            marks = json.dumps(sorted(miss.id for miss in suite.misses), indent=2)
            KNOWN.write_text(marks + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
