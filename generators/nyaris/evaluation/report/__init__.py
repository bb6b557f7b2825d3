"""Pages about evaluations: tables of cells, drawings, and the rows that systems got wrong."""
