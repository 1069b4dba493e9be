"""The parse of a sentence: words, heads, names, and files that are not the model's."""

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest

from qa.errors import WeightsError
from qa.parsing.parser import PACKAGE, Parser, bundled_parser

SENTENCE = "Officials in Tarn said the Holm Bridge, which cost 30 million crowns, will not reopen."


def test_words_stand_where_they_stand_and_form_one_tree() -> None:
    [parse] = bundled_parser().parse([SENTENCE])
    assert all(SENTENCE[w.start : w.end] == w.text for w in parse.words)
    roots = [i for i, w in enumerate(parse.words) if w.head == i]
    assert [parse.words[i].text for i in roots] == ["said"]
    assert parse.subtree(roots[0]) == list(range(len(parse.words)))
    subject = next(parse.having(roots[0], "nsubj"))
    assert SENTENCE[slice(*parse.span(parse.subtree(subject)))] == "Officials in Tarn"
    assert SENTENCE[slice(*parse.span(parse.subtree(subject, {"prep"})))] == "Officials"


def test_names_have_their_kind() -> None:
    [parse] = bundled_parser().parse(["Angela Merkel met Siemens in Geneva on Monday."])
    assert {(n.text, n.label) for n in parse.names} == {
        ("Angela Merkel", "PERSON"),
        ("Siemens", "ORG"),
        ("Geneva", "GPE"),
        ("Monday", "DATE"),
    }


def test_one_text_is_one_sentence_and_a_long_one_is_cut_off() -> None:
    parses = bundled_parser().parse(["No. It is over. He left.", "word " * 5000, ""])
    assert sum(w.head == i for i, w in enumerate(parses[0].words)) >= 1
    assert parses[0].words[-1].end == len("No. It is over. He left.")
    assert parses[1].words[-1].end <= 1000
    assert not parses[2].words


def test_threads_share_it() -> None:
    parser, found = Parser(), {}
    texts = [f"The mayor of town {i} opened bridge {i}." for i in range(40)]

    def work(k: int) -> None:
        found[k] = parser.parse(texts[k:] + texts[:k])

    threads = [Thread(target=work, args=(k,)) for k in range(0, 40, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[k] == found[0][k:] + found[0][:k] for k in found)


def test_other_files_are_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = find_spec(PACKAGE)
    assert spec and spec.origin
    shutil.copytree(Path(spec.origin).parent, tmp_path / PACKAGE)
    path = next((tmp_path / PACKAGE).rglob("tagger/model"))
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    with pytest.raises(WeightsError, match=f"{re.escape(PACKAGE)} has other files"):
        Parser().parse(["It rained."])
