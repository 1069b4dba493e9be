import pytest

from qa.question.form import wanted_form


@pytest.mark.parametrize(
    ("form", "questions"),
    [
        ("short", ["How many boats sank?", "when does the pier open", "Who owns the mill now?"]),
        ("yes_no", ["Is the bridge open?", "did anyone drown", "Have the fines been paid?"]),
        ("about", ["Who is Ada Kay?", "what's the Skerrin trust", "tell me about the ferry"]),
        ("said", ["What did the mayor say?", "what does Orr think of it", "What is Kay's view?"]),
        ("role", ["What did the navy do?", "How did Holm react?", "what about the pilots"]),
        ("event", ["What happened in Tarn?", "what's going on at the dam", "What became of Orr?"]),
        (
            "overview",
            ["Which countries took part?", "what are the demands", "Who died and who lived?"],
        ),
        ("why", ["Why did it sink?", "What led to the strike?", "how come"]),
        ("next", ["What happens next?", "what comes after the vote", "What is planned?"]),
    ],
)
def test_the_form_that_a_question_asks_for(form, questions):
    assert [wanted_form(q) for q in questions] == [form] * len(questions)


def test_a_polite_frame_changes_nothing():
    for plain in ("how many boats sank", "who is Ada Kay", "what happened in Tarn"):
        assert wanted_form(f"Could you please tell me {plain}?") == wanted_form(plain)
