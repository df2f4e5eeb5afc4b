"""The demo's reception: made-up contracts, a centre planned, one its municipality is asked about, one closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bosett.capacity import PlaceKind
from bosett_server.access import clock
from bosett_server.records.models import (
    Centre,
    CentrePlaces,
    CentreProcess,
    CentreStep,
    Contract,
    LedgerForecast,
    LedgerOutcome,
    User,
)

Step = tuple[str, date, str, str]
PRICES = {PlaceKind.CARE_CENTRE.value: (4700, 4700, 5200), PlaceKind.MINORS_15_17.value: (1500, 1300, 2000)}
OTHERS = (650, 556, 781)
MADE_UP = "Syntetisk, laget for demonstrasjonen"


def fill_reception(today: date, home: str, udi: User) -> None:
    """Contracts for every centre, three processes and one internal forecast; all synthetic and marked so."""
    centres = list(Centre.objects.filter(announced_on__isnull=False).order_by("id"))
    places = dict(CentrePlaces.objects.values_list("centre_id", "count"))
    Contract.objects.bulk_create([_contract(one, places.get(one.pk, 0), today) for one in centres])
    _plan(today, centres[0].municipality_id)
    _asked(today, home, udi)
    _closing(today, centres, udi)
    _ledger(today, udi)


def _contract(one: Centre, places: int, today: date) -> Contract:
    """Three of four places fixed, the rest on call; every third is locked in, every other has an option."""
    occupied, empty, call = PRICES.get(one.kind, OTHERS)
    ends = today + timedelta(days=180 + 45 * (one.pk % 5))
    return Contract(
        centre=one, fixed_places=places - places // 4, call_places=places // 4, price_per_place_day_nok=occupied,
        price_empty_nok=empty, price_call_nok=call, notice_days=91, lead_days=21, starts_on=one.opens_on, ends_on=ends,
        locked_until=today + timedelta(days=60) if one.pk % 3 == 0 else None,
        options=[{"days": 365, "say_before_days": 90}] if one.pk % 2 == 0 else [], document=MADE_UP, synthetic=True,
    )  # fmt: skip


def _plan(today: date, municipality: str) -> None:
    """A centre that only UDI knows of yet."""
    centre = _centre("Syntetisk mottak uten kunngjøring", municipality, today + timedelta(days=60))
    _process(
        centre, "opening", 120, centre.opens_on, [("planned", today - timedelta(days=9), "UDI", MADE_UP)]
    )


def _asked(today: date, municipality: str, udi: User) -> None:
    """A centre that the host municipality is asked about, and nobody else sees."""
    centre = _centre("Syntetisk akuttmottak på høring", municipality, today + timedelta(days=45))
    informed = today - timedelta(days=4)
    steps: list[Step] = [
        ("planned", today - timedelta(days=12), "UDI", MADE_UP),
        ("informed", informed, "Ordfører og kommunedirektør", MADE_UP),
    ]
    _process(centre, "opening", 80, centre.opens_on, steps, informed=informed)


def _closing(today: date, centres: Sequence[Centre], udi: User) -> None:
    """The last of the ordinary centres closes in the autumn, after its municipality was heard."""
    centre = [one for one in centres if one.kind == PlaceKind.EMERGENCY or one.kind == PlaceKind.ORDINARY][-1]
    closes, heard = today + timedelta(days=200), today - timedelta(days=20)
    informed, announced = today - timedelta(days=34), today - timedelta(days=6)
    steps: list[Step] = [
        ("planned", today - timedelta(days=50), "UDI", MADE_UP),
        ("informed", informed, "Ordfører og kommunedirektør", MADE_UP),
        ("consulted", heard, "UDI", MADE_UP),
        ("notice_given", heard + timedelta(days=5), "Driftsoperatøren", MADE_UP),
        ("announced", announced, "Alle som arbeider med mottak", MADE_UP),
    ]
    count = sum(CentrePlaces.objects.filter(centre=centre).values_list("count", flat=True))
    _process(centre, "closing", count, closes, steps, informed=informed, announced=announced)
    CentrePlaces.objects.filter(centre=centre, ends_on__isnull=True).update(ends_on=closes)
    Centre.objects.filter(pk=centre.pk).update(
        closes_on=closes, dialogue_on=heard, dialogue_reference=MADE_UP
    )


def _centre(name: str, municipality: str, opens_on: date) -> Centre:
    return Centre.objects.create(
        name=name, kind=PlaceKind.EMERGENCY.value, operator_kind="private", municipality_id=municipality,
        opens_on=opens_on, synthetic=True,
    )  # fmt: skip


def _process(
    centre: Centre,
    direction: str,
    places: int,
    planned_on: date,
    steps: Sequence[Step],
    *,
    informed: date | None = None,
    announced: date | None = None,
) -> None:
    made = CentreProcess.objects.create(
        centre=centre, municipality_id=centre.municipality_id, direction=direction, name=centre.name, kind=centre.kind,
        places=places, planned_on=planned_on, answer_days=14, informed_on=informed, announced_on=announced,
        synthetic=True,
    )  # fmt: skip
    now = clock.now()
    CentreStep.objects.bulk_create(
        CentreStep(process=made, step=step, on=on, told=told, document=document, recorded_at=now)
        for step, on, told, document in steps
    )


def _ledger(today: date, udi: User) -> None:
    """An internal forecast and a revised outcome, both made up; the published ones come with the version."""
    now = clock.now()
    LedgerForecast.objects.create(
        made=(today - timedelta(days=30)).isoformat(), target=str(today.year), series="minors", maker="UDI",
        purpose="preparedness", low=600, point=900, high=1800, vintage="Syntetiske månedstall", source=MADE_UP,
        internal=True, synthetic=True, recorded_at=now, recorded_by=udi,
    )  # fmt: skip
    for days, value, vintage in ((50, 940, "januar"), (14, 951, "mars, revidert")):
        LedgerOutcome.objects.create(
            series="minors", target=str(today.year - 1), value=value, vintage=f"Syntetiske månedstall, {vintage}",
            source=MADE_UP, synthetic=True, recorded_at=now - timedelta(days=days), recorded_by=udi,
        )  # fmt: skip
