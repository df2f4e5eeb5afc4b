"""Delivery: once, whole, nothing overwritten, nothing personal on the outside; journal of decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bosett.outputs.delivery import FolderDelivery, Outcome, Parcel, Receipt, deliver_all, email_message
from bosett.outputs.journal import FIELDS, assignment_entry
from bosett.terms.errors import BadInput

LETTER = Parcel(
    "2026-4299-1", "4299", "Valdalen kommune", "Anmodning 2026", "anmodning-2026-4299.pdf", b"%PDF a"
)


def test_a_parcel_lies_in_its_recipients_folder(tmp_path: Path) -> None:
    receipt = FolderDelivery(tmp_path).deliver(LETTER)
    assert receipt == Receipt("2026-4299-1", Outcome.DELIVERED, "4299/anmodning-2026-4299.pdf")
    assert (tmp_path / receipt.where).read_bytes() == b"%PDF a"


def test_the_same_parcel_again_changes_nothing_and_another_of_its_name_is_refused(tmp_path: Path) -> None:
    carrier = FolderDelivery(tmp_path)
    assert carrier.deliver(LETTER) == carrier.deliver(LETTER)
    other = Parcel("2026-4299-2", "4299", "Valdalen kommune", "Anmodning 2026", LETTER.file_name, b"%PDF b")
    with pytest.raises(BadInput, match="another file of that name"):
        carrier.deliver(other)
    assert (tmp_path / "4299" / LETTER.file_name).read_bytes() == b"%PDF a"


def test_a_key_that_comes_twice_is_carried_once() -> None:
    carried: list[str] = []

    class Counting:
        def deliver(self, parcel: Parcel) -> Receipt:
            carried.append(parcel.key)
            return Receipt(parcel.key, Outcome.HANDED_OVER)

    assert len(deliver_all([LETTER, LETTER], Counting())) == 1
    assert carried == ["2026-4299-1"]


def test_an_email_holds_the_file_and_says_only_its_title() -> None:
    message = email_message(LETTER, "post@imdi.example", {"4299": "post@valdalen.example"})
    assert message is not None
    assert (message["To"], message["Subject"]) == ("post@valdalen.example", "Anmodning 2026")
    (attached,) = message.iter_attachments()
    assert attached.get_content() == b"%PDF a"
    body = message.get_body()
    assert body is not None
    assert body.get_content() == "Anmodning 2026\nanmodning-2026-4299.pdf\n"


def test_one_without_an_address_gets_no_email() -> None:
    assert email_message(LETTER, "post@imdi.example", {}) is None


def test_an_assignment_decision_is_journalled_without_a_name_and_kept_from_the_public() -> None:
    facts = {
        "case_number": "2026/99",
        "decision_number": "2026-12",
        "sender": "IMDi",
        "recipient": "Valdalen kommune",
        "recipient_code": "4299",
        "language": "nn",
    }
    entry = assignment_entry(b"%PDF", "v-12.pdf", day=date(2026, 3, 2), restriction="its paragraph", **facts)
    told = dict(zip(FIELDS, entry.cells, strict=True))
    assert told["tittel"] == "Tildeling av busetjingskommune 2026-12"
    assert told["tilgangsrestriksjon"] == "its paragraph"
    with pytest.raises(ValueError, match="keeps it from the public"):
        assignment_entry(b"%PDF", "v-12.pdf", day=date(2026, 3, 2), restriction=" ", **facts)
    assert told["journalposttype"] == "U"
