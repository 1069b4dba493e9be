"""Which sentences support what a language model wrote, or why none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Dropped
from qa.checking.grounding import untold_names
from qa.checking.verifier import Verifier
from qa.text.words import stems
from qa.writing.citation_parser import Draft
from qa.writing.prompt import Numbered

MAX_CITED = 3  # sentences that one may cite; of more, only the best support is cited
LOOKED_AT = 3  # other sentences that may support it, by its words; each is a chance for a false one


@dataclass(frozen=True)
class Written:
    """A sentence that passed, and the sentences that support it."""

    text: str
    cited: tuple[Numbered, ...]


@dataclass(frozen=True)
class Withheld:
    """A sentence that did not, and the sentence to quote in its place, if it cites one."""

    dropped: Dropped
    quote: Numbered | None = None


class Support:
    """Checks a model's sentences against the numbered ones that it was shown."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier

    def check(self, draft: Draft, sentences: Sequence[Numbered]) -> Written | Withheld:
        """The sentence with the fewest sentences that support it, or why none does.

        Tried are those that it cites, one by one, together and each with the one before it, until
        some name who is meant; then, if none is sound, others one by one. No others are joined: two
        together have the words of many a claim that neither makes.
        """
        if not draft.ended:
            return Withheld(Dropped(draft.text, "it is not finished"))
        cited = tuple(s for s in sentences if s.number in draft.numbers)
        few = cited if len(cited) <= MAX_CITED else ()
        articles = {s.article.id: s.article for s in sentences}.values()
        known = [text for article in articles for text in (article.title, article.text)]
        groups = (
            [(s,) for s in cited],
            [few],
            [(before, s) for s in few if (before := _before(s, sentences))],
        )
        named: list[tuple[Numbered, ...]] = []
        sound: list[tuple[Numbered, ...]] = []
        for group in groups:
            passing = [some for some in group if some and self._passes(draft.text, some, known)]
            named = [s for s in passing if not untold_names(draft.text, _texts(s, titles=True))]
            if named:
                break
            sound = sound or passing
        found = named or sound
        if not found:
            others = [(s,) for s in _alike(draft.text, sentences)]
            found = [some for some in others if self._passes(draft.text, some, known)]
        if found:
            return Written(draft.text, max(found, key=lambda some: self._score(draft, some)))
        quote = self._nearest(draft, few)
        if not cited:
            why = Dropped(draft.text, "it cites nothing, and no sentence supports it")
        elif objection := self._verifier.objection(draft.text, _texts(cited), known):
            why = Dropped(draft.text, objection.reason, objection.by)
        else:
            why = Dropped(draft.text, "it cites too much")
        return Withheld(why, quote)

    def nearest(self, written: Written) -> Numbered:
        """The sentence to quote in place of one that passed here, but not elsewhere."""
        draft = Draft(written.text)
        return max(written.cited, key=lambda s: self._score(draft, (s,)))

    def _nearest(self, draft: Draft, cited: Sequence[Numbered]) -> Numbered | None:
        # One with none of its words is cited for no reason.
        own = set(stems(draft.text))
        near = [s for s in cited if own & set(stems(s.text))]
        return max(near, key=lambda s: self._score(draft, (s,)), default=None)

    def _passes(self, claim: str, some: Sequence[Numbered], known: Sequence[str]) -> bool:
        return self._verifier.objection(claim, _texts(some), known) is None

    def _score(self, draft: Draft, some: Sequence[Numbered]) -> float:
        return self._verifier.supported(draft.text, _texts(some))


def _texts(some: Sequence[Numbered], titles: bool = False) -> list[str]:
    return [s.text for s in some] + [s.article.title for s in some if titles]


def _before(sentence: Numbered, sentences: Sequence[Numbered]) -> Numbered | None:
    """The one before it in its article, if the model was shown it."""
    told, own = sentence.article.sentences, sentence.article.sentences.index(sentence.sentence)
    last = sentences[sentence.number - 2] if own and sentence.number > 1 else None
    return (
        last
        if last and (last.article, last.sentence) == (sentence.article, told[own - 1])
        else None
    )


def _alike(claim: str, sentences: Sequence[Numbered]) -> list[Numbered]:
    """Those with most of the claim's words, and with at least one."""
    own = set(stems(claim))
    shared = {s.number: len(own & set(stems(s.text))) for s in sentences}
    most = sorted((s for s in sentences if shared[s.number]), key=lambda s: -shared[s.number])
    return most[:LOOKED_AT]
