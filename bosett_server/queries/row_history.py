"""A row as the trigger has kept it."""

from __future__ import annotations

import json
from typing import Any


def stored_row(stored: Any) -> dict[str, Any]:
    """The row's columns; jsonb arrives as text or as a mapping, by the connection's settings."""
    return dict(json.loads(stored) if isinstance(stored, str) else stored)
