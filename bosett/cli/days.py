"""A day on the command line."""

from __future__ import annotations

import argparse
from datetime import date


def day(text: str) -> date:
    """YYYY-MM-DD; anything else is refused with what was found and what is allowed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"found {text!r}; allowed: YYYY-MM-DD") from None
