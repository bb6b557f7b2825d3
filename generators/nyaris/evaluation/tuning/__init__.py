"""Tuning with near misses: what is mixed, how it is trained, and what each training gained and cost."""
