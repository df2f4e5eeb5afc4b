"""Survey of municipal expenditure: estimates with their error, and how far the grants cover them."""
