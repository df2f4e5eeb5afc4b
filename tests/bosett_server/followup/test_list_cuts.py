"""What the list holds: each filter against counting by hand, each order read page by page in both directions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bosett.terms.errors import BadInput
from bosett_server.access.context import acting
from bosett_server.access.roles import Role
from bosett_server.queries.household_filters import Filters, read_filters
from bosett_server.queries.household_order import ORDERS
from bosett_server.queries.households import household_counts, household_page, neighbours
from bosett_server.queries.keyset import Place, read_place
from bosett_server.records.models import Assignment, Household, Interview
from tests.bosett_server.cast import DAY, HERE, NOW, THERE, household, vedtak


def references(where, cut: dict, role: str = "imdi_caseworker") -> list[str]:
    with acting(where[role]):
        return [row.reference for row in household_page(where[role], Filters(**cut), "reference", DAY).rows]


@pytest.fixture
def homes(stage):
    """Nine households, each different in one thing."""
    made = {
        "plain": household(stage),
        "long": household(stage),
        "needy": household(stage, needs=["hospital_near", "kindergarten"]),
        "minor": household(stage, group="em_15_17", persons=1),
        "child": household(stage, group="em_under15", persons=1),
        "family": household(stage, track="family"),
        "flagged": household(stage, recheck=["birth"]),
        "waiting": household(stage, stage="in_reception", interview=False),
        "gone": household(stage, stage="left"),
        "sealed": household(stage, protection="fortrolig"),
    }
    with acting(stage["system"]):
        Household.objects.filter(pk=made["long"].pk).update(ready_on=DAY - timedelta(days=91))
        Household.objects.filter(pk=made["waiting"].pk).update(permit_on=DAY - timedelta(days=200))
        Interview.objects.filter(household=made["family"]).update(wishes=[THERE])
    return made


def named(homes, *names: str) -> list[str]:
    return [homes[name].reference for name in names]


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ({}, ("plain", "long", "needy", "minor", "child", "family", "flagged", "waiting")),
        ({"stage": "in_reception"}, ("waiting",)),
        ({"stage": "left"}, ("gone",)),
        ({"stage": "all", "track": "family"}, ("family",)),
        ({"group": "minors"}, ("minor", "child")),
        ({"group": "em_under15"}, ("child",)),
        ({"need": "hospital_near"}, ("needy",)),
        ({"recheck": True}, ("flagged",)),
        ({"waited": 90}, ("long", "waiting")),
        ({"waited": 91}, ("waiting",)),
        ({"here": 365}, ()),
        ({"here": 195}, ("plain", "long", "needy", "minor", "child", "family", "flagged", "waiting")),
        ({"wished": THERE}, ("family",)),
        ({"wished": "42"}, ("family",)),
        ({"wished": "33", "track": "asylum", "stage": "in_reception"}, ()),
    ],
)
def test_each_filter_keeps_exactly_those_it_names(stage, homes, cut, expected):
    assert references(stage, cut) == named(homes, *expected)


def test_came_back_is_a_decline_within_the_days_and_ready_again(stage, homes):
    vedtak(HERE, 40)
    with acting(stage["imdi_caseworker"]):
        for name, days in (("plain", 0), ("long", 5)):
            one = Assignment.objects.create(
                household=homes[name], municipality_id=HERE, year=2026, group="all", persons=2, track="asylum",
                decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=DAY,
            )  # fmt: skip
            Assignment.objects.filter(pk=one.pk).update(
                state="declined", decline_reason="other", answered_at=NOW - timedelta(days=days)
            )
    assert references(stage, {"came_back": 1}) == named(homes, "plain")
    assert references(stage, {"came_back": 7}) == named(homes, "plain", "long")


def test_nobody_with_a_protected_address_is_in_a_list_not_even_for_the_named(stage, homes):
    from dataclasses import replace

    actor = replace(stage["imdi_caseworker"], named=frozenset({str(homes["sealed"].pk)}))
    with acting(actor):
        assert Household.objects.filter(pk=homes["sealed"].pk).exists()
        page = household_page(actor, Filters(stage="all"), "reference", DAY)
    assert homes["sealed"].reference not in [row.reference for row in page.rows]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("imdi_lead", ("plain", "long", "needy", "minor", "child", "family", "flagged", "waiting", "gone")),
        (
            "udi_reception",
            ("plain", "long", "needy", "minor", "child", "family", "flagged", "waiting", "gone"),
        ),
        ("bufetat", ("child",)),
        ("centre", ("plain", "long", "needy", "minor", "child", "family", "flagged", "waiting")),
        ("municipality_coordinator", ()),
        ("stranger", ()),
    ],
)
def test_each_role_lists_those_in_its_sight(stage, homes, role, expected):
    assert references(stage, {"stage": "all"}, role) == named(homes, *expected)


def by_hand(sort: str, rows: list[Household]) -> list[str]:
    """Python's own sort: falling orders turned round, those without a value last in both."""
    column = {"waiting": "ready_on", "reference": "reference", "persons": "persons_count",
              "arrived": "arrived_on", "date": "planned_settlement_on"}[sort.removeprefix("-")]  # fmt: skip

    def value(row):
        found = getattr(row, column)
        return found or row.permit_on if column == "ready_on" else found

    ident = lambda row: str(row.pk)  # noqa: E731
    known = sorted(sorted((r for r in rows if value(r) is not None), key=ident), key=value)
    unknown = sorted((r for r in rows if value(r) is None), key=ident)
    if sort.startswith("-"):
        known, unknown = known[::-1], unknown[::-1]
    return [row.reference for row in known + unknown]


