"""What is kept of visitors: their conversations and collections, and when they were last here."""
