from pathlib import Path

from qa.sources import limits

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"


def test_the_docs_state_the_limits():
    text = PAGE.read_text(encoding="utf-8")
    for stated in (
        f"| {limits.MAX_BYTES // 10**6} MB |",
        f"| {limits.MAX_UNPACKED_BYTES // 10**6} MB |",
        f"| {limits.MAX_CHARACTERS:,} characters, about",
        f"| {limits.MAX_PAGES} pages |",
        f"with up to {limits.MAX_REDIRECTS} redirects | {limits.FETCH_SECONDS} seconds |",
        f"| {limits.PARSE_SECONDS} seconds and {limits.PARSE_BYTES // 10**9} GB of memory",
    ):
        assert stated in text, stated