@pytest.mark.parametrize("sort", [turn + order for order in ORDERS for turn in ("", "-")])
def test_every_order_read_page_by_page_gives_each_household_once_forwards_and_back(stage, homes, sort):
    with acting(stage["system"]):
        Household.objects.filter(pk=homes["waiting"].pk).update(permit_on=None, arrived_on=None)
        Household.objects.filter(pk=homes["plain"].pk).update(planned_settlement_on=date(2026, 4, 1))
        Household.objects.filter(pk=homes["minor"].pk).update(planned_settlement_on=date(2026, 3, 20))
    actor, forwards, backwards = stage["imdi_lead"], [], []
    with acting(actor):
        expected = by_hand(sort, list(Household.objects.exclude(stage="left")))
        page = household_page(actor, Filters(), sort, DAY, size=3)
        forwards += [row.reference for row in page.rows]
        while page.next:
            page = household_page(actor, Filters(), sort, DAY, read_place(page.next), size=3)
            forwards += [row.reference for row in page.rows]
        while page.previous:
            page = household_page(actor, Filters(), sort, DAY, read_place(page.previous), size=3)
            backwards = [row.reference for row in page.rows] + backwards
    assert forwards == expected
    assert backwards == expected[: len(backwards)]
    assert len(backwards) == len(expected) - len(expected) % 3


def test_a_place_of_another_list_is_bad_input(stage):
    with acting(stage["imdi_lead"]):
        for place in (Place("not-a-date", "x"), Place("2026-01-01", "not-an-id")):
            with pytest.raises(BadInput):
                household_page(stage["imdi_lead"], Filters(), "waiting", DAY, place)
    for text in ("x", "AAAA", "bnVsbA"):
        with pytest.raises(BadInput):
            read_place(text)


def test_neighbours_are_those_before_and_after_in_the_same_cut(stage, homes):
    actor = stage["imdi_lead"]
    with acting(actor):
        at = neighbours(actor, Filters(group="minors"), "reference", DAY, homes["minor"].pk)
        assert (at.previous, at.next) == (None, homes["child"].pk)
        at = neighbours(actor, Filters(group="minors"), "reference", DAY, homes["plain"].pk)
        assert (at.previous, at.next) == (None, None)


def test_counts_are_those_kept_and_those_before_the_cut(stage, homes):
    with acting(stage["imdi_lead"]):
        kept, whole = household_counts(stage["imdi_lead"], Filters(group="minors"), DAY)
    assert (kept.number, whole.number, kept.or_more, whole.or_more) == (2, 8, False, False)


def test_beyond_the_limit_only_that_there_are_more_is_said(stage, homes, monkeypatch):
    monkeypatch.setattr("bosett_server.queries.households.MOST_COUNTED", 5)
    with acting(stage["imdi_lead"]):
        kept, _ = household_counts(stage["imdi_lead"], Filters(), DAY)
    assert (kept.number, kept.or_more) == (5, True)


def test_days_waited_run_from_ready_or_else_from_the_permit(stage, homes):
    with acting(stage["imdi_lead"]):
        rows = household_page(stage["imdi_lead"], Filters(stage="all"), "reference", DAY).rows
    found = {row.reference: row.waited_days for row in rows}
    assert found[homes["long"].reference] == 91
    assert found[homes["waiting"].reference] == 200
    assert found[homes["gone"].reference] is None


def test_what_an_address_says_that_is_not_known_cuts_nothing(stage):
    given = {"stage": "flying", "track": "x", "group": "y", "need": "gold", "wished": "3", "waited": "-1",
             "here": "9999999999", "came_back": "soon", "recheck": "yes"}  # fmt: skip
    assert read_filters(given, stage["imdi_lead"]) == Filters()


def test_a_cut_written_as_an_address_is_read_back_as_itself(stage):
    from django.http import QueryDict

    cut = Filters("ready", "asylum", "minors", "kindergarten", "33", 90, 10, 1, recheck=True)
    assert read_filters(QueryDict(cut.address()).dict(), stage["imdi_lead"]) == cut


def test_a_municipality_neither_sees_nor_cuts_by_health_without_consent(stage):
    one = household(stage, needs=["hospital_near", "kindergarten"])
    vedtak(HERE, 40)
    with acting(stage["imdi_caseworker"]):
        row = Assignment.objects.create(
            household=one, municipality_id=HERE, year=2026, group="all", persons=2, track="asylum",
            decided_by=stage.users["imdi_caseworker"], decided_at=NOW, answer_due_on=DAY,
        )  # fmt: skip
        Assignment.objects.filter(pk=row.pk).update(state="accepted", answered_at=NOW)
    with acting(stage["system"]):
        Interview.objects.filter(household=one).update(health_consent=False)
    actor = stage["municipality_coordinator"]
    assert actor.role is Role.MUNICIPALITY_COORDINATOR
    with acting(actor):
        (row,) = household_page(actor, Filters(), "waiting", DAY).rows
    assert row.needs == ("kindergarten", "other_need")
    assert read_filters({"need": "hospital_near"}, actor).need == ""
    assert read_filters({"need": "kindergarten"}, actor).need == "kindergarten"
