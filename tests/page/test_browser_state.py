from qa.article import Article
from qa.page.browser_state import dump_selection, dump_talk, load_selection, load_talk
from qa.server.visitor_articles import Selection

ARTICLE = Article.from_text("One. Two.", title="T")
HERE = {ARTICLE.id: ARTICLE}


def test_the_ids_come_back_and_what_is_neither_is_none():
    assert load_talk(dump_talk("visitor-1-x", "7f")) == ("visitor-1-x", "7f")
    assert load_talk({"visitor": "visitor-1-x"}) == ("visitor-1-x", "")
    for nonsense in (None, "x", [], {}, {"visitor": 7}, {"conversation": None}, {"talk": ["x"]}):
        assert load_talk(nonsense) == ("", ""), nonsense


def test_excluded_articles_come_back_if_they_are_still_there():
    two = Article.from_text("Two.", title="T")
    here = {**HERE, two.id: two}
    selection = Selection(frozenset([two.id]))
    assert load_selection(dump_selection(selection), here) == selection
    assert load_selection(dump_selection(selection), HERE) == Selection()
    for nonsense in (None, "x", [1, {}], [ARTICLE.id, two.id]):
        assert load_selection(nonsense, here) == Selection()
