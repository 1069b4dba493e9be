"""The page: a chat on one side, the article that proves it on the other."""

from qa.ui.page import build
from qa.ui.server import serve

__all__ = ["build", "serve"]
