"""The chain in weeks, many draws at once: arrivals, decisions, ready, settled, places and their cost."""
