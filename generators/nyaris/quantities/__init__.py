"""Numbers, durations, money, percentages and dates in running text: found, and written back in the same style."""
