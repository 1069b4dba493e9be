"""Whether sentences of a source support a claim."""
