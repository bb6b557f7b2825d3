"""Rows as a publishable dataset folder: Parquet, card, manifest."""
