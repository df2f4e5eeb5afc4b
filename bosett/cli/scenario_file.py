"""The scenario file of `bosett simulate`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from bosett.rules.strict_yaml import Lines, read_yaml
from bosett.scenario.weeks.plan import (
    Delay,
    FlowGroup,
    KnownContract,
    PlaceKind,
    Policy,
    SettlementPlan,
    SimulationPlan,
)
from bosett.terms.errors import BadInput

T = TypeVar("T")
TOP = ("start", "weeks", "groups", "settlement", "places", "policies")
GROUP = (
    "arrivals_per_week",
    "arrivals_by_week",
    "spread",
    "persistence",
    "decision",
    "refused_share",
    "ready_after",
    "leaves_after",
    "private_share",
    "place",
    "at_start",
)
PLACE = (
    "lead_weeks",
    "notice_weeks",
    "lock_in_weeks",
    "price_occupied_nok",
    "price_empty_nok",
    "price_short_nok",
    "contracts",
)
POLICY = (
    "buffer",
    "standby",
    "standby_fee_nok",
    "standby_call_nok",
    "most_places",
    "settlement_factor",
    "earlier_weeks",
    "faster_ready",
    "private_share",
)


def read_scenario(path: Path) -> SimulationPlan:
    """Read and check a scenario.

    Raises
    ------
    BadInput
        Names the file, the line where it is known, and the group, place or policy.
    """
    try:
        return _plan(_keys(read_yaml(path), TOP, "the scenario"))
    except BadInput as bad:
        raise BadInput(bad.found, bad.allowed, str(path), bad.row, bad.column) from None


def _plan(found: Lines) -> SimulationPlan:
    start = _needed(found, "start", "the scenario")
    if not isinstance(start, date) or start.weekday() != 0:
        raise BadInput(f"start {start}", "a Monday, as YYYY-MM-DD", row=found.key_lines["start"])
    return SimulationPlan(
        weeks=_whole(found, "weeks", "the scenario"),
        groups=_each(found, "groups", _group),
        settlement=_settlement(_keys(_needed(found, "settlement", "the scenario"), None, "settlement")),
        places=_each(found, "places", lambda name, told: _place(name, told, start)),
        policies=_each(found, "policies", _policy),
    )


def _each(found: Lines, key: str, read: Callable[[str, Lines], T]) -> tuple[T, ...]:
    """One value a name; a fault gets the line of its name where it has none."""
    entries = _keys(_needed(found, key, "the scenario"), None, key)
    made = []
    for name, told in entries.items():
        line = entries.key_lines[name]
        try:
            made.append(read(name, _keys(told, None, f"{key}.{name}")))
        except BadInput as bad:
            raise BadInput(bad.found, bad.allowed, row=bad.row or line, column=f"{key}.{name}") from None
    return tuple(made)


def _group(name: str, told: Lines) -> FlowGroup:
    _keys(told, GROUP, name)
    weekly = _numbers(told, "arrivals_by_week", name) if "arrivals_by_week" in told else ()
    start = _keys(told.get("at_start", Lines()), ("undecided", "ready"), f"at_start of {name}")
    return FlowGroup(
        name=name,
        arrivals_per_week=weekly or _numbers(told, "arrivals_per_week", name),
        arrivals_by_week=weekly,
        decision=_delay(told, "decision", name),
        ready_after=_delay(told, "ready_after", name),
        leaves_after=_delay(told, "leaves_after", name),
        place=str(_needed(told, "place", name)),
        refused_share=_number(told, "refused_share", name, 0),
        private_share=_number(told, "private_share", name, 0),
        spread=_number(told, "spread", name, 0),
        persistence=_number(told, "persistence", name, 0.95),
        undecided_at_start=_whole(start, "undecided", name, 0),
        ready_at_start=_whole(start, "ready", name, 0),
    )


def _place(name: str, told: Lines, start: date) -> PlaceKind:
    _keys(told, PLACE, name)
    listed = _needed(told, "contracts", name)
    if not isinstance(listed, list):
        raise BadInput(f"contracts of {name}: {listed!r}", "a list")
    return PlaceKind(
        name=name,
        contracts=tuple(_contract(one, f"contract {n} of {name}", start) for n, one in enumerate(listed, 1)),
        lead_weeks=_whole(told, "lead_weeks", name),
        notice_weeks=_whole(told, "notice_weeks", name),
        lock_in_weeks=_whole(told, "lock_in_weeks", name),
        price_occupied_nok=_number(told, "price_occupied_nok", name),
        price_empty_nok=_number(told, "price_empty_nok", name),
        price_short_nok=_number(told, "price_short_nok", name),
    )


def _contract(told: Any, what: str, start: date) -> KnownContract:
    found = _keys(told, ("places", "from", "to", "locked_until"), what)
    first, last = _day(found, "from", what), found.get("to") and _day(found, "to", what)
    locked = found.get("locked_until") and _day(found, "locked_until", what)
    if last is not None and last <= first:
        raise BadInput(f"{what}: from {first} to {last}", "an end after the start", row=found.line)
    if locked is not None and (locked < first or (last is not None and locked > last)):
        raise BadInput(f"{what}: locked until {locked}", "a day inside the contract", row=found.line)
    ends = None if last is None else max(_week(last, start), _week(first, start) + 1)
    until = None if locked is None else _week(locked, start)
    return KnownContract(_whole(found, "places", what), _week(first, start), ends, until)


def _policy(name: str, told: Lines) -> Policy:
    _keys(told, POLICY, name)
    private = told.get("private_share")
    return Policy(
        name=name,
        buffer=_number(told, "buffer", name, 0.15),
        standby=_places(told, "standby", name),
        standby_fee_nok=_number(told, "standby_fee_nok", name, 0),
        standby_call_nok=_number(told, "standby_call_nok", name, 0),
        most_places=_places(told, "most_places", name),
        settlement_factor=_number(told, "settlement_factor", name, 1),
        earlier_weeks=_whole(told, "earlier_weeks", name, 0),
        faster_ready=_number(told, "faster_ready", name, 1),
        private_share=None if private is None else _number(told, "private_share", name),
    )


def _settlement(told: Lines) -> SettlementPlan:
    _keys(told, ("order", "places_per_week", "accepted_share", "quota_per_week", "keep_unused"), "settlement")
    order = _needed(told, "order", "settlement")
    keep = told.get("keep_unused", False)
    if not isinstance(order, list) or not isinstance(keep, bool):
        raise BadInput("settlement", "a list as order, true or false as keep_unused", row=told.line)
    return SettlementPlan(
        places_per_week=_numbers(told, "places_per_week", "settlement"),
        order=tuple(str(name) for name in order),
        accepted_share=_number(told, "accepted_share", "settlement", 1),
        quota_per_week=_number(told, "quota_per_week", "settlement", 0),
        keep_unused=keep,
    )


def _delay(told: Lines, key: str, name: str) -> Delay:
    found = _keys(_needed(told, key, name), ("mean_weeks", "sd_weeks"), f"{key} of {name}")
    return Delay(_number(found, "mean_weeks", f"{key} of {name}"), _number(found, "sd_weeks", key, 0))


def _places(told: Lines, key: str, name: str) -> Mapping[str, int]:
    found = _keys(told.get(key, Lines()), None, f"{key} of {name}")
    return {kind: _whole(found, kind, f"{key} of {name}") for kind in found}


def _week(day: date, start: date) -> int:
    """The week of a day, counted from the start; negative before it."""
    return (day - start).days // 7


def _keys(found: Any, allowed: tuple[str, ...] | None, what: str) -> Lines:
    if not isinstance(found, Lines):
        raise BadInput(f"{what}: {found!r}", "keys and values (see `bosett simulate --example`)")
    for key in found:
        if allowed is not None and key not in allowed:
            raise BadInput(
                f"the key {key!r} in {what}", f"one of {', '.join(allowed)}", row=found.key_lines[key]
            )
    return found


def _needed(told: Lines, key: str, what: str) -> Any:
    if told.get(key) is None:
        raise BadInput(f"no {key} in {what}", f"a value for {key}", row=told.line or None)
    return told[key]


def _day(told: Lines, key: str, what: str) -> date:
    value = _needed(told, key, what)
    if not isinstance(value, date):
        raise BadInput(f"{key} of {what}: {value!r}", "a day as YYYY-MM-DD", row=told.line)
    return value


def _number(told: Lines, key: str, what: str, otherwise: float | None = None) -> float:
    value = told.get(key, otherwise)
    if value is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise BadInput(f"{key} of {what}: {value!r}", "a number", row=told.key_lines.get(key, told.line))
    return float(value)


def _whole(told: Lines, key: str, what: str, otherwise: int | None = None) -> int:
    value = told.get(key, otherwise)
    if not isinstance(value, int) or isinstance(value, bool):
        row = getattr(told, "key_lines", {}).get(key)
        raise BadInput(f"{key} of {what}: {value!r}", "a whole number", row=row)
    return value


def _numbers(told: Lines, key: str, what: str) -> tuple[float, ...]:
    value = _needed(told, key, what)
    listed = value if isinstance(value, list) else [value]
    return tuple(_number(_one(key, each), key, what) for each in listed)


def _one(key: str, value: Any) -> Lines:
    made = Lines({key: value})
    made.key_lines = {}
    return made
