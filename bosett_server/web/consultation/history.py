"""What was changed in a meeting, an action or a matter, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bosett_server.queries.consultation_history import Change, Row
from bosett_server.web.consultation.wording import Names, names_of, span
from bosett_server.web.look.dates import date_words
from bosett_server.words.consultation import STATES


@dataclass(frozen=True)
class ToldChange:
    """One change: when, in whose name, and what it was before."""

    at: datetime
    by: str
    sentences: tuple[str, ...]


def meeting_changed(changes: Sequence[Change]) -> list[ToldChange]:
    """How a meeting was before."""
    names = names_of({code for one in changes for code in (*one.before["parties"], one.body)} - {""})
    return [_told(one, names, _of_meeting(one, names)) for one in changes]


def action_changed(changes: Sequence[Change]) -> list[ToldChange]:
    """How an action was before."""
    names = names_of({one.body for one in changes} - {""})
    return [_told(one, names, _of_action(one)) for one in changes]


def matter_changed(changes: Sequence[Change]) -> list[ToldChange]:
    """When a matter was merged and closed; who did it is not told, since a matter can be a nameless one's."""
    return [_told(one, {}, _of_matter(one)) for one in changes]


def _told(one: Change, names: Names, sentences: Iterator[str]) -> ToldChange:
    return ToldChange(timezone.localtime(one.at), names.get(one.body, ""), tuple(sentences))


def _of_meeting(one: Change, names: Names) -> Iterator[str]:
    before, after = one.before, one.after
    if one.changed("title"):
        yield _("The title was: %(before)s") % {"before": before["title"]}
    if one.changed("starts", "ends"):
        yield _("The time was: %(before)s") % {
            "before": span(_moment(before, "starts"), _moment(before, "ends"))
        }
    if one.changed("place"):
        yield _("The place was: %(before)s") % {"before": before["place"] or _("none")}
    if one.changed("parties"):
        yield _("Those called were: %(before)s") % {
            "before": ", ".join(names[code] for code in before["parties"])
        }
    if one.changed("state"):
        yield _("From %(before)s to %(after)s") % {
            "before": str(STATES[before["state"]]).lower(), "after": str(STATES[after["state"]]).lower(),
        }  # fmt: skip
    if one.changed("agenda_version"):
        yield _("The agenda was made, version %(number)s") % {"number": after["agenda_version"]}


def _of_action(one: Change) -> Iterator[str]:
    if one.changed("due"):
        yield _("It was due: %(before)s") % {"before": _day(one.before["due"])}
    if one.changed("done_on") and one.after["done_on"]:
        yield _("Reported as done on %(day)s") % {"day": _day(one.after["done_on"])}


def _of_matter(one: Change) -> Iterator[str]:
    if one.changed("into_id"):
        yield (
            _("It became part of another matter") if one.after["into_id"] else _("It stands by itself again")
        )
    if one.changed("closed_on") and one.after["closed_on"]:
        yield _("Closed on %(day)s") % {"day": _day(one.after["closed_on"])}


def _moment(row: Row, column: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(row[column]))


def _day(text: str) -> str:
    return date_words(date.fromisoformat(text))
