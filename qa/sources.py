"""A file -> Article; all bad input ends here."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from qa.article import Article
from qa.errors import SourceError

MAX_FILE_BYTES = 5_000_000  # about 800,000 words; a longer text is no news article
MAX_TITLE_CHARACTERS = 200  # a longer first line is the text itself
_FENCE = "---"


def read_corpus(folder: Path) -> tuple[Article, ...]:
    """The articles of a corpus folder: its Markdown files but README.md, ids their stems, by name.

    Raises `SourceError` for a folder that does not exist and for the first file that is empty, not
    UTF-8, or without front matter and a title in it.
    """
    if not folder.is_dir():
        raise SourceError(
            f"The corpus folder {folder} does not exist; set QA_CORPUS to one that does."
        )
    return tuple(_read_corpus(folder))


def read_file(path: Path) -> Article:
    """The article of a UTF-8 text or Markdown file.

    The title is the front matter's, else a first line that stands alone, else the file's name.
    Raises `SourceError` for a file that cannot be read, is too large, is empty or is not text.
    """
    text = _read_text(path)
    if text.startswith(_FENCE):
        return _from_front_matter(text, path)
    first, _, rest = text.partition("\n\n")
    heading = first.lstrip("#").strip()
    if rest.strip() and "\n" not in heading and 0 < len(heading) <= MAX_TITLE_CHARACTERS:
        return Article.from_text(rest.strip("\n"), title=heading, source=path.name)
    return Article.from_text(text.strip("\n"), title=path.stem, source=path.name)


def _read_corpus(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.md")):
        if path.name.lower() != "readme.md":
            yield _from_front_matter(_read_text(path), path, id=path.stem)


def _read_text(path: Path) -> str:
    try:
        if path.is_file() and path.stat().st_size > MAX_FILE_BYTES:
            raise SourceError(
                f"The file {path} has {path.stat().st_size:,} bytes; "
                f"split it into files of at most {MAX_FILE_BYTES:,}."
            )
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The file {path} is not UTF-8 text (byte {error.start}); save it as UTF-8."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"The file {path} cannot be read ({reason}); check its name.") from None
    if "\0" in text:
        raise SourceError(f"The file {path} is not text; save it as plain text or Markdown.")
    if not text.strip():
        raise SourceError(f"The file {path} is empty; put an article in it.")
    return text.replace("\r\n", "\n")


def _from_front_matter(text: str, path: Path, id: str | None = None) -> Article:
    opening, *lines = text.split("\n")
    if opening.rstrip() != _FENCE or _FENCE not in (ends := [line.rstrip() for line in lines]):
        raise SourceError(
            f"The file {path} has no front matter; begin it with '---', 'title: …' and '---' lines."
        )
    end = ends.index(_FENCE)
    try:
        # Every scalar stays text: a date is kept as it is written.
        fields = yaml.load("\n".join(lines[:end]), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise SourceError(
            f"The front matter of {path} is not YAML ({problem}); "
            "put a value with a colon or quotes in it between single quotes."
        ) from None
    if (
        not isinstance(fields, dict)
        or not isinstance(fields.get("title"), str)
        or not fields["title"]
    ):
        raise SourceError(f"The front matter of {path} has no title; add a line 'title: …'.")
    for name in ("source", "published"):
        if not isinstance(fields.get(name, ""), str):
            raise SourceError(
                f"The front matter of {path} has {name}: {fields[name]!r}; make it text."
            )
    body = "\n".join(lines[end + 1 :]).strip("\n")
    if not body.strip():
        raise SourceError(
            f"The file {path} has no text after its front matter; put the article there."
        )
    return Article.from_text(
        body,
        title=fields["title"],
        source=fields.get("source", ""),
        published=fields.get("published"),
        id=id,
    )
