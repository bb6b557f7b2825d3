"""Parsed sentences, and the parsers they come from."""
