"""Delivery behind one port: a folder and e-mail here; what speaks to other systems lives in the service.

A parcel is a file for one recipient.  Whatever carries it says what became of it: a receipt is never
made up, and a refusal is a receipt too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bosett.outputs.whole import write_file_whole
from bosett.terms.errors import BadInput


class Outcome(StrEnum):
    """What became of a parcel."""

    DELIVERED = "delivered"
    HANDED_OVER = "handed_over"
    """Another system has it; whether it was opened is that system's to say."""
    NO_ADDRESS = "no_address"
    REFUSED = "refused"


@dataclass(frozen=True)
class Parcel:
    """One paper on its way.

    Parameters
    ----------
    key
        Unique for the paper and its version: the same key twice is delivered once.
    recipient_code
        The municipality's code.
    title
        Shown on the outside: never names a person.
    """

    key: str
    recipient_code: str
    recipient: str
    title: str
    file_name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What the carrier says of a parcel; `where` is its own reference."""

    key: str
    outcome: Outcome
    where: str = ""


class Delivery(Protocol):
    """The port: anything that carries parcels."""

    def deliver(self, parcel: Parcel) -> Receipt:
        """Carry one parcel and say what became of it; the same key again changes nothing."""


@dataclass(frozen=True)
class FolderDelivery:
    """Into a folder for each recipient: for systems that fetch files, and for trying out."""

    folder: Path

    def deliver(self, parcel: Parcel) -> Receipt:
        """Write the file whole.

        Raises
        ------
        BadInput
            If another file of that name is there already: nothing is overwritten.
        """
        target = self.folder / parcel.recipient_code / parcel.file_name
        if target.exists() and target.read_bytes() != parcel.content:
            raise BadInput("another file of that name", "a name of its own for each paper", str(target))
        write_file_whole(target, lambda made: _write(made, parcel.content))
        return Receipt(parcel.key, Outcome.DELIVERED, f"{parcel.recipient_code}/{parcel.file_name}")


def email_message(parcel: Parcel, sender: str, addresses: Mapping[str, str]) -> EmailMessage | None:
    """The message that carries a parcel; None when the recipient has no address.

    Its text holds the title only.  A paper about a person is not sent by e-mail: whoever calls this
    sends requests and notices.
    """
    address = addresses.get(parcel.recipient_code)
    if address is None:
        return None
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, address, parcel.title
    message["Message-ID"] = f"<{parcel.sha256[:32]}@{sender.rpartition('@')[2]}>"
    message.set_content(f"{parcel.title}\n{parcel.file_name}\n")
    message.add_attachment(parcel.content, maintype="application", subtype="pdf", filename=parcel.file_name)
    return message


def deliver_all(parcels: Iterable[Parcel], delivery: Delivery) -> tuple[Receipt, ...]:
    """Carry every parcel once, in order; a key that comes twice is carried the first time only."""
    receipts: dict[str, Receipt] = {}
    for parcel in parcels:
        if parcel.key not in receipts:
            receipts[parcel.key] = delivery.deliver(parcel)
    return tuple(receipts.values())


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
