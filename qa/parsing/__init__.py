"""Who and what stands in a sentence: its words, their parts, its names, its speakers."""
