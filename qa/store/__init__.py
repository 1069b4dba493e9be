"""Chroma behind the index: in a folder, in memory, or on a server."""

from qa.store.server import Access
from qa.store.store import Store
from qa.store.transaction import Transaction

__all__ = ["Access", "Store", "Transaction"]
