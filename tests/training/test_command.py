import sys

import pytest

from training import __main__ as command


def test_a_reader_to_begin_with_that_is_not_there_is_named(monkeypatch, capsys, tmp_path):
    out = tmp_path / "out"
    arguments = ["--data", str(tmp_path), "--begin", "none.onnx", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["training", *arguments])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    assert "--begin none.onnx is no file; name a reader.onnx." in capsys.readouterr().err
    assert not out.exists()
