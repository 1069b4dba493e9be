"""The page: the conversation on one side, the article that proves it on the other."""
