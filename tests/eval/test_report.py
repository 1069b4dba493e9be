"""The report: one page that needs nothing else, in which every text is text."""

import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from eval.metrics import Interval
from eval.readme import table
from eval.report import figure, html_page, show
from eval.result import Curve, Miss, Plot, Run, SuiteResult, laid_out

EVIL = '<script>alert(1)</script> & "<img src=http://evil.example/x.png>"'


@pytest.fixture
def run():
    whole = Interval(0.71, 0.62, 0.8, 77)
    measures = {
        "similarity": {"citation_f1": Interval(0.5, 0.4, 0.6, 56)},
        "bundled": {"citation_f1": whole, "answer_hit": whole, "auroc": whole},
    }
    miss = Miss("q<1>", EVIL, EVIL, EVIL, (EVIL,), (EVIL,), (EVIL,), EVIL, (EVIL,), 0.93)
    suite = SuiteResult(
        "article",
        EVIL,
        "dev",
        77,
        {"Measures": measures, f"By kind: {EVIL}": {EVIL: {"refused": whole}}},
        (EVIL,),
        (
            Plot("Refusal", EVIL, "y", (Curve(EVIL, ((0.2, 0.9), (0.5, 0.7)), (0.5, 0.7)),)),
            Plot("Calibration", "x", "y", (Curve("c", ((0.5, 0.7),)),), diagonal=True),
        ),
        (miss, miss),
        "bundled",
        {"bundled": {"read": {"median": whole, "95th percentile": whole}}},
    )
    return Run("python -m eval", "abc", "2024-12-01", {"cores": "2"}, {"bundled": {}}, (suite,))


class Page(HTMLParser):
    """The tags of a page, their attributes and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_the_page_refers_to_nothing_outside_itself(run):
    page = Page(html_page(run))
    assert {name for name, _ in page.attributes} & {"src", "href", "srcset", "xlink:href"} == set()
    assert not {"img", "link", "iframe", "object", "base"} & set(page.tags)
    assert not re.search(r"url\(|@import", html_page(run))


def test_what_a_set_contains_is_text_and_never_markup(run):
    page = Page(html_page(run))
    assert page.tags.count("script") == 1  # the page's own
    assert EVIL not in html_page(run)
    assert page.text.count(EVIL) >= 10


def test_the_page_shows_figures_plots_and_every_miss(run):
    page = Page(html_page(run))
    assert "0.71 (0.62–0.80)" in page.text
    assert page.tags.count("svg") == 3  # refusal, calibration, time
    assert page.attributes.count(("class", "miss")) == 2
    assert {"circle", "polyline", "rect"} <= set(page.tags)


def test_the_terminal_shows_text_as_text(run):
    console = Console(record=True, width=200)
    show(run, console)
    printed = console.export_text()
    assert "0.71 (0.62–0.80) n=77" in printed
    assert EVIL in printed


def test_a_run_comes_back_from_its_json(run):
    assert Run.from_json(run.to_json()) == run


def test_json_without_texts_holds_the_figures_and_no_miss(run):
    written = run.to_json(texts=False)
    again = Run.from_json(written)
    assert again.suites[0].tables == run.suites[0].tables
    assert (again.suites[0].misses, again.suites[0].plots) == ((), ())
    assert "[0.71, 0.62, 0.8, 77]" in written


def test_a_wide_table_is_turned(run):
    measured = run.suites[0].tables["Measures"]
    many = {"bundled": {f"m{i}": Interval(0, 0, 0, 1) for i in range(9)}}
    assert list(laid_out(measured)) == ["similarity", "bundled"]
    assert list(laid_out(many)) == [f"m{i}" for i in range(9)]


def test_a_figure_stands_with_its_interval():
    assert figure(Interval(0.5, 0.25, 1.0, 3)) == "0.50 (0.25–1.00)"
    assert figure(None) == "–"


def test_the_readmes_table_has_a_row_for_each_configuration(run, tmp_path):
    (tmp_path / "article-dev.json").write_text(run.to_json(texts=False), encoding="utf-8")
    assert table(tmp_path).splitlines() == [
        "| set | n |  | evidence top-1 | citation F1 | answer hit | marked answer F1 "
        "| refusal F1 | AUROC |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| article, dev | 77 | similarity alone | – | 0.50 (0.40–0.60) | – | – | – | – |",
        "|  |  | this project | – | 0.71 (0.62–0.80) | 0.71 (0.62–0.80) | – | – "
        "| 0.71 (0.62–0.80) |",
    ]
