"""What a command says on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any


def print_json(summary: Mapping[str, Any]) -> None:
    """Print one JSON object, keys in the order given, letters as they are."""
    json.dump(summary, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def warn(text: str) -> None:
    """Say on standard error what the user should look at; the work goes on."""
    sys.stderr.write(f"bosett: note: {text}\n")
