"""Scores learned from outcomes, optional and off by default: nothing in the engine needs them."""
