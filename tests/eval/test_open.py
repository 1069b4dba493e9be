"""The measures of open questions and paired claims on tiny cases, and their suites in small."""

import pytest

from eval.baselines import PRODUCT
from eval.readme import full_tables
from eval.report import Run
from eval.run import Options
from eval.suites import SUITES
from eval.suites.news_twins import SHOWN, Scored, wins
from eval.suites.open_news import RIGHT, Gold, Shown, nearest, read_gold
from qa.errors import UsageError
from sets.claims import Twin
from sets.questions import DataError, read_public
from tests.eval.tiny import DAM, GATES, TRAP, WHY, question, span, write_gz, write_set

HELD, GATE, THANKS = (
    "The Orlin dam held on Monday.",
    "Engineers opened 4 gates at noon because the lake had risen by two metres.",
    "Mayor Petra Voss thanked the crews.",
)


def shown(gold, text="", cited="", marked=None, refused=False, kind="event"):
    return Shown(kind, gold, text, frozenset(cited), marked, refused)


def gold(*groups, may="", answers=(), verdict=None):
    return Gold(tuple(map(frozenset, groups)), frozenset(may), tuple(answers), verdict)


def test_an_answer_is_right_when_nothing_is_wrong_with_it():
    one, four, none = gold("a"), gold("a", "b", "c", "d"), gold()
    short, text = gold("a", answers=["at least 19"]), "It lost at least 19."
    little, much = "shows too little", "shows too much off the point"
    cases = [
        (shown(four, cited="abc"), None),  # 3 of 4 groups are enough
        (shown(four, cited="ab"), little),
        (shown(four, cited="abcxyz"), None),  # half on the point is enough
        (shown(four, cited="abcwxyz"), much),
        (shown(gold("a", may="m"), cited="amx"), None),
        (shown(one), little),
        (shown(one, cited="a", refused=True), "refused, though the article says"),
        (shown(one, cited="a", marked="Lund"), None),  # no short answer to judge a mark by
        (shown(short, text, "a"), None),  # nothing marked is nothing wrong
        (shown(short, text, "a", "19"), None),
        (shown(short, text, "a", "Monday"), "marks a wrong answer"),
        (shown(short, "It lost 19.", "a", "19"), "the short answer is not in the text"),
        (shown(none, refused=True), None),
        (shown(none, "It held.", "a"), "answered, though the article does not say"),
        (shown(none, "Hello!"), "answered, though the article does not say"),
    ]
    for answer, expected in cases:
        assert answer.why_wrong() == expected, answer


def test_each_measure_is_of_the_questions_that_define_it():
    died = gold("a", answers=["19"])
    assert shown(died, "19 died.", "ax", "two", kind="blunt").values == {
        "right": 0.0,
        RIGHT: 0.0,
        "group recall": 1.0,
        "precision": 0.5,
        "false mark": 1.0,
        "verdict": None,
        "false refusals": 0.0,
        "refusal recall": None,
    }
    none = shown(gold(), refused=True, kind="none").values
    assert {name: value for name, value in none.items() if value is not None} == {
        RIGHT: 1.0,
        "refusal recall": 1.0,
    }
    refused = shown(died, refused=True, kind="blunt").values
    told = ("right", "group recall", "precision", "false mark", "false refusals")
    assert [refused[name] for name in told] == [0.0, 0.0, None, 0.0, 1.0]


def test_a_verdict_counts_only_in_an_answer():
    cases = [
        ("yes", ("Yes, it held.", "a"), 1.0),
        ("yes", ("It held.", "a"), 0.0),
        ("no", ("Yes, it held.", "a"), 0.0),
        ("unclear", ("It may hold.", "a"), 1.0),
        ("unclear", ("No, it broke.", "a"), 0.0),
        ("unclear", ("I did not find that.", "", None, True), 0.0),
    ]
    for verdict, answer, expected in cases:
        assert shown(gold("a", verdict=verdict), *answer).values["verdict"] == expected, verdict


