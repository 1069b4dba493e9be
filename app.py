"""Serve the page: the entry of a Hugging Face Space."""

from qa.assistant import Assistant
from qa.ui import serve

if __name__ == "__main__":
    serve(Assistant())
