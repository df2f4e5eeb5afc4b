"""The whole round over the API: planned, answered, closed, followed up; each party on its own."""

from __future__ import annotations

import pytest

from bosett.expenditure.questionnaire import AREAS
from tests.bosett_server.cast import DAY, HERE, THERE, world
from tests.bosett_server.decisions.test_api import Machine
from tests.bosett_server.expenditure.scenes import RATES, decider_there


@pytest.fixture
def stage(db, settings):
    settings.BOSETT_TODAY = DAY
    return world()


def test_a_whole_round_goes_over_the_api(stage, monkeypatch):
    lead = Machine(stage["imdi_lead"], monkeypatch)
    persons = [
        {"municipality": place, "persons": many, "residence_year": year}
        for place, many in ((HERE, "20"), (THERE, "16"))
        for year in range(1, 6)
    ]
    plan = {"year": 2025, "kind": "ordinary", "asked": 2, "minimum": 1, "overlap_percent": 0,
            "answer_due_on": "2026-06-01", "persons": persons, "frame_source": "test"}  # fmt: skip
    made = lead("post", "expenditure/plans", plan)
    assert made.status_code == 200
    where = f"expenditure/rounds/{made.json()['id']}"
    assert lead("post", f"{where}/opening").json() == {"id": 2}
    for clerk, decider, place, nok in (
        (stage["municipality_coordinator"], stage["municipality_decider"], HERE, 900_000),
        (stage["stranger"], decider_there(stage), THERE, 792_000),
    ):
        call = Machine(clerk, monkeypatch)
        lines = [{"area": area, "amount": str(nok)} for area in AREAS["ordinary"]]
        assert call("put", f"{where}/answers/{place}", {"lines": lines}).json() == {"changed": 13}
        assert call("get", f"{where}/answers/{place}").json()["total"] == 13 * nok
        assert call("post", f"{where}/answers/{place}/sending").status_code == 200
        assert Machine(decider, monkeypatch)("post", f"{where}/answers/{place}/approval").status_code == 200
        late = Machine(clerk, monkeypatch)("put", f"{where}/answers/{place}", {"lines": lines[:1]})
        assert late.status_code == 409
    told = {"estimator": "ratio", "rates_nok": RATES}
    assert Machine(stage["imdi_lead"], monkeypatch)("post", f"{where}/closing", told).status_code == 200
    ks = Machine(stage["ks"], monkeypatch)
    found = ks("get", f"{where}/estimates").json()
    # As by page: 855 000 over 5 x 13 x 1 692 000 / 180.
    assert found["result"]["coverage"]["share"] == pytest.approx(855_000 / (5 * 13 * 1_692_000 / 180))
    kept = ks("post", f"{where}/scenarios", {"name": "Helhet", "target_percent": "100"}).json()["id"]
    assert ks("get", f"{where}/scenarios/{kept}").json()["scenario"]["name"] == "Helhet"
    ministry = Machine(stage["ministry"], monkeypatch)
    assert ministry("get", f"{where}/scenarios/{kept}").status_code == 404
    assert ministry("get", f"{where}/scenarios").json()["items"] == []
    assert (
        Machine(stage["ks"], monkeypatch)("post", f"expenditure/scenarios/{kept}/sharing").status_code == 200
    )
    assert Machine(stage["ministry"], monkeypatch)("get", f"{where}/scenarios/{kept}").status_code == 200
