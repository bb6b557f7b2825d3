"""How well systems tell near misses apart, next to how well they find things otherwise."""
