"""The report: one page that needs nothing else, in which every text is text."""

import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest
from rich.console import Console

from eval.metrics import Interval
from eval.readme import full_tables, short_table
from eval.report import Miss, Run, SuiteResult, figure, html_page, laid_out, show

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
        (miss, miss),
        "bundled",
        {"bundled": {"read": {"median": whole, "95th percentile": whole}}},
        {EVIL: ((0.9, True), (0.7, False), (0.2, False))},
    )
    settings = {EVIL: {"threshold": 0.5}}
    return Run("python -m eval", "abc", "2024-12-01", {"cores": "2"}, settings, (suite,))


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

    @property
    def images(self):
        return [value for name, value in self.attributes if name == "src"]

    def drawings(self):
        return [Page(b64decode(image.partition(",")[2]).decode()) for image in self.images]


def test_the_page_refers_to_nothing_outside_itself(run):
    page = Page(html_page(run))
    assert all(image.startswith("data:image/svg+xml;base64,") for image in page.images)
    outside = {"href", "srcset", "xlink:href", "action"}
    assert {name for name, _ in page.attributes} & outside == set()
    assert not {"link", "iframe", "object", "base"} & set(page.tags)
    assert not re.search(r"url\(|@import", html_page(run))


def test_what_a_set_contains_is_text_and_never_markup(run):
    page = Page(html_page(run))
    assert page.tags.count("script") == 1  # the page's own
    assert EVIL not in html_page(run)
    assert page.text.count(EVIL) >= 10
    for drawing in page.drawings():
        assert (drawing.tags.count("script"), drawing.tags.count("image")) == (0, 0)
        assert drawing.text.count(EVIL) == 1  # the curve


def test_the_page_shows_figures_plots_and_every_miss(run):
    page = Page(html_page(run))
    assert "0.71 (0.62–0.80)" in page.text
    refusal, calibration = page.drawings()
    assert "(dot: threshold 0.5)" in refusal.text
    assert "share answerable" in calibration.text
    assert "Seconds by stage: bundled" in page.text
    assert page.attributes.count(("class", "miss")) == 2


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
    assert (again.suites[0].misses, again.suites[0].confidences) == ((), {})
    assert "[0.71, 0.62, 0.8, 77]" in written


def test_a_wide_table_is_turned(run):
    measured = run.suites[0].tables["Measures"]
    many = {"bundled": {f"m{i}": Interval(0, 0, 0, 1) for i in range(9)}}
    assert list(laid_out(measured)) == ["similarity", "bundled"]
    assert list(laid_out(many)) == [f"m{i}" for i in range(9)]


def test_a_figure_stands_with_its_interval():
    assert figure(Interval(0.5, 0.25, 1.0, 3)) == "0.50 (0.25–1.00)"
    assert figure(None) == "–"


def test_the_full_table_has_a_row_for_each_configuration(run, tmp_path):
    (tmp_path / "article-dev.json").write_text(run.to_json(texts=False), encoding="utf-8")
    assert full_tables(tmp_path).splitlines() == [
        "| set | n |  | evidence top-1 | citation F1 | answer hit | marked answer F1 "
        "| refusal F1 | AUROC |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| article, dev | 77 | similarity alone | – | 0.50 (0.40–0.60) | – | – | – | – |",
        "|  |  | this project | – | 0.71 (0.62–0.80) | 0.71 (0.62–0.80) | – | – "
        "| 0.71 (0.62–0.80) |",
    ]


def test_the_short_table_has_a_row_for_each_set_beside_the_tutorial_chain(run, tmp_path):
    (tmp_path / "article-dev.json").write_text(run.to_json(texts=False), encoding="utf-8")
    assert short_table(tmp_path).splitlines()[2:] == [
        "| article | 77 | – | 0.71 vs 0.50 | 0.71 | – | 0.71 |",
    ]
