from dataclasses import replace
from statistics import mean

from eval.pages import EACH, SITES, made
from eval.suites.pages import compare, product
from qa.sources.parsed import Parsed


def said(page):
    """What a reader who misses nothing makes of a page."""
    rows = (" | ".join(cells) for cells, _ in page.rows)
    return Parsed(
        "\n\n".join([*page.gold, *rows]),
        title=page.title,
        author=", ".join(page.authors),
        published=page.published,
        updated=page.updated,
    )


def test_pages_are_always_the_same():
    assert [page.data for page in made("test")] == [page.data for page in made("test")]
    for split, sites in SITES.items():
        assert len(list(made(split))) == EACH[split] * len(sites)
    assert not set(SITES["dev"]) & set(SITES["test"])


def test_what_misses_nothing_scores_1_and_what_reads_nothing_0():
    for page in made("dev"):
        read, missed, extra = compare(page, said(page))
        assert (set(read.values()), missed, extra) == ({1}, [], [])
        assert compare(page, Parsed(""))[0]["f1"] == 0


def test_a_sentence_too_many_costs_precision_and_one_too_few_recall():
    page = next(made("dev"))
    whole = said(page)
    more, _, extra = compare(page, replace(whole, text=f"{whole.text}\n\nRead this as well."))
    assert more["precision"] < 1 and more["recall"] == 1 and extra == ["read this as well"]
    rest = whole.text.partition("\n\n")[2]
    less, missed, _ = compare(page, replace(whole, text=rest))
    assert less["recall"] < 1 and less["precision"] == 1 and missed


def test_a_page_of_each_site_is_read_as_the_suite_says():
    pages = [page for split in ("dev", "test") for page in made(split) if page.name.endswith("-0")]
    read = [compare(page, product(page.data))[0] for page in pages]
    assert mean(one["f1"] for one in read) > 0.97
    assert all(one["title"] == one["date"] == one["author"] == 1 for one in read)
