"""Centres: UDI's alone until announced, told to those concerned, never two counts of places on a day."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.capacity import Extension, PlaceKind
from bosett.terms.errors import Refused
from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.reception import (
    ContractTold,
    announce_centre,
    close_centre,
    register_centre,
    set_contract,
    set_places,
)
from bosett_server.records.models import Centre, CentrePlaces, Contract
from tests.bosett_server.cast import HERE
from tests.bosett_server.life.scenes import logged, told

DAY, APRIL, MAY = date(2026, 3, 16), date(2026, 4, 1), date(2026, 5, 1)
OTHERS = ("imdi_lead", "centre", "bufetat", "municipality_coordinator", "ministry", "auditor")


def register(stage, role="udi_reception", **more) -> int:
    facts = {
        "name": "Nytt mottak",
        "kind": PlaceKind.ORDINARY,
        "operator_kind": "municipal",
        "municipality": HERE,
    }
    return register_centre(stage[role], **(facts | {"opens_on": APRIL} | more))


def spans(centre: int) -> list[tuple[int, date, date | None]]:
    with acting(SYSTEM):
        rows = CentrePlaces.objects.filter(centre_id=centre).order_by("starts_on")
        return [(row.count, row.starts_on, row.ends_on) for row in rows]


def stored(centre: int) -> Centre:
    with acting(SYSTEM):
        return Centre.objects.get(pk=centre)


def test_a_centre_is_udis_alone_until_it_is_announced(stage):
    centre = register(stage, informed_on=DAY)
    for role in ("imdi_lead", "centre", "bufetat"):
        with acting(stage[role]):
            assert not Centre.objects.filter(pk=centre).exists()
    assert told(stage, "municipality_coordinator", "centre_announced") == []
    announce_centre(stage["udi_reception"], centre=centre)
    with acting(stage["imdi_lead"]):
        assert Centre.objects.get(pk=centre).announced_on == DAY
    for role in ("municipality_coordinator", "municipality_decider", "county", "statsforvalter"):
        (notice,) = told(stage, role, "centre_announced")
        assert (notice.facts["centre"], notice.facts["municipality"]) == ("Nytt mottak", "Drammen")
    assert told(stage, "stranger", "centre_announced") == []
    assert logged(stage, "announce_centre")[0].object_id == str(centre)


def test_the_municipality_is_informed_before_the_announcement_and_that_once(stage):
    centre, udi = register(stage), stage["udi_reception"]
    with pytest.raises(Refused, match="municipality_not_informed"):
        announce_centre(udi, centre=centre)
    with pytest.raises(Refused, match="informed_in_the_future"):
        announce_centre(udi, centre=centre, informed_on=APRIL)
    assert stored(centre).announced_on is None
    announce_centre(udi, centre=centre, informed_on=date(2026, 3, 2))
    assert stored(centre).informed_on == date(2026, 3, 2)
    with pytest.raises(Refused, match="already_announced"):
        announce_centre(udi, centre=centre)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "  "}, "name_missing"),
        ({"operator_kind": "pirate"}, "operator_not_known"),
        ({"informed_on": APRIL}, "informed_in_the_future"),
        ({"name": "syntetisk mottak drammen"}, "centre_registered_before"),
    ],
)
def test_a_centre_that_cannot_be_registered_is_refused(stage, more, code):
    with pytest.raises(Refused) as refused:
        register(stage, **more)
    assert refused.value.code == code
    with acting(SYSTEM):
        assert Centre.objects.count() == 1
    with pytest.raises(NotInSight):
        register(stage, municipality="9999")


def test_new_places_take_over_from_their_day_and_a_correction_keeps_its_day(stage):
    centre, udi = stage.centre.pk, stage["udi_reception"]
    set_places(udi, centre=centre, kind=PlaceKind.ORDINARY, number=100, starts_on=DAY)
    set_places(udi, centre=centre, kind=PlaceKind.ORDINARY, number=60, starts_on=APRIL)
    assert spans(centre) == [(100, DAY, APRIL), (60, APRIL, None)]
    set_places(udi, centre=centre, kind=PlaceKind.ORDINARY, number=0, starts_on=APRIL)
    assert spans(centre) == [(100, DAY, APRIL), (0, APRIL, None)]
    assert logged(stage, "set_places")[-1].facts["before"] == 60
    assert len(told(stage, "centre", "centre_places_set")) == 3


def test_there_are_never_two_counts_of_places_on_a_day(stage):
    centre, udi = stage.centre.pk, stage["udi_reception"]
    set_places(udi, centre=centre, kind=PlaceKind.ORDINARY, number=100, starts_on=APRIL)
    with pytest.raises(Refused, match="spans_overlap"):
        set_places(udi, centre=centre, kind=PlaceKind.ORDINARY, number=80, starts_on=DAY, ends_on=MAY)
    assert spans(centre) == [(100, APRIL, None)]
    set_places(udi, centre=centre, kind=PlaceKind.ADAPTED, number=5, starts_on=DAY, ends_on=MAY)
    assert len(spans(centre)) == 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"number": -1}, "places_out_of_range"),
        ({"number": 5001}, "places_out_of_range"),
        ({"ends_on": DAY}, "ends_before_it_starts"),
        ({"starts_on": date(2024, 12, 31)}, "outside_the_centres_time"),
    ],
)
def test_places_that_cannot_be_are_refused(stage, more, code):
    facts = {"centre": stage.centre.pk, "kind": PlaceKind.ORDINARY, "number": 10, "starts_on": DAY} | more
    with pytest.raises(Refused) as refused:
        set_places(stage["udi_reception"], **facts)
    assert (refused.value.code, spans(stage.centre.pk)) == (code, [])


def test_a_contract_is_udis_alone(stage):
    facts = {"price_per_place_day_nok": 480, "notice_days": 90, "starts_on": DAY, "locked_until": MAY}
    set_contract(stage["udi_reception"], centre=stage.centre.pk, told=ContractTold(**facts))
    for role in ("imdi_lead", "centre", "bufetat", "municipality_coordinator", "ministry"):
        with acting(stage[role]):
            assert Contract.objects.count() == 0
    assert logged(stage, "set_contract")[0].facts.keys() == {"contract"}, "no price in the log"
    with pytest.raises(Refused, match="contracts_overlap"):
        set_contract(stage["udi_reception"], centre=stage.centre.pk, told=ContractTold(**facts))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"price_per_place_day_nok": 0}, "price_not_positive"),
        ({"notice_days": -1}, "contract_terms_do_not_fit"),
        ({"locked_until": date(2026, 1, 1)}, "contract_terms_do_not_fit"),
        ({"ends_on": DAY}, "ends_before_it_starts"),
        ({"call_places": 20}, "no_lead_or_places"),
        ({"fixed_places": -1}, "contract_terms_do_not_fit"),
        ({"options": (Extension(90, 30),)}, "options_do_not_fit"),
    ],
)
def test_contract_terms_that_do_not_fit_are_refused(stage, more, code):
    facts = {"price_per_place_day_nok": 480, "notice_days": 90, "starts_on": DAY} | more
    with pytest.raises(Refused) as refused:
        set_contract(stage["udi_reception"], centre=stage.centre.pk, told=ContractTold(**facts))
    assert refused.value.code == code
    with acting(SYSTEM):
        assert Contract.objects.count() == 0


def close(stage, role="udi_reception", **more):
    facts = {"closes_on": MAY, "dialogue_on": date(2026, 3, 2), "dialogue_reference": "2026/118-4"} | more
    return close_centre(stage[role], centre=stage.centre.pk, **facts)


def test_a_centre_closes_after_a_documented_dialogue_and_its_places_end(stage):
    udi = stage["udi_reception"]
    set_places(udi, centre=stage.centre.pk, kind=PlaceKind.ORDINARY, number=100, starts_on=DAY)
    close(stage)
    kept = stored(stage.centre.pk)
    assert (kept.closes_on, kept.dialogue_on, kept.dialogue_reference) == (
        MAY,
        date(2026, 3, 2),
        "2026/118-4",
    )
    assert spans(stage.centre.pk) == [(100, DAY, MAY)]
    for role in ("municipality_coordinator", "municipality_decider", "county", "statsforvalter", "centre"):
        assert len(told(stage, role, "centre_closes")) == 1
    with pytest.raises(Refused, match="already_closing"):
        close(stage)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"dialogue_reference": " "}, "dialogue_not_documented"),
        ({"dialogue_on": date(2026, 3, 17)}, "dialogue_in_the_future"),
        ({"closes_on": date(2026, 3, 1)}, "closes_in_the_past"),
        ({"closes_on": date(2024, 1, 1)}, "closes_before_it_opens"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(stage, more, code):
    with pytest.raises(Refused) as refused:
        close(stage, **more)
    assert (refused.value.code, stored(stage.centre.pk).closes_on) == (code, None)


def test_places_planned_after_the_closing_day_hold_it_up(stage):
    set_places(
        stage["udi_reception"], centre=stage.centre.pk, kind=PlaceKind.ORDINARY, number=9, starts_on=MAY
    )
    with pytest.raises(Refused, match="places_after_closing"):
        close(stage)


def test_only_udi_manages_centres(stage):
    centre = stage.centre.pk
    for role in OTHERS:
        with pytest.raises(NotPermitted):
            register(stage, role=role)
        with pytest.raises(NotPermitted):
            announce_centre(stage[role], centre=centre)
        with pytest.raises(NotPermitted):
            set_places(stage[role], centre=centre, kind=PlaceKind.ORDINARY, number=1, starts_on=DAY)
        with pytest.raises(NotPermitted):
            close(stage, role=role)
        with pytest.raises(NotPermitted):
            set_contract(stage[role], centre=centre, told=ContractTold(1, 1, DAY))


def test_when_the_log_fails_no_centre_is_registered_or_told_of(stage, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the log is gone")

    centre = register(stage, informed_on=DAY)
    monkeypatch.setattr("bosett_server.access.audit.append", broken)
    with pytest.raises(RuntimeError):
        announce_centre(stage["udi_reception"], centre=centre)
    assert stored(centre).announced_on is None
    assert told(stage, "municipality_coordinator", "centre_announced") == []
