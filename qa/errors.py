"""Every error a user can meet: one sentence that names the value and the mend."""


class QAError(Exception):
    """Base of all errors raised on purpose; `str(error)` is fit to be shown, also in a terminal."""

    exit_status = 1

    def __init__(self, sentence: str) -> None:
        # What it names may hold anything: an address, what a server said, the name of a file.
        shown = "".join(c for c in sentence if c.isprintable() or c.isspace())
        super().__init__(" ".join(shown.split()))


class UsageError(QAError):
    """The request itself is wrong: a blank question, a bad setting."""

    exit_status = 2


class SourceError(QAError):
    """A text that cannot become an article."""


class UnknownArticleError(QAError):
    """An article id that the index does not hold for this owner."""


class StoreError(QAError):
    """An index that cannot be opened, read or written: a folder, or a server that is away."""


class WeightsError(QAError):
    """The bundled reader's files are missing or not the ones that were installed."""


class LimitError(QAError):
    """More than is taken at a time; the same will do later."""
