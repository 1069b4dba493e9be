"""Several articles at once: which are asked, which are versions or copies of one another."""
