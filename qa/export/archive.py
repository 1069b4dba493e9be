"""Everything of a visitor's as one ZIP file."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from qa.article import Article
from qa.export.document import Document
from qa.export.files import CITATIONS, FORMATS, TEXTS, rendered


def archive(
    conversations: Document, articles: Sequence[Article], collections: Sequence[object] = ()
) -> bytes:
    """The conversations in each format, and the articles as text to read and as JSON to the letter.

    `collections` are plain values. What there is none of has no file.
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        if conversations.parts:
            for name in TEXTS:
                zipped.writestr(
                    f"conversations{FORMATS[name].suffix}", rendered(conversations, name)
                )
        if conversations.articles:
            for name in CITATIONS:
                zipped.writestr(f"citations{FORMATS[name].suffix}", rendered(conversations, name))
        for number, article in enumerate(articles, 1):
            text = "\n\n".join(filter(None, [article.title, article.origin, article.text]))
            zipped.writestr(f"articles/{number:03}.txt", text)
        if articles:
            zipped.writestr("articles.json", _json([asdict(article) for article in articles]))
        if collections:
            zipped.writestr("collections.json", _json(collections))
    return file.getvalue()


def _json(values: Sequence[object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2)
