"""One change of many: all or none, shown first, taken back while nobody has built on it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bosett.terms.errors import Refused
from bosett_server.access.context import acting
from bosett_server.access.refusals import NotInSight, NotPermitted
from bosett_server.actions.bulk import change_households, undo_change
from bosett_server.queries.household_changes import Change, preview
from bosett_server.records.models import AuditEvent, Centre, Household, LifeEvent, Stay
from tests.bosett_server.cast import DAY, HERE, NOW, household


def fresh(where, *rows):
    with acting(where["system"]):
        return [Household.objects.get(pk=row.pk) for row in rows]


def seen(*rows) -> list[tuple[str, int]]:
    return [(str(row.pk), row.version) for row in rows]


@pytest.fixture
def other_centre(stage):
    with acting(stage["system"]):
        return Centre.objects.create(
            name="Syntetisk mottak to", kind="ordinary", operator_kind="private", municipality_id=HERE,
            announced_on=date(2025, 1, 1), opens_on=date(2025, 1, 1), synthetic=True,
        )  # fmt: skip


def at_centre(where, **more) -> Household:
    one = household(where, **more)
    with acting(where["system"]):
        Stay.objects.create(household=one, centre=where.centre, arrived_on=date(2025, 9, 1))
    return one


def test_a_need_is_added_to_all_chosen_and_logged_for_each(stage):
    one, two = household(stage), household(stage, needs=["kindergarten"])
    change_households(
        stage["imdi_caseworker"], kind="add_need", value="ground_floor", households=seen(one, two)
    )
    one, two = fresh(stage, one, two)
    assert (one.needs, two.needs) == (["ground_floor"], ["ground_floor", "kindergarten"])
    assert (one.version, two.version) == (2, 2)
    with acting(stage["auditor"]):
        logged = AuditEvent.objects.filter(verb="change_households", outcome="done")
        assert {e.object_id for e in logged} == {"*", str(one.pk), str(two.pk)}


@pytest.mark.parametrize(
    ("kind", "value", "more", "why"),
    [
        ("add_need", "kindergarten", {"needs": ["kindergarten"]}, "has_it_already"),
        ("remove_need", "kindergarten", {}, "does_not_have_it"),
        ("add_need", "kindergarten", {"stage": "left"}, "needs_are_fixed"),
        ("resolve_recheck", "", {}, "nothing_to_resolve"),
    ],
)
def test_one_that_does_not_go_stops_all_and_nothing_is_changed(stage, kind, value, more, why):
    fits = household(stage, needs=["kindergarten"] if kind == "remove_need" else [], recheck=["birth"])
    stops = household(stage, **more)
    with pytest.raises(Refused) as refused:
        change_households(stage["imdi_caseworker"], kind=kind, value=value, households=seen(fits, stops))
    assert (refused.value.code, refused.value.facts["why"]) == ("change_does_not_go", why)
    assert [row.version for row in fresh(stage, fits, stops)] == [1, 1]
    with acting(stage["imdi_caseworker"]):
        told = preview(stage["imdi_caseworker"], Change(kind, value), [fits.pk, stops.pk], DAY)
    assert {one.reference: one.code for one in told} == {fits.reference: "goes_through", stops.reference: why}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "paint", "value": ""}, "no_such_change"),
        ({"kind": "add_need", "value": "gold_taps"}, "no_such_need"),
        ({"kind": "add_need", "value": "kindergarten", "households": []}, "no_household_chosen"),
    ],
)
def test_what_is_no_change_is_refused_by_name(stage, given, code):
    one = household(stage)
    with pytest.raises(Refused) as refused:
        change_households(stage["imdi_caseworker"], **{"households": seen(one), **given})
    assert refused.value.code == code
    with acting(stage["auditor"]):
        (event,) = AuditEvent.objects.filter(verb="change_households", outcome="refused")
        assert event.facts["code"] == code


def test_more_than_can_be_looked_through_is_refused(stage, monkeypatch):
    monkeypatch.setattr("bosett_server.actions.bulk.MOST", 1)
    with pytest.raises(Refused, match="too_many_chosen"):
        change_households(
            stage["imdi_caseworker"], kind="add_need", value="kindergarten",
            households=seen(household(stage), household(stage)),
        )  # fmt: skip


def test_a_household_changed_since_the_preview_stops_all(stage):
    one, two = household(stage), household(stage)
    with acting(stage["system"]):
        Household.objects.filter(pk=two.pk).update(version=7)
    with pytest.raises(Refused, match="somebody_changed_it_meanwhile"):
        change_households(
            stage["imdi_caseworker"], kind="add_need", value="kindergarten", households=seen(one, two)
        )
    assert fresh(stage, one)[0].needs == []


def test_one_out_of_sight_or_protected_stops_all(stage):
    one, sealed = household(stage), household(stage, protection="fortrolig")
    with pytest.raises(NotInSight):
        change_households(
            stage["imdi_caseworker"], kind="add_need", value="kindergarten", households=seen(one, sealed)
        )
    assert fresh(stage, one)[0].needs == []


@pytest.mark.parametrize("role", ["udi_reception", "centre", "bufetat", "municipality_coordinator"])
def test_needs_are_changed_by_imdi_alone(stage, role):
    with pytest.raises(NotPermitted):
        change_households(
            stage[role], kind="add_need", value="kindergarten", households=seen(household(stage))
        )


def test_centres_are_changed_by_udi_alone(stage, other_centre):
    with pytest.raises(NotPermitted):
        change_households(
            stage["imdi_lead"],
            kind="move_centre",
            value=str(other_centre.pk),
            households=seen(at_centre(stage)),
        )


def test_undo_gives_back_needs_and_recheck_flags_as_they_were(stage):
    one = household(stage, recheck=["birth", "split"])
    with acting(stage["system"]):
        event = LifeEvent.objects.create(household=one, kind="birth", happened_on=DAY, recorded_at=NOW)
    before = change_households(stage["imdi_caseworker"], kind="resolve_recheck", households=seen(one))
    assert fresh(stage, one)[0].recheck == []
    with acting(stage["system"]):
        assert LifeEvent.objects.get(pk=event.pk).resolved_at is not None
    assert undo_change(stage["imdi_caseworker"], kind="resolve_recheck", before=before) == 1
    assert fresh(stage, one)[0].recheck == ["birth", "split"]
    with acting(stage["system"]):
        assert LifeEvent.objects.get(pk=event.pk).resolved_at is None


def test_a_move_ends_one_stay_and_begins_another_and_undo_leaves_no_trace_of_a_stay(stage, other_centre):
    one = at_centre(stage)
    actor, value = stage["udi_reception"], str(other_centre.pk)
    before = change_households(actor, kind="move_centre", value=value, households=seen(one))
    with acting(stage["system"]):
        stays = list(Stay.objects.filter(household=one).order_by("id").values_list("centre_id", "left_on"))
    assert stays == [(stage.centre.pk, DAY), (other_centre.pk, None)]
    assert fresh(stage, one)[0].centre_id == other_centre.pk
    undo_change(actor, kind="move_centre", before=before)
    with acting(stage["system"]):
        stays = list(Stay.objects.filter(household=one).values_list("centre_id", "left_on"))
    assert stays == [(stage.centre.pk, None)]
    assert fresh(stage, one)[0].centre_id == stage.centre.pk


def test_a_centre_for_minors_takes_no_others(stage, other_centre):
    one = at_centre(stage)
    with acting(stage["system"]):
        Centre.objects.filter(pk=other_centre.pk).update(kind="care_centre")
    with pytest.raises(Refused, match="other_group"):
        change_households(
            stage["udi_reception"], kind="move_centre", value=str(other_centre.pk), households=seen(one)
        )


def test_undo_is_refused_whole_when_somebody_has_changed_one_since(stage):
    one, two = household(stage), household(stage)
    actor = stage["imdi_caseworker"]
    before = change_households(actor, kind="add_need", value="kindergarten", households=seen(one, two))
    change_households(
        stage["imdi_lead"], kind="add_need", value="ground_floor", households=seen(*fresh(stage, two))
    )
    with pytest.raises(Refused, match="changed_since"):
        undo_change(actor, kind="add_need", before=before)
    assert fresh(stage, one)[0].needs == ["kindergarten"]


def test_the_pages_choose_show_change_and_take_back(stage, browser):
    fits, stops = household(stage), household(stage, needs=["kindergarten"])
    client = browser("imdi_caseworker")
    chosen = {"selected": [str(fits.pk), str(stops.pk)], "change": "add_need", "query": "stage=ready"}
    asks = client.post("/households/change/", chosen)
    assert asks.status_code == 200
    assert 'name="value"' in asks.content.decode()
    shown = client.post("/households/change/", chosen | {"value": "kindergarten"}).content.decode()
    assert f'value="{fits.pk}:1"' in shown
    assert f'value="{stops.pk}:1"' not in shown
    key = re.search(r'name="request_key" value="([^"]+)"', shown)[1]
    done = client.post(
        "/households/change/do/",
        {"change": "add_need", "value": "kindergarten", "household": [f"{fits.pk}:1"], "request_key": key},
    )
    assert done.status_code == 302
    assert fresh(stage, fits)[0].needs == ["kindergarten"]
    assert "/households/undo/" in client.get(done.headers["Location"]).content.decode()
    assert client.post("/households/undo/").status_code == 302
    assert fresh(stage, fits)[0].needs == []
    client.post("/households/undo/")
    assert fresh(stage, fits)[0].version == 3


def test_the_same_form_sent_twice_changes_once(stage, browser):
    one = household(stage)
    client = browser("imdi_caseworker")
    form = {
        "change": "add_need",
        "value": "kindergarten",
        "household": [f"{one.pk}:1"],
        "request_key": "abc-1",
    }
    for _ in range(2):
        assert client.post("/households/change/do/", form).status_code == 302
    assert fresh(stage, one)[0].version == 2


def test_the_time_to_undo_is_over_after_a_minute(stage, browser, monkeypatch):
    one = household(stage)
    client = browser("imdi_caseworker")
    client.post(
        "/households/change/do/",
        {"change": "add_need", "value": "kindergarten", "household": [f"{one.pk}:1"]},
    )
    monkeypatch.setattr("bosett_server.web.undo_offer.SERVER_SECONDS", -1)
    client.post("/households/undo/")
    assert fresh(stage, one)[0].needs == ["kindergarten"]
