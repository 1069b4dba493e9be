"""The forms of an answer."""
