"""Who takes part in a sentence, and what it takes for two of them to change places."""
