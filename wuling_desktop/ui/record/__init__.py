"""Table, form and editors of any described record."""
