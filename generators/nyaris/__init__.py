"""Near misses from documents: sentences that look almost the same and mean something else."""

__version__ = "0.1.0"
