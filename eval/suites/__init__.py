"""Every suite, by its name on the command line: a new one is a file here and a row below."""

from eval.suites import (
    article,
    claims,
    clapnq,
    fictional_news,
    many,
    mtrag_un,
    news_twins,
    onestopqa,
    open_news,
    pages,
    pdf,
    retrieval,
    speed,
    squad2,
    talking,
    written,
)
from eval.suites.suite import Suite

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        article.SUITE,
        squad2.SUITE,
        fictional_news.SUITE,
        clapnq.SUITE,
        onestopqa.SUITE,
        mtrag_un.SUITE,
        retrieval.SUITE,
        claims.SUITE,
        speed.SUITE,
        open_news.SUITE,
        news_twins.SUITE,
        many.SUITE,
        pages.SUITE,
        pdf.SUITE,
        talking.SUITE,
        written.SUITE,
    )
}
