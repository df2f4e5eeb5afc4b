"""A household's way from reception to settled: stages, hearing, deadlines, life events, reconciliation."""
