"""Passages for a question: embeddings, the index, and retrieval."""
