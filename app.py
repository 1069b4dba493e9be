"""Serve the page: the entry of a Hugging Face Space."""

from qa.assistant import Assistant
from qa.serve import serve

if __name__ == "__main__":
    serve(Assistant())
