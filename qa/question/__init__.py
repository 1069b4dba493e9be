"""What is asked: follow-ups made whole, and the kind of question."""
