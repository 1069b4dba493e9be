"""Every suite, by its name on the command line: a new one is a file here and a row below."""

from eval.suites import (
    blunt,
    claims,
    many,
    news_twins,
    open_news,
    pages,
    pdf,
    questions,
    retrieval,
    sentences,
    speed,
    summaries,
    talking,
    written,
)
from eval.suites.suite import Suite

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        *questions.SUITES,
        retrieval.SUITE,
        claims.SUITE,
        speed.SUITE,
        open_news.SUITE,
        news_twins.SUITE,
        many.SUITE,
        pages.SUITE,
        pdf.SUITE,
        sentences.SUITE,
        talking.SUITE,
        summaries.SUITE,
        blunt.SUITE,
        written.SUITE,
    )
}
