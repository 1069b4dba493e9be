"""A chat model's prose over numbered sentences."""
