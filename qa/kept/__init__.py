"""What is kept of visitors: their conversations, and when they were last here."""
