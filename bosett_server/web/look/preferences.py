"""A reader's own choices, kept in cookies of this site: colour scheme, density, shortcuts, columns.

They hold no personal data, so they need no row in the database and work before log-in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

CHOICES: dict[str, tuple[str, ...]] = {
    "scheme": ("auto", "light", "dark"),
    "density": ("comfortable", "compact"),
    "shortcuts": ("on", "off"),
}
_TABLE_NAME = re.compile(r"columns_[a-z][a-z0-9_]{0,40}")
_COLUMN_KEYS = re.compile(r"[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40}){0,40}")
PREFIX = "look_"
KEEP_SECONDS = 365 * 24 * 60 * 60


def choice(cookies: Mapping[str, str], name: str) -> str:
    """The stored choice, or the first allowed one when nothing valid is stored."""
    stored = cookies.get(PREFIX + name, "")
    return stored if stored in CHOICES[name] else CHOICES[name][0]


def chosen_columns(cookies: Mapping[str, str], table: str) -> list[str] | None:
    """Keys of the columns chosen for a table; None when none were chosen."""
    stored = cookies.get(f"{PREFIX}columns_{table}", "")
    return stored.split(".") if _COLUMN_KEYS.fullmatch(stored) else None


def accepted(name: str, value: str) -> bool:
    """Whether `name=value` is a choice we store."""
    if name in CHOICES:
        return value in CHOICES[name]
    return bool(_TABLE_NAME.fullmatch(name) and _COLUMN_KEYS.fullmatch(value))
