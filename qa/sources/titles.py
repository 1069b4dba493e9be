"""What may be a title."""

from qa.sources.limits import MAX_TITLE_CHARACTERS


def is_title(line: str) -> bool:
    """Whether a text's first paragraph may be its title: one short line, and no sentence."""
    return 0 < len(line) <= MAX_TITLE_CHARACTERS and "\n" not in line and not line.endswith(".")
