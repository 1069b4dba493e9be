"""Each suite over a tiny set in the public format, through the real index, embedder and reader."""

from importlib import import_module

import pytest

from eval.baselines import CONFIGURATIONS, PRODUCT
from eval.run import Options
from eval.scoring import EVIDENCE
from eval.suites import SUITES
from qa import Article, Assistant
from qa.errors import UsageError
from tests.eval.tiny import DAM, write_gz


@pytest.fixture
def options(data, tmp_path):
    return Options(data=data, out=tmp_path / "out")


@pytest.fixture
def suite(options, embedder):
    return lambda name, **more: SUITES[name].run(Options(**{**vars(options), **more}), embedder)


def values(row):
    return {name: interval.value for name, interval in row.items()}


def test_squad2_tells_exact_answers_apart_by_whether_there_is_one(suite):
    found = suite("squad2")
    measured = values(found.tables["Measures"][PRODUCT])
    kinds = found.tables[f"By kind: {PRODUCT}"]
    assert found.questions == 5
    assert {"squad_em", "squad_f1", "auroc"} <= set(measured)
    assert set(kinds) == {"fact", "multi", "follow", "trap"}
    # Whoever answers a question that has no answer scores 0, who refuses 1.
    assert kinds["trap"]["squad_f1"].value == kinds["trap"]["refused"].value


def test_fictional_news_shows_follow_ups_in_each_form(suite):
    found = suite("fictional-news")
    forms = [f"answerable, {f}" for f in ("as asked", "history removed", "stand-alone")]
    assert list(found.tables[f"Follow-ups: {PRODUCT}"]) == forms
    # The main table counts a follow-up once, as it was asked.
    assert found.tables["Measures"][PRODUCT]["citation_f1"].n == 4


def test_clapnq_needs_all_its_evidence_and_scores_no_written_reference(suite):
    measured = suite("clapnq").tables["Measures"][PRODUCT]
    assert {"citation_f1", "refusal_f1", "auroc"} <= set(measured)
    assert not {"answer_hit", "exact_f1", "squad_f1"} & set(measured)


def test_onestopqa_reports_evidence_and_wrong_refusals_alone(suite):
    measured = suite("onestopqa").tables["Measures"][PRODUCT]
    assert set(measured) == {*EVIDENCE, "refused"}


def test_mtrag_un_goes_by_answerability_and_leaves_out_what_retrieved_nothing(suite):
    found = suite("mtrag-un")
    assert found.questions == 2
    assert set(found.tables[f"By kind: {PRODUCT}"]) == {"answerable", "unanswerable"}
    assert "citation_f1" not in found.tables["Measures"][PRODUCT]


def test_claims_tell_the_supported_ones_apart(options, embedder):
    found = SUITES["claims"].run(options, embedder)
    small = values(found.tables["AUROC by set"]["small"])
    assert small == {"verifier": 1.0, "embedding similarity": 1.0, "token overlap": 1.0}
    assert set(found.tables["AUROC by set"]) <= {"small", "twins-squad2", "twins-fictional-news"}
    assert found.questions >= 4


def test_a_claim_without_evidence_is_as_good_as_unsupported(options, embedder):
    claim = {"id": "c", "set": "small", "split": "test", "claim": "A dam held.", "evidence": " "}
    path = options.data / "claims" / "claims.jsonl.gz"
    write_gz(
        path,
        [claim | {"supported": False}, claim | {"id": "d", "evidence": DAM, "supported": True}],
    )
    found = SUITES["claims"].run(options, embedder)
    assert found.tables["AUROC by set"]["small"]["token overlap"].value == 1.0


def test_retrieval_searches_all_articles_of_a_set_in_three_ways(options, embedder):
    found = SUITES["retrieval"].run(options, embedder)
    assert list(found.tables) == [
        "fictional-news: 2 articles",
        "squad2: 2 articles",
        "clapnq: 2 articles",
    ]
    table = found.tables["fictional-news: 2 articles"]
    assert list(table) == ["dense", "lexical", "fused"]
    assert set(table["fused"]) == {"recall@1", "recall@5", "recall@10", "mrr@10"}
    assert table["fused"]["recall@10"].value == 1.0  # two passages in all
    assert table["dense"]["recall@1"].n == 4  # those with gold


def test_compared_configurations_stand_side_by_side_with_their_differences(suite):
    found = suite("fictional-news", compare=True)
    compared = ["similarity", "bm25", "fused", "first stage", "bundled"]
    assert list(found.tables["Measures"]) == compared
    differences = found.tables["Difference of bundled to each other, by question"]
    assert list(differences) == compared[:-1]
    assert differences["bm25"]["citation_recall"].n == 4


def test_a_baseline_cites_the_one_sentence_that_ranks_highest(embedder):
    for name in ("similarity", "bm25", "fused"):
        configuration = CONFIGURATIONS[name]
        settings = configuration.settings().model_copy(update={"threshold": 0.0})
        assistant = Assistant(settings, embedder=embedder, reader=configuration.reader(embedder))
        assistant.add(Article.from_text(DAM, title="Dam holds"))
        (citation,) = assistant.ask("How many gates did engineers open at noon?").citations
        assert citation.quote.startswith("Engineers opened 4 gates"), name


def test_a_limit_takes_a_sample(suite):
    assert suite("fictional-news", limit=2).questions == 2


def test_own_questions_over_own_articles(own, embedder, tmp_path):
    corpus, questions = own
    options = Options(questions=questions, corpus=corpus, out=tmp_path / "out")
    found = SUITES["article"].run(options, embedder)
    assert (found.name, found.questions) == ("mine", 2)
    assert values(found.tables["Measures"][PRODUCT])["answer_hit"] == 1.0


def test_own_articles_need_own_questions(own, embedder):
    with pytest.raises(UsageError, match="--corpus needs your questions"):
        SUITES["article"].run(Options(corpus=own[0]), embedder)


def test_every_suite_of_a_public_set_needs_its_folder(tmp_path, embedder):
    folders = {name: suite.folders[0] for name, suite in SUITES.items() if suite.folders}
    assert set(SUITES) - set(folders) == {
        "article",
        "blunt",
        "many",
        "pages",
        "pdf",
        "sentences",
        "speed",
        "talking",
        "written",
    }
    for name, folder in folders.items():
        with pytest.raises(UsageError, match=f"The suite {folder} .* --data"):
            SUITES[name].run(Options(), embedder)
        with pytest.raises(UsageError, match=f"has no folder {folder}"):
            SUITES[name].run(Options(data=tmp_path), embedder)


def test_every_suite_says_what_its_figures_mean_and_has_a_file_that_measures_it():
    for suite in SUITES.values():
        module = import_module(f"eval.suites.{suite.file or suite.name}")
        assert suite.notes and callable(module.measure)


def test_baselines_read_nothing_without_passages(embedder):
    for configuration in CONFIGURATIONS.values():
        reading = configuration.reader(embedder).read("Why?", [])
        assert (reading.evidence, reading.answerable) == ((), 0.0)
