"""The contract's form: what does not fit is said beside its field, and nothing that was typed is lost."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from bosett_server.access.actor import SYSTEM
from bosett_server.access.context import acting
from bosett_server.records.models import Contract

TYPED = {
    "fixed_places": "80", "price_per_place_day_nok": "651", "price_empty_nok": "557", "call_places": "40",
    "price_call_nok": "783", "lead_days": "21", "notice_days": "91", "starts_on": "2026-04-01",
    "ends_on": "2027-03-31", "locked_until": "2026-10-01", "option_days": "365", "option_say_before": "90",
    "document": "2026/77-3",
}  # fmt: skip


def posted(stage, **changed: str):
    client = Client()
    client.force_login(stage.users["udi_reception"])
    return client.post(f"/reception/{stage.centre.pk}/contract/", TYPED | changed)


def stored() -> list[Contract]:
    with acting(SYSTEM):
        return list(Contract.objects.all())


def test_a_contract_with_its_option_is_stored_as_it_was_typed(stage):
    assert posted(stage).status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
    one = stored()[0]
    assert one.options == [{"days": 365, "say_before_days": 90}]
    assert (one.fixed_places, one.call_places, one.notice_days) == (80, 40, 91)


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_on": "2026-03-31"},
        {"ends_on": "2026-04-01"},
        {"locked_until": "2028-01-01"},
        {"price_per_place_day_nok": "0"},
        {"notice_days": "-1"},
        {"starts_on": "31.02.2026"},
        {"option_say_before": ""},
        {"option_days": ""},
        {"ends_on": "", "locked_until": ""},
        {"fixed_places": "many"},
        {"lead_days": ""},
        {"fixed_places": "0", "call_places": ""},
    ],
    ids=[
        "ends before it starts", "ends the day it starts", "locked beyond its end", "no price", "notice below 0",
        "no such day", "half an option", "the other half", "an option without an end", "words for a number",
        "on call without lead", "no places",
    ],
)  # fmt: skip
def test_a_contract_that_cannot_be_is_refused_and_nothing_typed_is_lost(stage, changed):
    answer = posted(stage, **changed)
    assert answer.status_code in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT)
    page = answer.content.decode()
    assert "error-summary" in page or "ds-validation-message" in page
    for value in (TYPED | changed).values():
        assert not value or f'value="{value}"' in page, value
    assert stored() == []
