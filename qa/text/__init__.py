"""Words, names, numbers and language: what the other rooms share."""
