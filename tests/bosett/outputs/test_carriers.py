"""SvarUt and Altinn against stand-ins that keep to the published descriptions; never the real services."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bosett.outputs.altinn import AltinnDelivery
from bosett.outputs.carrier import Call, CallAnswer, PostalAddress
from bosett.outputs.delivery import Outcome, Parcel, Receipt, deliver_all
from bosett.outputs.svarut import SvarUtDelivery
from bosett.terms.errors import BadInput

ADDRESSES = {"4299": PostalAddress("Valdalen kommune", "999999999", "4999", "Valdalen")}
LETTER = Parcel("bosett/2026/4299/1", "4299", "Valdalen kommune", "Anmodning 2026", "a-4299.pdf", b"%PDF a")
ELSEWHERE = Parcel("k2", "1899", "Øy kommune", "Anmodning 2026", "a-1899.pdf", b"%PDF b")


class SvarUtStandIn:
    """Keeps shipments as KS's description says: required fields, files by name, ids, states."""

    def __init__(self) -> None:
        self.shipments: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.state = "SENDT_DIGITALT"

    def __call__(self, call: Call) -> CallAnswer:
        path = call.path.removeprefix("/tjenester/api/forsendelse/v1")
        if call.method == "POST" and path == "/sendForsendelse":
            return self._send(call)
        if call.method == "GET" and path.startswith("/eksternref/"):
            reference = path.removeprefix("/eksternref/").replace("%2F", "/")
            found = [key for key, one in self.shipments.items() if one["eksternReferanse"] == reference]
            return answer(200, {"forsendelseIder": [{"id": one} for one in found]})
        if call.method == "GET" and path.endswith("/status") and path.split("/")[1] in self.shipments:
            return answer(200, {"status": self.state})
        return CallAnswer(404)

    def _send(self, call: Call) -> CallAnswer:
        shipment = json.loads(dict(call.fields)["forsendelse"])
        receiver = shipment.get("mottaker", {})
        complete = (
            isinstance(shipment.get("tittel"), str)
            and len(receiver["digitalAdresse"]["organisasjonsNummer"]) == 9
            and {"navn", "postSted"} <= set(receiver["postAdresse"])
            and all({"filnavn", "mimeType"} <= set(one) for one in shipment["dokumenter"])
        )
        sent = {one.file_name: one.content for one in call.files if one.name == "filer"}
        if not complete or set(sent) != {one["filnavn"] for one in shipment["dokumenter"]}:
            return answer(400, {"message": "incomplete"})
        key = f"00000000-0000-4000-8000-{len(self.shipments):012}"
        self.shipments[key] = shipment
        self.files |= sent
        return answer(200, {"id": key})


class AltinnStandIn:
    """Keeps messages as Digdir's description says: a resource, a recipient, a content, an attachment."""

    NEEDED = (
        "Correspondence.ResourceId",
        "Correspondence.SendersReference",
        "Correspondence.Content.Language",
        "Correspondence.Content.MessageTitle",
        "Correspondence.Content.MessageBody",
        "Correspondence.Content.Attachments[0].FileName",
    )

    def __init__(self, state: str = "Initialized") -> None:
        self.messages: list[dict[str, str]] = []
        self.state = state

    def __call__(self, call: Call) -> CallAnswer:
        if (call.method, call.path) != ("POST", "/correspondence/api/v1/correspondence/upload"):
            return CallAnswer(404)
        told = dict(call.fields)
        recipient = told.get("Recipients[0]", "")
        named = [one.file_name for one in call.files if one.name == "Attachments"]
        if not all(told.get(name) for name in self.NEEDED) or named != [told[self.NEEDED[-1]]]:
            return CallAnswer(400)
        if not recipient.startswith("urn:altinn:organization:identifier-no:"):
            return CallAnswer(400)
        self.messages.append(told)
        number = f"00000000-0000-4000-8000-{len(self.messages):012}"
        row = {"correspondenceId": number, "status": self.state, "recipient": recipient}
        return answer(200, {"correspondences": [row], "attachmentIds": []})


def answer(status: int, body: dict[str, Any]) -> CallAnswer:
    return CallAnswer(status, json.dumps(body).encode())


def test_svarut_gets_the_letter_with_digital_and_postal_address() -> None:
    stand_in = SvarUtStandIn()
    receipt = SvarUtDelivery(stand_in, ADDRESSES).deliver(LETTER)
    assert receipt.outcome is Outcome.HANDED_OVER
    shipment = stand_in.shipments[receipt.where]
    assert shipment["mottaker"]["digitalAdresse"] == {"organisasjonsNummer": "999999999"}
    assert shipment["mottaker"]["postAdresse"]["postSted"] == "Valdalen"
    assert stand_in.files == {"a-4299.pdf": b"%PDF a"}


