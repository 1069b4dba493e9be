import json

import pytest

from eval import scale
from eval.readme import SCALE
from qa.errors import UsageError
from tests.eval.tiny import GATES, write_gz

COMMITTED = sorted(SCALE.glob("*.json"))


def test_a_committed_result_says_how_it_was_made():
    assert COMMITTED
    for path in COMMITTED:
        run = json.loads(path.read_text())
        assert run["command"].startswith("python -m eval.scale"), path
        assert "with changes" not in run["commit"], path
        assert set(run["machine"]) == {"cores", "python", "system"}, path


def test_an_index_grows_on_from_where_it_was_and_is_measured(tmp_path, monkeypatch, capsys):
    text = " ".join(f"Dam number {n} of the Orlin held on Monday." for n in range(100))
    write_gz(
        tmp_path / scale.SET / "articles.jsonl.gz", [{"id": "dam", "title": "x", "text": text}]
    )
    asked = GATES | {"split": "train"}
    write_gz(tmp_path / scale.SET / "questions.jsonl.gz", [asked])
    monkeypatch.setattr(scale, "EMBEDDED", 20)
    for passages in (1, 30):
        scale.scale("folder", passages, data=tmp_path, out=tmp_path / "out")
    figures = json.loads(capsys.readouterr().out.split("\n}\n")[1] + "}")["figures"]
    assert figures["passages"] >= 30 and figures["articles"] >= 2
    assert all(figures[name] > 0 for name in ("store_passage", "question", "app_mb", "disk_mb"))


def test_a_folder_without_the_set_is_refused(tmp_path):
    with pytest.raises(UsageError, match="has no folder squad1-train"):
        scale.scale("folder", 1, data=tmp_path, out=tmp_path / "out")
