"""The suite `talking` in small: replies are held to what they must be."""

from eval.run import Options
from eval.suites import SUITES, talking
from eval.suites.talking import Turn, talks
from qa.answer import Answer
from qa.article import Article
from qa.statement import Citation, Statement
from tests.eval.tiny import DAM

TALKS = f"""
- article: {{title: Dam holds, text: "{DAM}"}}
  turns:
    - {{sort: small talk, say: "Thanks!", kind: [small_talk]}}
    - {{sort: question, say: "Who thanked the crews?", quotes: [Petra Voss]}}
    - {{sort: are you sure, say: "Are you sure?", kind: [talk], quotes: [Petra Voss], single: true}}
    - {{sort: question, say: "When did the dam hold?", quotes: [Petra Voss]}}
"""


def test_a_conversation_is_held_and_its_replies_are_judged(tmp_path, monkeypatch, embedder):
    path = tmp_path / "talks.yaml"
    path.write_text(TALKS, encoding="utf-8")
    monkeypatch.setattr(talking, "TALKS", path)
    found = SUITES["talking"].run(Options(), embedder)
    right = {sort: row["right"].value for sort, row in found.tables["Replies"].items()}
    assert right == {"every turn": 0.75, "are you sure": 1, "question": 0.5, "small talk": 1}
    [miss] = found.misses  # the last turn wants what nobody would
    assert (miss.why, len(miss.history)) == ("“Petra Voss” is not cited", 3)
    assert found.questions == 4


ARTICLE = Article.from_text("It rained. It was wet.", title="Rain")
RAINED, WET = (Citation.of(ARTICLE, s, n) for n, s in enumerate(ARTICLE.sentences, 1))
REPLY = Answer("talk", "?", "?", tuple(Statement(c.quote, (c,)) for c in (RAINED, WET)))


def test_why_a_reply_is_wrong():
    for wanted, why in [
        ({"kind": ["talk"], "quotes": ["rained"], "says": ["wet"]}, None),
        ({"kind": ["refusal"]}, "it is of the kind talk"),
        ({"quotes": ["snow"]}, "“snow” is not cited"),
        ({"says": ["snow", "hail"]}, "it does not say “snow”"),
        ({"lacks": ["wet"]}, "it has “wet”"),
        ({"single": True}, "it cites several sentences"),
    ]:
        assert Turn(sort="any", say="?", **wanted).wrong(REPLY) == why


def test_the_committed_conversations_can_be_read():
    turns = [turn for talk in talks() for turn in talk.turns]
    assert len(turns) >= 70
    assert all(t.kind or t.quotes or t.says or t.lacks or t.single for t in turns)