def test_svarut_gets_the_same_letter_once() -> None:
    stand_in = SvarUtStandIn()
    carrier = SvarUtDelivery(stand_in, ADDRESSES)
    assert carrier.deliver(LETTER) == carrier.deliver(LETTER)
    assert len(stand_in.shipments) == 1


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("LEST", Outcome.DELIVERED),
        ("PRINTET", Outcome.DELIVERED),
        ("AVVIST", Outcome.REFUSED),
        ("VARSLET", Outcome.HANDED_OVER),
    ],
)
def test_svarut_says_later_what_became_of_it(state: str, outcome: Outcome) -> None:
    stand_in = SvarUtStandIn()
    carrier = SvarUtDelivery(stand_in, ADDRESSES)
    receipt = carrier.deliver(LETTER)
    stand_in.state = state
    assert carrier.status(receipt) == Receipt(receipt.key, outcome, receipt.where)


def test_a_parcel_that_svarut_does_not_know_keeps_its_receipt() -> None:
    receipt = Receipt("k", Outcome.HANDED_OVER, "gone")
    assert SvarUtDelivery(SvarUtStandIn(), ADDRESSES).status(receipt) == receipt


def test_a_name_that_svarut_refuses_is_found_before_it_is_sent() -> None:
    stand_in = SvarUtStandIn()
    odd = Parcel("k", "4299", "Valdalen kommune", "Anmodning", "a:b.pdf", b"%PDF")
    with pytest.raises(BadInput, match=r"a:b\.pdf"):
        SvarUtDelivery(stand_in, ADDRESSES).deliver(odd)
    assert stand_in.shipments == {}


def test_altinn_gets_a_message_with_the_letter() -> None:
    stand_in = AltinnStandIn()
    receipt = AltinnDelivery(stand_in, ADDRESSES, "bosett-anmodning", "nn").deliver(LETTER)
    assert receipt.outcome is Outcome.HANDED_OVER
    (message,) = stand_in.messages
    assert message["Recipients[0]"] == "urn:altinn:organization:identifier-no:999999999"
    assert message["Correspondence.Content.Language"] == "nn"


def test_a_second_attempt_carries_the_same_key_and_another_letter_another() -> None:
    stand_in = AltinnStandIn()
    carrier = AltinnDelivery(stand_in, ADDRESSES, "bosett-anmodning")
    for parcel in (LETTER, LETTER, Parcel("other", "4299", "V", "Anmodning", "b.pdf", b"%PDF")):
        carrier.deliver(parcel)
    keys = [message["IdempotentKey"] for message in stand_in.messages]
    assert keys[0] == keys[1] != keys[2]


def test_a_message_that_failed_is_a_refusal() -> None:
    receipt = AltinnDelivery(AltinnStandIn("Failed"), ADDRESSES, "bosett-anmodning").deliver(LETTER)
    assert receipt == Receipt(LETTER.key, Outcome.REFUSED, "Failed")


def test_one_without_an_address_is_told_and_the_others_are_sent() -> None:
    stand_in = SvarUtStandIn()
    receipts = deliver_all([ELSEWHERE, LETTER], SvarUtDelivery(stand_in, ADDRESSES))
    assert [one.outcome for one in receipts] == [Outcome.NO_ADDRESS, Outcome.HANDED_OVER]
    assert AltinnDelivery(AltinnStandIn(), ADDRESSES, "r").deliver(ELSEWHERE).outcome is Outcome.NO_ADDRESS


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_a_refusal_keeps_its_number(status: int) -> None:
    def refusing(_: Call) -> CallAnswer:
        return CallAnswer(status)

    for carrier in (SvarUtDelivery(refusing, ADDRESSES), AltinnDelivery(refusing, ADDRESSES, "r")):
        assert carrier.deliver(LETTER) == Receipt(LETTER.key, Outcome.REFUSED, f"HTTP {status}")


def test_an_answer_that_cannot_be_read_is_never_taken_for_a_delivery() -> None:
    def chatting(_: Call) -> CallAnswer:
        return CallAnswer(200, b"<html>")

    for carrier in (SvarUtDelivery(chatting, ADDRESSES), AltinnDelivery(chatting, ADDRESSES, "r")):
        with pytest.raises(BadInput, match="JSON"):
            carrier.deliver(LETTER)


@pytest.mark.parametrize(
    "wrong", [("V", "12345678", "4999", "V"), ("V", "999999999", "", "V"), ("", "999999999", "1", "V")]
)
def test_an_address_without_its_number_or_place_is_refused(wrong: tuple[str, str, str, str]) -> None:
    with pytest.raises(BadInput):
        PostalAddress(*wrong)
