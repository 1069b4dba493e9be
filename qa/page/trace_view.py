"""How an answer was found, as HTML: each step, its results and its time."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from qa.answer import Answer
from qa.article import Article

_EXCERPT = 140  # characters of a passage
_STAGES = {  # of `Answer.timings` -> as shown
    "understand": "understanding",
    "retrieve": "searching",
    "read": "reading",
    "answer": "answering",
    "write": "writing",
    "verify": "checking",
    "first sentence": "until the first sentence",
}


def confidence(answer: Answer) -> str:
    """The confidence of an answer or a refusal in words; empty if no evidence was scored."""
    if not answer.trace.evidence:
        return ""
    probability = answer.confidence
    if answer.abstained:
        unlikely = probability < 0.1
        return "Most likely not there" if unlikely else "It may be there in other words"
    if probability >= 0.85:
        return "Confident"
    return "Fairly confident" if probability >= 0.6 else "Not sure: read it in context"


def steps_html(answer: Answer, articles: Mapping[str, Article]) -> str:
    """The steps from question to answer, without passages of articles that are gone."""
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
        f"<li><del>{escape(d.text)}</del> <span>{escape(d.reason)} ({d.by})</span></li>"
        for d in trace.dropped
    ]
    times = [f"{_STAGES.get(stage, stage)} {s:.2f} s" for stage, s in answer.timings.items()]
    in_full = answer.standalone_question
    return "".join(
        [
            _part("The question in full", f"<p>{escape(in_full)}</p>", in_full != answer.question),
            _part(
                "Passages found, with their rank in each search",
                _table(("by meaning", "by words", "passage"), passages),
                passages,
            ),
            _part(
                "Sentences read, with the probability that each answers the question",
                _table(("probability", "sentence"), sentences),
                sentences,
            ),
            _part(
                "Written but not shown, and why: by the rules, the verifier or the judge",
                f"<ul>{''.join(dropped)}</ul>",
                dropped,
            ),
            _part("Judged", f"<p>{escape(trace.judged or '')}</p>", trace.judged),
            _part("Written by", f"<p>{escape(answer.model or '')}</p>", answer.model),
            _part("Time", f"<p>{escape(' · '.join(times))}</p>", times),
        ]
    )


def _part(title: str, html: str, content: object) -> str:
    return f"<h3>{title}</h3>{html}" if content else ""


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