def twin(pair, supported, score, **more):
    id = f"{pair}-{supported}"
    line = {"id": id, "set": "news_twins", "split": "test", "claim": "It held.", "evidence": ""}
    line |= {"article": "dam", "spans": [], "supported": supported, "pair": pair, "sort": "order"}
    return Scored(Twin(**(line | more)), (score, 0.0, 0.0), True, True)


def test_a_pair_is_won_where_the_true_claim_scores_higher_and_halved_by_a_tie():
    scored = [
        *(twin("won", True, 0.9), twin("won", False, 0.1)),
        *(twin("lost", False, 0.8), twin("lost", True, 0.7)),
        *(twin("tied", True, 0.5), twin("tied", False, 0.5)),
        twin(None, False, 1.0),  # a claim without a pair is in none
    ]
    assert wins(scored, 0) == [1.0, 0.0, 0.5]
    assert wins(scored, 1) == [0.5, 0.5, 0.5]


def test_half_a_pair_is_refused():
    with pytest.raises(DataError, match="The pair 'x' has 1 true and 0 false claims"):
        wins([twin("x", True, 0.9)], 0)


def asked(id, text, kind, *groups, may=(), article="dam", **more):
    spans = [[span(DAM, sentence) for sentence in group] for group in groups]
    return question(
        id,
        text,
        article,
        bool(groups),
        kind=kind,
        groups=spans,
        may=[span(DAM, sentence) for sentence in may],
        evidence=[place for group in spans for place in group],
        **more,
    )


QUESTIONS = [
    asked("dam-o01", "What happened to the Orlin dam?", "event", [HELD], [GATE], may=[THANKS]),
    asked("dam-o02", "Did the dam hold?", "yesno", [HELD], verdict="yes"),
    asked("dam-o03", "How many gates did engineers open?", "blunt", [GATE], answers=["4"]),
    asked("dam-b04", "Where was Petra Voss born?", "none"),
    asked("dam-o05", "And why?", "follow", [GATE], history=WHY["history"]),
    GATES | {"groups": [GATES["evidence"]], "id": "dam-00"},
    TRAP | {"id": "dam-01"},
]
CLAIMS = [
    ("p1", "Engineers opened 4 gates at noon.", [GATE], True, "number"),
    ("p1", "Engineers opened 9 gates at noon.", [GATE], False, "number"),
    ("p2", "The Orlin dam held on Monday, and the mayor thanked the crews.", [HELD, THANKS], True),
    (
        "p2",
        "The Orlin dam broke on Monday, and the mayor thanked the crews.",
        [HELD, THANKS],
        False,
    ),
    (None, "Mayor Petra Voss scolded the crews.", [THANKS], False),
]


@pytest.fixture
def options(tmp_path):
    write_set(tmp_path / "data" / "open-news", QUESTIONS)
    lines = []
    for number, (pair, text, cited, supported, *sort) in enumerate(CLAIMS):
        line = {"id": f"c{number}", "set": "news_twins", "split": "test", "article": "dam"}
        line |= {"claim": text, "evidence": " ".join(cited), "supported": supported}
        line |= {"spans": [span(DAM, sentence) for sentence in cited]}
        line |= {"pair": pair, "sort": (sort or ["order"])[0]} if pair else {}
        lines.append(line)
    write_gz(tmp_path / "data" / "open-news" / "claims.jsonl.gz", lines)
    return Options(data=tmp_path / "data", out=tmp_path / "out")


def test_gold_of_open_questions_is_by_groups_and_leaves_out_the_quiz(options):
    folder = options.folder("open-news")
    known = read_gold(folder, read_public(folder, "test"))
    places = {text: ("dam", *span(DAM, text)) for text in (HELD, GATE, THANKS)}
    assert set(known) == {q["id"] for q in QUESTIONS[:5]}
    assert known["dam-o01"] == Gold(
        (frozenset({places[HELD]}), frozenset({places[GATE]})), frozenset({places[THANKS]})
    )
    assert known["dam-o02"].verdict == "yes"
    assert known["dam-o03"].answers == ("4",)
    assert known["dam-b04"] == Gold()


