"""A run as one HTML page that needs nothing else, and as tables in the terminal."""

from collections.abc import Iterator
from html import escape

from rich.console import Console
from rich.markup import escape as escape_markup
from rich.table import Table as RichTable

from eval import plots
from eval.baselines import CONFIGURATIONS, PRODUCT
from eval.metrics import Interval
from eval.result import Miss, Run, SuiteResult, columns_of, laid_out
from eval.scores import Table

# Tables of a baseline's own are left to the report; the terminal compares it in the first ones.
_OTHERS = tuple(f": {name}" for name in CONFIGURATIONS if name != PRODUCT)
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
  color: #222; background: #fff; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .7rem; text-align: left;
  vertical-align: top; }
td.figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
td small, dd small { color: #666; }
svg { margin: 0 1.5rem 1rem 0; }
svg text { font: 12px system-ui, sans-serif; fill: #333; }
.miss { border-top: 1px solid #ddd; display: grid; gap: .2rem 1.5rem; padding: .7rem 0;
  grid-template-columns: 1fr 1fr; }
.miss h4, .miss .history { grid-column: 1 / -1; margin: 0; }
.miss h4 small { font-weight: normal; color: #666; }
.history { color: #666; white-space: pre-line; }
input, select { font: inherit; padding: .2rem; }
"""

# Shows the misses whose text and reason fit what is chosen.
_SCRIPT = """
for (const list of document.querySelectorAll(".misses")) {
  const words = list.querySelector("input"), why = list.querySelector("select");
  const show = () => {
    for (const miss of list.querySelectorAll(".miss")) {
      const fits = miss.textContent.toLowerCase().includes(words.value.toLowerCase());
      miss.style.display = fits && (!why.value || miss.dataset.why === why.value) ? "" : "none";
    }
  };
  words.addEventListener("input", show);
  why.addEventListener("change", show);
}
"""


def html_page(run: Run) -> str:
    """The whole run: tables, plots and every miss; all text of the sets escaped."""
    body = "".join(part for suite in run.suites for part in _suite(suite))
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
        for name, value in {
            "command": run.command,
            "commit": run.commit,
            "date": run.date,
            **run.machine,
        }.items()
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Evaluation</title>'
        f"<style>{_STYLE}</style></head><body><h1>Evaluation</h1>"
        "<p>Each figure stands with its 95% bootstrap interval and the number of questions "
        f"behind it.</p><dl>{facts}</dl>{body}<script>{_SCRIPT}</script></body></html>\n"
    )


def show(run: Run, console: Console) -> None:
    """The tables of a run in the terminal."""
    for suite in run.suites:
        console.print(
            f"\n[bold]{suite.name}[/], {suite.split}, {suite.questions} questions. "
            f"{escape_markup(suite.about)}"
        )
        for title, table in suite.tables.items():
            if not title.endswith(_OTHERS):
                console.print(_rich(title, laid_out(table)))
        for name, table in suite.seconds.items():
            if name == PRODUCT:
                console.print(_rich(f"Seconds by stage: {name}", table, 3))
        for note in suite.notes:
            console.print(note, style="dim", markup=False)


def figure(interval: Interval | None, digits: int = 2) -> str:
    """`0.71 (0.62–0.80)`, or a dash."""
    if interval is None:
        return "–"
    value, low, high = (f"{number:.{digits}f}" for number in interval[:3])
    return f"{value} ({low}–{high})"


def _rich(title: str, table: Table, digits: int = 2) -> RichTable:
    columns = columns_of(table)
    rich = RichTable("", *columns, title=title, title_justify="left", box=None, pad_edge=False)
    for label, cells in table.items():
        found = [cells.get(column) for column in columns]
        rich.add_row(label, *(figure(i, digits) + (f" n={i.n}" if i else "") for i in found))
    return rich


def _suite(suite: SuiteResult) -> Iterator[str]:
    yield f"<h2>{escape(suite.name)}</h2><p>{escape(suite.about)} "
    yield f"Split {escape(suite.split)}, {suite.questions} questions.</p><ul>"
    yield "".join(f"<li>{escape(note)}</li>" for note in suite.notes) + "</ul>"
    yield "".join(plots.curves(plot) for plot in suite.plots)
    for title, table in suite.tables.items():
        yield _html_table(title, laid_out(table))
    for name, table in suite.seconds.items():
        yield _html_table(f"Seconds by stage: {name}", table, 3)
        pairs = {
            stage: (cells["median"].value, cells["95th percentile"].value)
            for stage, cells in table.items()
        }
        yield plots.bars(f"Seconds of {name}", pairs)
    if suite.misses:
        yield from _misses(suite)


def _html_table(title: str, table: Table, digits: int = 2) -> str:
    columns = columns_of(table)
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    rows = "".join(
        f"<tr><th>{escape(label)}</th>{''.join(_cell(cells.get(c), digits) for c in columns)}</tr>"
        for label, cells in table.items()
    )
    return f"<h3>{escape(title)}</h3><table><tr><th></th>{head}</tr>{rows}</table>"


def _cell(interval: Interval | None, digits: int) -> str:
    n = f" <small>n={interval.n}</small>" if interval else ""
    return f'<td class="figure">{figure(interval, digits)}{n}</td>'


def _misses(suite: SuiteResult) -> Iterator[str]:
    reasons = sorted({miss.why for miss in suite.misses})
    options = "".join(f"<option>{escape(reason)}</option>" for reason in reasons)
    count = f"{len(suite.misses)} misses of {escape(suite.missed_by)}"
    yield f'<details class="misses"><summary>{count}</summary>'
    yield '<p><input type="search" placeholder="words" aria-label="Words in a miss"> '
    yield '<select aria-label="Reason"><option value="">every reason</option>'
    yield f"{options}</select></p>"
    yield "".join(_miss(miss) for miss in suite.misses)
    yield "</details>"


def _miss(miss: Miss) -> str:
    history = f'<p class="history">{escape(chr(10).join(miss.history))}</p>' if miss.history else ""
    facts = f"{miss.id}, {miss.kind}, confidence {miss.confidence:.2f}: {miss.why}"
    return (
        f'<div class="miss" data-why="{escape(miss.why)}">'
        f"<h4>{escape(miss.question)} <small>{escape(facts)}</small></h4>{history}"
        f"<div><b>Gold</b>{_list(miss.gold)}{_answers(miss)}</div>"
        f"<div><b>Cited</b>{_list(miss.cited)}<b>Answer</b><p>{escape(miss.answer)}</p></div></div>"
    )


def _answers(miss: Miss) -> str:
    return f"<b>Accepted</b><p>{escape(' · '.join(miss.answers))}</p>" if miss.answers else ""


def _list(sentences: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(s) or '–'}</li>" for s in sentences or ("–",)) + "</ul>"
