"""Conversations to take along: as Markdown, a web page, a Word document; what they cite."""
