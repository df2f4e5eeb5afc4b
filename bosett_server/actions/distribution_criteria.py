"""Criteria that somebody keeps: stored, shared, dropped, and adopted as the draft of a round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from bosett.distribution import Bound, MunicipalityShare
from bosett.distribution.settings import CriteriaSettings, as_kept, from_kept
from bosett.registry import Registry
from bosett.terms.errors import BadInput, NoAnswer, Refused
from bosett.terms.groups import Group
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.actions.distribution import LEAST_REASON, MOST_PERSONS, need_to_divide, new_draft
from bosett_server.actions.step import Done, action
from bosett_server.queries.distribution import population_year
from bosett_server.queries.distribution_trial import Trial, trial
from bosett_server.records.models import CriteriaSet, Indicator, Round, RoundLine

MOST_NAME = 120
MOST_SETS = 200


@action(Permission.CRITERIA_TRY)
def keep_criteria(actor: Actor, *, year: int, name: str, settings: Mapping[str, Any]) -> Done[int]:
    """The criteria stand under a name, in sight of their author only; the same name again replaces them.

    Raises Refused: `criteria_name_missing`, `criteria_out_of_range`, `too_many_sets`.
    """
    called = name.strip()[:MOST_NAME]
    if not called:
        raise Refused("criteria_name_missing")
    kept = as_kept(read_settings(settings))
    own = CriteriaSet.objects.filter(owner_id=actor.user_id)
    if own.count() >= MOST_SETS and not own.filter(year=year, name=called).exists():
        raise Refused("too_many_sets", {"most": MOST_SETS})
    row, made = CriteriaSet.objects.update_or_create(
        owner_id=actor.person, year=year, name=called,
        defaults={"settings": kept, "changed_at": clock.now()},
    )  # fmt: skip
    return Done(row.pk, about=("criteria_set", row.pk), facts={"year": year, "new": made})


@action(Permission.CRITERIA_TRY)
def share_criteria(actor: Actor, *, criteria_set: int, shared: bool = True) -> Done[int]:
    """The criteria are in sight of everybody in IMDi who tries criteria, or of the author only again.

    What the criteria use of the author's own indicators is shared with them.
    """
    row = own_set(actor, criteria_set)
    row.shared_at = clock.now() if shared else None
    row.save(update_fields=["shared_at"])
    if shared:
        used = [key.removeprefix("own-") for key in used_columns(row.settings) if key.startswith("own-")]
        Indicator.objects.filter(pk__in=used, owner_id=actor.user_id).update(shared_at=clock.now())
    return Done(row.pk, about=("criteria_set", row.pk), facts={"year": row.year, "shared": shared})


@action(Permission.CRITERIA_TRY)
def drop_criteria(actor: Actor, *, criteria_set: int) -> Done[int]:
    """The criteria are gone; a round that was drafted from them keeps its own copy."""
    row = own_set(actor, criteria_set)
    told = {"year": row.year}
    row.delete()
    return Done(criteria_set, about=("criteria_set", criteria_set), facts=told)


@action(Permission.ROUND_DRAFT)
def adopt_criteria(actor: Actor, *, criteria_set: int, answer_due_on: date) -> Done[int]:
    """A draft stands for the set's year: the need in force divided by it, with its reasons and numbers by hand.

    Raises Refused: `no_need_for_year`, `round_already_drafted`, `deadline_has_passed`, `indicator_missing`,
    `criteria_out_of_range`, `no_division_floor`, `no_division_cap`, `no_division`.
    """
    chosen = CriteriaSet.objects.filter(pk=criteria_set).first()
    if chosen is None:
        raise NotInSight("not_in_sight")
    need = need_to_divide(chosen.year, answer_due_on)
    settings = read_settings(chosen.settings)
    found = tried(actor, chosen.year, need.value or 0, settings)
    row = new_draft(actor, need, answer_due_on, _criteria_of(chosen, found))
    RoundLine.objects.bulk_create([_line(row, found, share) for share in found.direct.shares], batch_size=500)
    facts = {"year": row.year, "number": row.number, "need": need.value, "criteria_set": chosen.pk}
    return Done(row.pk, about=("round", row.pk), facts=facts)


@action(Permission.CRITERIA_TRY)
def keep_indicator(actor: Actor, *, name: str, source: str, values: Mapping[str, str]) -> Done[int]:
    """Figures by municipality stand under a name with their source; the same name again replaces them.

    Raises Refused: `criteria_name_missing`, `source_missing`, `indicator_unknown_municipality`,
    `indicator_not_a_number`, `indicator_empty`.
    """
    called, told = name.strip()[:80], source.strip()[:300]
    if not called:
        raise Refused("criteria_name_missing")
    if not told:
        raise Refused("source_missing")
    if not values:
        raise Refused("indicator_empty")
    known = {str(one.code) for one in Registry.shipped().all_municipalities}
    unknown = sorted(set(values) - known)
    if unknown:
        raise Refused("indicator_unknown_municipality", {"codes": ", ".join(unknown[:5])[:80]})
    row, _ = Indicator.objects.update_or_create(
        owner_id=actor.person, name=called,
        defaults={
            "source": told,
            "values": {code: str(_number(code, value)) for code, value in sorted(values.items())},
            "recorded_at": clock.now(),
        },
    )  # fmt: skip
    return Done(row.pk, about=("indicator", row.pk), facts={"municipalities": len(values)})


@action(Permission.CRITERIA_TRY)
def drop_indicator(actor: Actor, *, indicator: int) -> Done[int]:
    """The figures are gone; criteria that used them say that they are missing."""
    row = Indicator.objects.filter(pk=indicator, owner_id=actor.user_id).first()
    if row is None:
        raise NotInSight("not_in_sight")
    row.delete()
    return Done(indicator, about=("indicator", indicator))


def tried(actor: Actor, year: int, need: int, settings: CriteriaSettings) -> Trial:
    """The criteria tried on a need; what the library cannot do is refused by name."""
    try:
        return trial(actor, year, need, settings)
    except (NoAnswer, BadInput) as fault:
        raise refusal_of(fault, need) from fault


def refusal_of(fault: NoAnswer | BadInput, need: int) -> Refused:
    """The refusal behind what the library could not divide, with the facts that its sentence names."""
    if isinstance(fault, NoAnswer):
        code = f"no_division_{fault.rule}" if fault.rule in {"floor", "cap"} else "no_division"
        return Refused(code, {"rule": fault.rule, "need": need, "detail": fault.why[:120]})
    if fault.found.startswith("no ") and fault.column:
        codes = fault.found.partition(" for ")[2].split(", ")
        registry = Registry.shipped()
        names = [registry.municipality(code).name for code in codes[:8]]
        told = ", ".join(names) + (f" … ({len(codes)})" if len(codes) > len(names) else "")
        return Refused(
            "indicator_missing", {"column": fault.column, "municipalities": told, "count": len(codes)}
        )
    return Refused("criteria_out_of_range", {"found": fault.found[:120]})


def read_settings(told: Mapping[str, Any]) -> CriteriaSettings:
    """Settings that somebody sent; Refused `criteria_out_of_range` when they are none."""
    try:
        settings = from_kept(told)
        settings.criteria()
    except BadInput as fault:
        raise Refused("criteria_out_of_range", {"found": fault.found[:120]}) from fault
    if any(len(one.reason.strip()) < LEAST_REASON for one in settings.by_hand):
        raise Refused("adjustment_reason_missing", {"letters": LEAST_REASON})
    if any(not 0 <= one.persons <= MOST_PERSONS for one in settings.by_hand):
        raise Refused("number_too_large", {"found": "", "most": MOST_PERSONS})
    return settings


def used_columns(settings: Mapping[str, Any]) -> set[str]:
    """The indicators that kept criteria read."""
    return {*from_kept(settings).needed()}


def own_set(actor: Actor, pk: int) -> CriteriaSet:
    """The actor's own set; NotInSight for another's."""
    row = CriteriaSet.objects.filter(pk=pk, owner_id=actor.user_id).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _number(code: str, text: str) -> Fraction:
    try:
        value = Fraction(str(text).strip().replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except (ValueError, ZeroDivisionError) as fault:
        raise Refused("indicator_not_a_number", {"code": code, "found": str(text)[:40]}) from fault
    if value < 0:
        raise Refused("indicator_not_a_number", {"code": code, "found": str(text)[:40]})
    return value


def _criteria_of(chosen: CriteriaSet, found: Trial) -> dict[str, Any]:
    told = from_kept(chosen.settings)
    return {
        "set": chosen.name,
        "settings": chosen.settings,
        "method": found.direct.method.value,
        "population_year": population_year(clock.today()),
        "divided": found.need,
        "assumptions": list(found.direct.assumptions),
        "floor": told.floor or 0,
        "size_minimum": told.size_minimum,
        "columns": {one.key: one.name("en") for one in found.columns if one.key in set(told.needed())},
    }


def _line(row: Round, found: Trial, share: MunicipalityShare) -> RoundLine:
    asked = found.asked[share.identifier]
    by_hand = share.bound is Bound.BY_HAND
    parts: dict[str, Any] = {column: round(float(persons), 2) for column, persons in share.contributions}
    groups = {name: min(persons, asked) for name, persons in share.groups}
    if found.counties:
        through = found.counties.through[share.county].of(share.identifier)
        groups = dict(through.groups)
    return RoundLine(
        round=row,
        municipality_id=share.identifier,
        computed=round(share.after_deduction) if by_hand else asked,
        asked=asked,
        em_under15=groups.get(Group.EM_UNDER15.value, 0),
        em_15_17=groups.get(Group.EM_15_17.value, 0),
        parts=parts | {"bound": share.bound.value},
        adjusted_reason=share.reason if by_hand else "",
    )
