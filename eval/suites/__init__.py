"""Every suite, by its name on the command line: a new one is a file here and a row below."""

from eval.suites import (
    article,
    blunt,
    claims,
    many,
    news_twins,
    open_news,
    pages,
    pdf,
    retrieval,
    speed,
    summaries,
    talking,
    written,
)
from eval.suites.public_sets import PUBLIC_SETS
from eval.suites.suite import Suite

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        article.SUITE,
        *PUBLIC_SETS,
        retrieval.SUITE,
        claims.SUITE,
        speed.SUITE,
        open_news.SUITE,
        news_twins.SUITE,
        many.SUITE,
        pages.SUITE,
        pdf.SUITE,
        talking.SUITE,
        summaries.SUITE,
        blunt.SUITE,
        written.SUITE,
    )
}
