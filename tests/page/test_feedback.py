import json

from qa.answer import Answer
from qa.page.feedback import record


def test_a_rating_is_a_line_of_json(tmp_path):
    path = tmp_path / "feedback.jsonl"
    record(path, Answer("answer", "q", "q"), False, " not\nso ")
    record(path, Answer("answer", "ü", "q"), True, "")
    first, second = map(json.loads, path.read_text("utf-8").splitlines())
    assert (first["question"], first["helpful"], first["reason"]) == ("q", False, "not so")
    assert (second["question"], second["helpful"], second["citations"]) == ("ü", True, [])
