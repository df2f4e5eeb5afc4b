"""A household's way, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Progress = Literal["done", "here", "ahead", "left_out"]


@dataclass(frozen=True)
class Step:
    """One stage: its name, how far it has come, and the day it was reached or is expected."""

    label: str
    progress: Progress
    day: date | None = None
    note: str = ""
