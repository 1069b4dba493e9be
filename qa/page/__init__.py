"""The page: a chat on one side, the article that proves it on the other."""
