"""Question sets and claims, as both the evaluation and the training read them."""
