"""Invented news pages, each after the structure of real ones, with the text that is their article."""
