"""Versions of an article, and copies of its sentences."""

from qa.article import Article
from qa.collection.copies import Copies
from qa.collection.versions import address, change, versions

OLD = (
    "The storm tore the roof off the school in Rudno on Friday night, the mayor said. Five people "
    "were hurt. The school will open again on Monday. Two buses were blown into the canal, and a "
    "crane fell on the church. Eva Holt, the mayor, spent the night in the gymnasium with forty "
    "children and a dog. She asked the government for help with tarpaulins and for soldiers."
)
NEW = OLD.replace("Five people were hurt", "Nine people were hurt").replace("Monday", "Thursday")


def made(id, text=OLD, published="2024-02-03", **facts):
    return Article.from_text(text, title="Storm in Rudno", id=id, published=published, **facts)


def found(*articles):
    return {i: [a.id for a in earlier] for i, earlier in versions(articles).earlier.items()}


def test_the_same_address_or_nearly_the_same_text_of_a_paper_is_a_version():
    old, new = made("old"), made("new", NEW, "2024-02-05")
    assert found(old, new) == {"new": ["old"]}
    other = "Quite another text stands at this address by now, about the repair of the roof."
    page = "https://www.x.example/storm"
    pair = made("old", url=page), made("new", other, "2024-02-05", url=f"{page}/?utm_source=mail")
    assert found(*pair) == {"new": ["old"]}
    assert found(old, new, made("last", NEW + " It rained.", "2024-02-06")) == {
        "last": ["new", "old"]
    }


def test_what_is_no_version():
    old = made("old", publisher="Courier")
    assert found(old, made("new", NEW, "2024-02-05", publisher="Post")) == {}
    assert found(old, made("new", NEW, None, publisher="Courier")) == {}
    town = NEW.replace("Rudno", "Brell").replace("Eva Holt", "Jan Kost")
    brell = Article.from_text(
        town, title="Storm in Brell", id="b", published="2024-02-05", publisher="Courier"
    )
    assert found(old, brell) == {}, "a form that was filled in for another town"


def test_an_address_is_the_same_however_it_is_shared():
    assert address("http://x.example/a/?utm_source=y&id=7#top") == "x.example/a?id=7"
    assert address("https://x.example/") == address(None) == ""


def test_what_the_earlier_version_said_is_found_with_the_words_that_differ():
    old, new = made("old"), made("new", NEW, "2024-02-05")
    hurt = new.sentences[1]
    told = change(new, hurt, old)
    assert told is not None
    said = old.text[told.sentence.start : told.sentence.end]
    assert said == "Five people were hurt."
    assert [said[a:b] for a, b in told.words] == ["Five"]
    assert change(new, new.sentences[0], old) is None, "the same sentence"


def test_a_copied_sentence_is_read_once_and_known_to_stand_elsewhere():
    wire, copy = made("wire", publisher="Agency"), made("copy", OLD + " Our readers sent photos.")
    copies = Copies([copy, wire])
    assert [len(a.sentences) for a in copies.once([copy, wire])] == [7]
    (kept,) = copies.once([copy, wire])
    assert kept.id == "copy" and [a.id for a, _ in copies.others(kept, kept.sentences[0])] == [
        "wire"
    ]
    for article, sentence in copies.others(kept, kept.sentences[1]):
        assert article.text[sentence.start : sentence.end] == "Five people were hurt."


def test_a_short_sentence_in_two_articles_may_be_chance():
    one = Article.from_text("Nobody was hurt. The bridge at Rudno fell into the river.", title="A")
    other = Article.from_text(
        "A barn burnt in Brell. Nobody was hurt. It was old. It rained.", title="B"
    )
    assert Copies([one, other]).others(one, one.sentences[0]) == []
