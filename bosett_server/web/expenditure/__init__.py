"""Pages of the mapping of expenditure."""
