"""Formats of Northern Sámi."""
