from qa.article import Article
from qa.question.follow_up import Sense
from qa.reading.reader import Evidence, Reading
from qa.reading.senses import best_sense

ARTICLE = Article.from_text("The harbour opened. Two boats came.", title="Harbour")
OPENED, BOATS = ARTICLE.sentences
SENSES = (Sense("a b", "a b", ("a",), "b"), Sense("b", "b", is_bare=True))


def reading(answerable, score, sentence=OPENED):
    return Reading((Evidence(ARTICLE, sentence, score),), answerable)


def test_a_bare_question_counts_only_where_it_is_sure_and_likelier():
    for after, bare, best in [
        (reading(0.6, 0.5), reading(0.9, 0.8, BOATS), 1),
        (reading(0.6, 0.5), reading(0.8, 0.8, BOATS), 0),  # not sure
        (reading(0.6, 0.9), reading(0.9, 0.8, BOATS), 0),  # less likely
        (reading(0.2, 0.3), reading(0.9, 0.8, BOATS), 0),  # else it is refused
        (reading(0.2, 0.3), reading(0.97, 0.9, BOATS), 1),
        (reading(0.2, 0.3), reading(0.6, 0.6), 1),  # both find the same sentence
        (reading(0.2, 0.3), Reading((), 0.0), 0),
    ]:
        assert best_sense(SENSES, [after, bare], threshold=0.45) == best
