"""How an answer was found, as HTML: the steps, what they made of it, and what they cost."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from qa.answer import Answer
from qa.article import Article

_EXCERPT = 140  # characters of a passage
_STAGES = {  # of `Answer.timings`, as a reader would call them
    "understand": "understanding",
    "retrieve": "searching",
    "read": "reading",
    "answer": "answering",
    "write": "writing",
    "verify": "checking",
    "first sentence": "until the first sentence",
}


def confidence(answer: Answer) -> str:
    """How sure an answer or a refusal is, in words; nothing where nothing was weighed."""
    if not answer.trace.evidence:
        return ""
    sure = answer.confidence
    if answer.abstained:
        return "Most likely it is not there" if sure < 0.1 else "It may be there in other words"
    if sure >= 0.85:
        return "Confident"
    return "Fairly confident" if sure >= 0.6 else "Not sure: read the sentence in its place"


def steps_html(answer: Answer, articles: Mapping[str, Article]) -> str:
    """The steps from question to answer; passages of articles that are gone are left out."""
    trace = answer.trace
    passages = [
        (_rank(p.dense_rank), _rank(p.lexical_rank), _excerpt(articles[p.article_id], p.start))
        for p in trace.passages
        if p.article_id in articles
    ]
    sentences = [
        (_percent(s.score), articles[s.article_id].text[s.start : s.end])
        for s in trace.evidence
        if s.article_id in articles
    ]
    dropped = [
        f"<li><del>{escape(d.text)}</del> <span>{escape(d.reason)}</span></li>"
        for d in trace.dropped
    ]
    times = [f"{_STAGES.get(stage, stage)} {s:.2f} s" for stage, s in answer.timings.items()]
    alone = answer.standalone_question
    return "".join(
        [
            _part("Question, on its own", f"<p>{escape(alone)}</p>", alone != answer.question),
            _part(
                "Passages found, by rank in each search",
                _table(("meaning", "words", "passage"), passages),
                passages,
            ),
            _part(
                "Sentences read, by how likely each answers the question",
                _table(("likely", "sentence"), sentences),
                sentences,
            ),
            _part(
                "Written, but not shown: its sentence does not bear it out",
                f"<ul>{''.join(dropped)}</ul>",
                dropped,
            ),
            _part("Written by", f"<p>{escape(answer.model or '')}</p>", answer.model),
            _part("Time", f"<p>{escape(' · '.join(times))}</p>", times),
        ]
    )


def _part(title: str, html: str, wanted: object) -> str:
    return f"<h3>{title}</h3>{html}" if wanted else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _excerpt(article: Article, start: int) -> str:
    text = " ".join(article.text[start : start + 2 * _EXCERPT].split())
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rsplit(' ', 1)[0]} …"


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)


def _percent(score: float) -> str:
    return "< 1 %" if score < 0.01 else f"{score:.0%}".replace("%", " %")
