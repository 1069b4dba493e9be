"""Ask the Article: answers about news articles, each proved by sentences of the source."""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.article import Article
    from qa.assistant import Assistant
    from qa.errors import QAError
    from qa.reading.reader import Reader
    from qa.search.langchain import HybridRetriever
    from qa.settings import Settings
    from qa.statement import Citation

# The libraries read these at their own import, so they are set before any of them is imported.
for _name, _value in {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma's
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime's, in native code
    "TOKENIZERS_PARALLELISM": "false",  # its threads and a fork do not go together
}.items():
    os.environ.setdefault(_name, _value)

_ROOMS = {
    "Answer": "answer",
    "Article": "article",
    "Assistant": "assistant",
    "Citation": "statement",
    "HybridRetriever": "search.langchain",
    "QAError": "errors",
    "Reader": "reading.reader",
    "Settings": "settings",
}
__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "Citation",
    "HybridRetriever",
    "QAError",
    "Reader",
    "Settings",
]


def __getattr__(name: str) -> Any:
    # On first use: importing Chroma takes seconds, which a page or a --help need not wait for.
    if name in _ROOMS:
        return getattr(import_module(f"qa.{_ROOMS[name]}"), name)
    raise AttributeError(f"module 'qa' has no attribute {name!r}")
