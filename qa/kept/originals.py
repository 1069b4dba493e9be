"""The PDFs that visitors added, kept beside the index so that their pages can be shown."""

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from qa.article import Article
from qa.errors import StoreError
from qa.settings import MEMORY, index_folder

NAME = "originals"
MAX_KEPT = 1_000_000_000  # bytes of all; the oldest go first


class Originals:
    """PDFs in a folder, each under its owner and its text; nothing where there is no folder."""

    def __init__(self, folder: Path | None, most: int = MAX_KEPT) -> None:
        self._folder = folder
        self._most = most

    @classmethod
    def beside(cls, chroma: str) -> "Originals":
        """Those beside an index."""
        folder = index_folder() if "://" in chroma else chroma
        return cls(None if folder == MEMORY else Path(folder) / NAME)

    def keep(self, owner: str | None, article: Article, data: bytes) -> None:
        """Keep the file that an article is from. Raises `StoreError` when it cannot be written."""
        if self._folder is None:
            return
        path = self._path(owner, article)
        new = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
            new.replace(path)
            self._make_room(path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise StoreError(
                f"The pages of {article.title!r} cannot be kept ({error.strerror}); its text can."
            ) from None

    def of(self, owner: str | None, article: Article) -> bytes | None:
        """The file that an article is from, if it is kept."""
        try:
            return self._path(owner, article).read_bytes() if self._folder else None
        except OSError:
            return None

    def has(self, owner: str | None, article: Article) -> bool:
        """Whether the file that an article is from is kept."""
        return self._folder is not None and self._path(owner, article).exists()

    def drop(self, owner: str | None, article: Article) -> None:
        """Delete the file that an article is from."""
        if self._folder:
            self._path(owner, article).unlink(missing_ok=True)

    def forget(self, owner: str) -> None:
        """Delete all files of an owner."""
        if self._folder:
            shutil.rmtree(self._folder / _digest(owner), ignore_errors=True)

    def _path(self, owner: str | None, article: Article) -> Path:
        assert self._folder is not None
        name = _digest(f"{article.pages}\0{article.text}")  # a title can change
        return self._folder / _digest(owner or "") / f"{name}.pdf"

    def _make_room(self, kept: Path) -> None:
        assert self._folder is not None
        files = [(path.stat(), path) for path in self._folder.glob("*/*.pdf")]
        total = sum(found.st_size for found, _ in files)
        for found, path in sorted(files, key=lambda file: file[0].st_mtime):
            if total <= self._most:
                break
            if path != kept:
                path.unlink(missing_ok=True)
                total -= found.st_size


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
