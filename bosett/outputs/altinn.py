"""Parcels as messages in Altinn 3 Correspondence.

Written from the published description of the interface (a message with its attachment in one form,
recipients by organisation number, a bearer token from Maskinporten that the transport adds).  Tried
against a stand-in that keeps to that description; NOT YET TRIED AGAINST THE REAL SERVICE.

Source: Digdir, https://docs.altinn.studio/correspondence/reference/ (read November 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from bosett.outputs.carrier import Call, FilePart, PostalAddress, Transport
from bosett.outputs.delivery import Outcome, Parcel, Receipt

UPLOAD = "/correspondence/api/v1/correspondence/upload"
RECIPIENT = "urn:altinn:organization:identifier-no:"
FAILED = "Failed"


@dataclass(frozen=True)
class AltinnDelivery:
    """The port to Altinn.

    Parameters
    ----------
    resource_id
        The sender's resource in Altinn's register, which decides who may send and read.
    language
        Of the message: `nb` or `nn`.
    """

    transport: Transport
    addresses: Mapping[str, PostalAddress]
    resource_id: str
    language: str = "nb"

    def deliver(self, parcel: Parcel) -> Receipt:
        """Send one parcel; its key goes along, so that Altinn can see a second attempt.

        Raises
        ------
        BadInput
            If the answer cannot be read.
        """
        address = self.addresses.get(parcel.recipient_code)
        if address is None:
            return Receipt(parcel.key, Outcome.NO_ADDRESS)
        answer = self.transport(self._call(parcel, RECIPIENT + address.organisation_number))
        if answer.status != 200:
            return Receipt(parcel.key, Outcome.REFUSED, f"HTTP {answer.status}")
        found = answer.read().get("correspondences") or []
        if not found or found[0].get("status") == FAILED:
            return Receipt(parcel.key, Outcome.REFUSED, FAILED)
        return Receipt(parcel.key, Outcome.HANDED_OVER, str(found[0]["correspondenceId"]))

    def _call(self, parcel: Parcel, recipient: str) -> Call:
        content = "Correspondence.Content."
        fields = (
            ("Recipients[0]", recipient),
            ("IdempotentKey", str(uuid5(NAMESPACE_URL, parcel.key))),
            ("Correspondence.ResourceId", self.resource_id),
            ("Correspondence.SendersReference", parcel.key),
            (f"{content}Language", self.language),
            (f"{content}MessageTitle", parcel.title),
            (f"{content}MessageSummary", parcel.title),
            (f"{content}MessageBody", parcel.title),
            (f"{content}Attachments[0].FileName", parcel.file_name),
            (f"{content}Attachments[0].SendersReference", parcel.key),
            (f"{content}Attachments[0].IsEncrypted", "false"),
        )
        files = (FilePart("Attachments", parcel.file_name, "application/pdf", parcel.content),)
        return Call("POST", UPLOAD, fields, files)
