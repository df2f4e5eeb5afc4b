"""Conditions of councils: which of them speak against a household."""

from __future__ import annotations

import pytest

from bosett.decisions.reservation import Reservation, ReservationCode, spoken_against

FAMILY = {"minors": False, "children": True, "collective": True, "complex_needs": False}


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        (ReservationCode.NO_UNACCOMPANIED_MINORS, {"minors": True, "children": False}),
        (ReservationCode.FAMILIES_WITH_CHILDREN_ONLY, {"children": False}),
        (ReservationCode.ONLY_COLLECTIVE_PROTECTION, {"collective": False}),
        (ReservationCode.NO_COMPLEX_NEEDS, {"complex_needs": True}),
    ],
)
def test_a_condition_speaks_against_the_household_it_leaves_out_and_no_other(code, changes):
    conditions = [Reservation(code)]
    assert spoken_against(conditions, **(FAMILY | changes)) == (code,)
    assert spoken_against(conditions, **FAMILY) == ()


@pytest.mark.parametrize("code", [ReservationCode.COSTS_COVERED, ReservationCode.FAMILY_REUNION_ON_TOP])
def test_a_condition_about_something_else_speaks_against_nobody(code):
    worst = {"minors": True, "children": False, "collective": False, "complex_needs": True}
    assert spoken_against([Reservation(code)], **worst) == ()


def test_minors_alone_are_not_asked_to_be_families():
    alone = FAMILY | {"minors": True, "children": False}
    assert spoken_against([Reservation(ReservationCode.FAMILIES_WITH_CHILDREN_ONLY)], **alone) == ()
