"""Edits into triples, or rejects with their reasons."""