def test_the_nearest_sentence_to_a_follow_up_is_that_to_both_questions(options, embedder):
    questions = read_public(options.folder("open-news"), "test")
    by_id = {q.id: q for q in questions.questions}
    ranked = nearest(by_id["dam-o05"], questions.articles["dam"], embedder)
    assert DAM[slice(*ranked[0][1:])] == GATE
    assert len(ranked) == 3


def test_the_suite_tells_the_product_beside_the_nearest_sentences(options, embedder):
    found = SUITES["open"].run(options, embedder)
    measured = found.tables["Open questions"]
    assert list(measured) == [PRODUCT, "nearest 1", "nearest 2", "nearest 3"]
    by_kind = found.tables[f"By kind: {RIGHT}"]
    assert list(by_kind) == ["event", "yesno", "blunt", "none", "follow"]
    # All three sentences: on the point for `event` alone, and never a refusal.
    assert {k: row["nearest 3"].value for k, row in by_kind.items()} == {
        "event": 1.0,
        "yesno": 0.0,
        "blunt": 0.0,
        "none": 0.0,
        "follow": 0.0,
    }
    assert measured["nearest 3"]["right"][:1] == (0.25,)
    assert measured["nearest 3"]["group recall"][:1] == (1.0,)
    assert {name: i.n for name, i in measured[PRODUCT].items() if name != "precision"} == {
        "right": 4,
        RIGHT: 5,
        "group recall": 4,
        "false mark": 1,
        "verdict": 1,
        "false refusals": 4,
        "refusal recall": 1,
        "auroc": 5,
    }
    assert found.tables["Quiz"][PRODUCT]["answer_hit"].n == 1
    assert found.questions == 7
    assert {miss.id for miss in found.misses} <= {q["id"] for q in QUESTIONS[:5]}


def test_the_suite_of_twins_tells_them_by_pair_and_by_sort(options, embedder):
    found = SUITES["news_twins"].run(options, embedder)
    twins, sorts = found.tables["Twins"], found.tables["By sort"]
    assert found.questions == 5
    assert list(twins) == ["verifier", "embedding similarity", "token overlap", SHOWN]
    assert set(twins["verifier"]) == {"pair accuracy", "AUROC", "recall", "leak"}
    assert set(twins[SHOWN]) == {"recall", "leak"}
    assert twins["token overlap"]["pair accuracy"].value == 1.0
    assert twins["verifier"]["AUROC"].n == 4  # without the claim that has no pair
    assert list(sorts) == ["number", "order", "without a pair"]
    assert sorts["number"]["leak"].value == 0.0  # the rules see that no 9 is in the sentence
    assert set(sorts["without a pair"]) == {"leak"}


def test_a_sample_of_twins_keeps_pairs_whole(options, embedder):
    found = SUITES["news_twins"].run(Options(options.data, limit=1, out=options.out), embedder)
    assert found.questions in (1, 2)


def test_claims_that_cannot_be_placed_are_refused_in_one_sentence(options, embedder):
    claim = {"id": "c", "set": "news_twins", "claim": "It held.", "evidence": "", "split": "test"}
    claim |= {"supported": True, "article": "dam", "spans": []}
    path = options.data / "open-news" / "claims.jsonl.gz"
    cases = [
        ({"article": "sea"}, DataError, "claim 'c' names the article 'sea', which is not there"),
        ({"spans": [[0, 9999]]}, DataError, "claim 'c' has gold at characters 0 to 9999"),
        ({"split": "train"}, UsageError, "has no claim of the split 'test'"),
    ]
    for change, error, message in cases:
        write_gz(path, [claim | change])
        with pytest.raises(error, match=message):
            SUITES["news_twins"].run(options, embedder)


def test_the_readme_leaves_breakdowns_to_the_report(options, embedder, tmp_path):
    found = SUITES["news_twins"].run(options, embedder)
    run = Run("", "", "", {}, {}, (found,))
    (tmp_path / "news_twins-test.json").write_text(run.to_json(texts=False), encoding="utf-8")
    written = full_tables(tmp_path)
    assert "news_twins, test: Twins" in written
    assert "By sort" not in written
