"""One search box: municipality, household, person, document.  An identity number only where the role may, logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from bosett.registry import Agreements, Registry, sort_key
from bosett_server.access import audit
from bosett_server.access.actor import Actor
from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.queries.household_filters import in_list
from bosett_server.records.models import Household, Person, Round

AT_MOST = 20
MUNICIPALITIES_AT_MOST = 10
NUMBER_LENGTHS = frozenset({11, 12})
LEAST_DIGITS = 6
"""A text of nothing but so many digits is taken for (a part of) an identity number, and never for a name."""
_BETWEEN_DIGITS = str.maketrans("", "", " .-\u00a0\u202f")
_AFTER_EVERY_WEIGHT = "\x7f"


@dataclass(frozen=True)
class PlaceHit:
    """A municipality; `county` is its county's name."""

    code: str
    name: str
    county: str


@dataclass(frozen=True)
class HouseholdHit:
    """A household found by its reference."""

    id: UUID
    reference: str
    stage: str
    persons: int


@dataclass(frozen=True)
class PersonHit:
    """A person, and the household whose file to open."""

    id: UUID
    name: str
    birth_date: date
    household: UUID
    reference: str
    stage: str


@dataclass(frozen=True)
class DocumentHit:
    """An agreement or a sent round; `code` says which, with its years."""

    code: str
    title: str
    url: str


@dataclass(frozen=True)
class Hits:
    """What was found; a kind that the reader's role may not see stays empty and is not asked for."""

    places: tuple[PlaceHit, ...] = ()
    households: tuple[HouseholdHit, ...] = ()
    persons: tuple[PersonHit, ...] = ()
    documents: tuple[DocumentHit, ...] = ()

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.places) + len(self.households) + len(self.persons) + len(self.documents)


def digits_of(text: str) -> str:
    """The digits of a text that looks like an identity number, or like a part of one; "" for any other text."""
    bare = text.translate(_BETWEEN_DIGITS)
    return bare if bare.isascii() and bare.isdigit() and len(bare) >= LEAST_DIGITS else ""


def search(actor: Actor, text: str, language: str = "nb") -> Hits:
    """Everything in sight whose name or reference begins with the text; names of municipalities hold it anywhere.

    A constant number of queries; the reading of persons is logged.  Nobody with a protected address is found by name.
    """
    wanted = " ".join(text.split())[:80]
    if not wanted or digits_of(wanted):
        return Hits()
    meets_persons = actor.may(Permission.HOUSEHOLD_VIEW)
    return Hits(
        places=_places(wanted),
        households=_households(actor, wanted) if meets_persons else (),
        persons=_persons(actor, wanted) if meets_persons and len(wanted) > 1 else (),
        documents=_documents(actor, wanted, language),
    )


def find_number(actor: Actor, digits: str) -> tuple[PersonHit, ...]:
    """The person with this DUF number or identity number, if in sight.

    That somebody searched is logged, with how many were found and never with the number.
    Raises NotPermitted for a role that may not.
    """
    require(actor, Permission.NUMBER_VIEW)
    rows = Person.objects.none()
    if len(digits) in NUMBER_LENGTHS:
        column = "duf_number" if len(digits) == 12 else "national_id"
        rows = Person.objects.filter(**{column: digits}, household__merged_into__isnull=True)
    found = _person_hits(rows)
    audit.append("search_number", ("person", "*"), {"found": len(found)}, "read")
    audit.log_read("search_number", "person", [one.id for one in found])
    return found


def _places(text: str) -> tuple[PlaceHit, ...]:
    registry = Registry.shipped()
    found = registry.search(text)[:MUNICIPALITIES_AT_MOST]
    return tuple(PlaceHit(str(m.code), m.official_name, registry.county(m.county_code).name) for m in found)


def _households(actor: Actor, text: str) -> tuple[HouseholdHit, ...]:
    """By reference: everything that begins so in the list, and the very one for those named for a protected address."""
    wanted = text.upper()
    begins = in_list(actor).filter(reference__gte=wanted, reference__lt=wanted + _AFTER_EVERY_WEIGHT)
    named = Household.objects.filter(reference=wanted, pk__in=[UUID(one) for one in actor.named])
    columns = ("id", "reference", "stage", "persons_count")
    rows = [*begins.order_by("reference").values_list(*columns)[:AT_MOST], *named.values_list(*columns)]
    found = tuple(HouseholdHit(*row) for row in {row[0]: row for row in rows}.values())
    audit.log_read("search", "household", [one.id for one in found])
    return found


def _persons(actor: Actor, text: str) -> tuple[PersonHit, ...]:
    found = _person_hits(Person.objects.filter(_begins(text), household__in=in_list(actor)))
    audit.log_read("search", "person", [one.id for one in found])
    return found


def _begins(text: str) -> Q:
    """Names stand as "family given"; what is typed may also begin with the given name."""
    words = text.split()
    found = _from(words)
    for first in range(1, len(words)):
        given = " ".join(words[:first])
        found |= _from(words[first:]) & (
            Q(given_name__startswith=given) | Q(given_name__startswith=given.title())
        )
    return found


def _from(words: list[str]) -> Q:
    """Sort keys that begin with these words; a span, so that the index serves it under row-level security."""
    key = sort_key(" ".join(words)).partition(" ")[0]
    return Q(name_sort_key__gte=key, name_sort_key__lt=key + _AFTER_EVERY_WEIGHT)


def _person_hits(rows: QuerySet[Person, Person]) -> tuple[PersonHit, ...]:
    found = rows.order_by("name_sort_key", "id").values_list(
        "id", "given_name", "family_name", "birth_date", "household_id", "household__reference", "household__stage"
    )[:AT_MOST]  # fmt: skip
    return tuple(
        PersonHit(ident, f"{given} {family}", born, home, reference, stage)
        for ident, given, family, born, home, reference, stage in found
    )


def _documents(actor: Actor, text: str, language: str) -> tuple[DocumentHit, ...]:
    wanted = text.casefold()
    label = language if language in {"nn", "en"} else "nb"
    found = []
    if actor.may(Permission.AGREEMENT_VIEW):
        for one in Agreements.shipped().agreements:
            title = one.title.in_language(label)
            if wanted in title.casefold():
                found.append(DocumentHit("agreement", title, "/agreement/"))
    if actor.may(Permission.ROUND_VIEW):
        for year in (
            Round.objects.filter(state="sent").order_by("-year").values_list("year", flat=True).distinct()
        ):
            if wanted in str(year):
                found.append(DocumentHit("round", str(year), f"/requests/{year}/"))
    return tuple(found)
