"""Space, size, change and time: facts, and what a sentence says of them."""
