"""Settled persons to grant lines, each with its rule and its source."""
