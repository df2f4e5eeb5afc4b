"""Parcels to KS SvarUt, which puts them in the municipality's Altinn inbox and prints what nobody opens.

Written from the published description of ForsendelseRestServiceV1 and KS's own client (basic
authentication, a multipart form with `forsendelse` as JSON and the files as `filer`).  Tried against a
stand-in that keeps to that description; NOT YET TRIED AGAINST THE REAL SERVICE.

Source: KS, https://github.com/ks-no/svarut-rest-klient (read November 2026).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from bosett.outputs.carrier import Call, FilePart, PostalAddress, Transport
from bosett.outputs.delivery import Outcome, Parcel, Receipt
from bosett.terms.errors import BadInput

BASE = "/tjenester/api/forsendelse/v1"
FORBIDDEN_IN_NAMES = set('"<>?*|:\\/')
SYSTEM = "Bosett"
OUTCOMES: Mapping[str, Outcome] = {
    "LEST": Outcome.DELIVERED,
    "PRINTET": Outcome.DELIVERED,
    "LEVERT_SDP": Outcome.DELIVERED,
    "AVVIST": Outcome.REFUSED,
    "IKKE_LEVERT": Outcome.REFUSED,
}
"""SvarUt's states that settle a parcel; every other means that it is on its way."""


@dataclass(frozen=True)
class SvarUtDelivery:
    """The port to SvarUt.

    Parameters
    ----------
    addresses
        By municipality code.
    """

    transport: Transport
    addresses: Mapping[str, PostalAddress]

    def deliver(self, parcel: Parcel) -> Receipt:
        """Send one parcel; one that SvarUt already has under its key is not sent again.

        Raises
        ------
        BadInput
            If the file's name holds a sign that SvarUt refuses, or its answer cannot be read.
        """
        address = self.addresses.get(parcel.recipient_code)
        if address is None:
            return Receipt(parcel.key, Outcome.NO_ADDRESS)
        if set(parcel.file_name) & FORBIDDEN_IN_NAMES:
            raise BadInput(repr(parcel.file_name), 'a name without " < > ? * | : \\ /')
        known = self._known(parcel.key)
        if known:
            return Receipt(parcel.key, Outcome.HANDED_OVER, known)
        answer = self.transport(_call(parcel, address))
        if answer.status != 200:
            return Receipt(parcel.key, Outcome.REFUSED, f"HTTP {answer.status}")
        return Receipt(parcel.key, Outcome.HANDED_OVER, str(answer.read()["id"]))

    def status(self, receipt: Receipt) -> Receipt:
        """What has become of a parcel that SvarUt has; the same receipt when it says nothing new."""
        answer = self.transport(Call("GET", f"{BASE}/{quote(receipt.where, safe='')}/status"))
        if answer.status != 200:
            return receipt
        outcome = OUTCOMES.get(str(answer.read().get("status")), Outcome.HANDED_OVER)
        return Receipt(receipt.key, outcome, receipt.where)

    def _known(self, key: str) -> str:
        answer = self.transport(Call("GET", f"{BASE}/eksternref/{quote(key, safe='')}"))
        found = answer.read().get("forsendelseIder", []) if answer.status == 200 else []
        return str(found[0]["id"]) if found else ""


def _call(parcel: Parcel, address: PostalAddress) -> Call:
    shipment = {
        "tittel": parcel.title,
        "avgivendeSystem": SYSTEM,
        "eksternReferanse": parcel.key,
        "mottaker": {
            "digitalAdresse": {"organisasjonsNummer": address.organisation_number},
            "postAdresse": {
                "navn": address.name,
                "postNummer": address.postcode,
                "postSted": address.town,
                "land": "Norge",
            },
        },
        "kunDigitalLevering": False,
        "utskriftsKonfigurasjon": {"utskriftMedFarger": False, "tosidig": True},
        "dokumenter": [{"filnavn": parcel.file_name, "mimeType": "application/pdf"}],
    }
    fields = (("forsendelse", json.dumps(shipment, ensure_ascii=False)),)
    files = (FilePart("filer", parcel.file_name, "application/pdf", parcel.content),)
    return Call("POST", f"{BASE}/sendForsendelse", fields, files)
