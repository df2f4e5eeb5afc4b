"""The models of a monthly series: each gives nine quantiles a month from the past alone."""
