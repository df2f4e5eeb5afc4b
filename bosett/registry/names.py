"""Finding a municipality by name as people and pages write it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from bosett.registry.municipality import Municipality
from bosett.terms.errors import BadInput
from bosett.terms.municipality import MunicipalityCode

PLAIN = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n", "ŧ": "t"})


def spellings(municipality: Municipality) -> frozenset[str]:
    """Every name of a municipality, lower case: Norwegian, official, Sámi, Kven, IMDi's."""
    others = (name.text for name in municipality.other_names)
    named = (municipality.name, municipality.official_name, municipality.imdi_name, *others)
    return frozenset(_lower(name) for name in named)


def by_spelling(
    municipalities: Iterable[Municipality], aliases: Mapping[str, MunicipalityCode]
) -> dict[str, tuple[Municipality, ...]]:
    """Every spelling, lower case, with those that have it."""
    found: dict[str, tuple[Municipality, ...]] = {}
    for one in municipalities:
        extra = {_lower(alias) for alias, code in aliases.items() if code == one.code}
        for spelling in spellings(one) | extra:
            found[spelling] = (*found.get(spelling, ()), one)
    return found


def by_name(spelled: Mapping[str, tuple[Municipality, ...]], name: str, county: str | None) -> Municipality:
    """The one municipality of that name; letters must be right, case need not.

    Raises
    ------
    BadInput
        If no municipality, or more than one, has the name (in the county, when one is given).
    """
    named = spelled.get(_lower(name), ())
    found = [one for one in named if county is None or one.county_code == county]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInput(repr(name), "the name of a municipality" + (f" in county {county}" if county else ""))
    listed = ", ".join(f"{one.name} ({one.code})" for one in found)
    raise BadInput(f"{name!r}, which is several: {listed}", "a name together with its county")


def search(municipalities: Iterable[Municipality], text: str) -> tuple[Municipality, ...]:
    """Those whose code or any name holds the text; names that begin with it come first.

    Typing without Norwegian or Sámi letters works: `tromso` and `karasjohka` are found.
    An empty text finds nothing.
    """
    wanted = _plain(text.strip())
    if not wanted:
        return ()
    ranked = [(_rank(one, wanted), one.sort_key, one.code, one) for one in municipalities]
    return tuple(one for rank, _, _, one in sorted(ranked, key=lambda entry: entry[:3]) if rank < 2)


def _rank(municipality: Municipality, wanted: str) -> int:
    names = [_plain(name) for name in spellings(municipality)] + [municipality.code]
    if any(name.startswith(wanted) for name in names):
        return 0
    return 1 if any(wanted in name for name in names) else 2


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().lower()


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.lower().translate(PLAIN))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))
