"""The open pages of published figures since 1995: the country, counties, municipalities, map, comparison, sources."""
