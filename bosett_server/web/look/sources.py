"""Every table the service carries, with where it comes from: read from the source files beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bosett.rules.parameters import SHIPPED

PUBLISHERS: dict[str, Promise] = {
    "Statistics Norway (SSB)": _("Statistics Norway (SSB)"),
    "IMDi, from figures of Statistics Norway (SSB)": _("IMDi, from figures of Statistics Norway (SSB)"),
}
"""Publishers whose name in the source files is English."""


@dataclass(frozen=True)
class CarriedTable:
    """A table under `parameters/` and its source, in the words of its source file (English)."""

    table: str
    title: str
    publisher: str
    href: str
    licence: str
    as_of: str
    made: str

    @property
    def has_page(self) -> bool:
        """Whether the source names a web page."""
        return self.href.startswith("https://")


@cache
def carried_tables() -> tuple[CarriedTable, ...]:
    """All of them, in order of folder and name.

    Raises
    ------
    KeyError
        If a source file lacks title, publisher or licence.
    """
    found = []
    for file in sorted(SHIPPED.glob("**/*.source.yaml")):
        said = yaml.safe_load(file.read_text("utf-8"))
        found.append(
            CarriedTable(
                table=file.relative_to(SHIPPED).as_posix().removesuffix(".source.yaml"),
                title=said["title"],
                publisher=said["publisher"],
                href=said.get("href", ""),
                licence=said["licence"],
                as_of=str(said.get("as_of") or ""),
                made=said.get("made") or said.get("what") or "",
            )
        )
    return tuple(found)


def publisher_words(told: str) -> str:
    """Publishers, parted by semicolons, in the reader's language."""
    return "; ".join(str(PUBLISHERS.get(one, one)) for one in told.split("; "))
