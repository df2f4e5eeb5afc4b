"""The file's codes in words, its way as a line of stages, and its history as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel import Locale
from babel.core import get_global
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bosett.registry import Registry
from bosett.terms.errors import BadInput
from bosett_server.queries.household_file import HouseholdFile, PersonLine
from bosett_server.queries.household_history import ChangeLine, FieldChange
from bosett_server.web.look.dates import date_digits
from bosett_server.web.look.steps import Progress, Step
from bosett_server.words.household_codes import TONES, language_word, need_words, word

ORDER = ("in_reception", "interviewed", "ready", "proposed", "assigned", "date_agreed", "settled")
CODED_FIELDS = {"stage": "stage", "group": "group", "track": "track", "basis": "basis", "role": "role",
                "sex": "one_sex", "left_reason": "left"}  # fmt: skip


def told(file: HouseholdFile) -> dict[str, Any]:
    """Every code of the file in the reader's language."""
    heard = file.heard
    return {
        "stage": word("stage", file.stage),
        "tone": TONES[file.stage],
        "track": word("track", file.track),
        "group": word("group", file.group),
        "language": language_word(file.language),
        "needs": need_words(file.needs),
        "recheck": [word("recheck", code) for code in file.recheck],
        "left": word("left", file.left_reason) if file.left_reason else "",
        "interpreter": word("interpreter", heard.interpreter) if heard else "",
        "interpreter_language": language_word(heard.interpreter_language)
        if heard and heard.interpreter_language
        else "",
        "ties": [f"{place} ({word('tie', kind)})" for kind, place in heard.ties] if heard else [],
        "missing": [
            f"{word('hearing', item)}: {word('missing', why)}"
            for item, why in (heard.missing if heard else {}).items()
        ],
        "assignments": [
            (line, word("state", line.state), [word("reason", code) for code in line.reasons],
             word("decline", line.decline_reason) if line.decline_reason else "")
            for line in file.assignments or ()
        ],
        "proposals": [
            (line, [word("reason", code) for code in line.reasons], [word("doubt", code) for code in line.doubts],
             word("unplaced", line.unplaced_reason) if line.unplaced_reason else "")
            for line in file.proposals or ()
        ],
        "events": [(line, word("recheck", line.kind)) for line in file.events or ()],
    }  # fmt: skip


def person_words(one: PersonLine) -> dict[str, str]:
    """A person's codes in the reader's language."""
    return {
        "sex": word("one_sex", one.sex),
        "role": word("role", one.role),
        "basis": word("basis", one.basis),
        "citizenship": country_word(one.citizenship),
    }


def country_word(code: str) -> str:
    """The country's name by CLDR; a code that is not known here is shown as it is."""
    two = get_global("territory_aliases").get(code, [code])[0]
    return str(Locale.parse(get_language() or "nb").territories.get(two, code))


def timeline(file: HouseholdFile) -> list[Step]:
    """The household's way: what is done, where it stands, what is to come."""
    answered = next((a for a in file.assignments or () if a.state in {"accepted", "settled"}), None)
    days: dict[str, date | None] = {
        "in_reception": file.arrived_on,
        "interviewed": file.heard.held_on if file.heard else None,
        "ready": file.ready_on,
        "assigned": timezone.localdate(answered.answered_at) if answered and answered.answered_at else None,
        "date_agreed": file.planned_on,
        "settled": file.settled_on,
    }
    if file.stage == "left":
        return [
            *_reached(file, days),
            Step(word("stage", "left"), "here", None, word("left", file.left_reason)),
        ]
    here = ORDER.index(file.stage)
    return [Step(word("stage", code), _progress(i, here), days.get(code)) for i, code in enumerate(ORDER)]


def _reached(file: HouseholdFile, days: dict[str, date | None]) -> list[Step]:
    return [Step(word("stage", code), "done", days.get(code)) for code in ORDER if days.get(code) is not None]


def _progress(number: int, here: int) -> Progress:
    if number == here:
        return "here"
    return "done" if number < here else "ahead"


def history_lines(changes: Sequence[ChangeLine]) -> list[tuple[ChangeLine, list[tuple[FieldChange, str]]]]:
    """Each change with a sentence per field."""
    return [(line, [(one, history_sentence(one)) for one in line.fields]) for line in changes]


def history_sentence(change: FieldChange) -> str:
    """What was changed, from what to what."""
    told = {
        "field": word("field", change.name),
        "before": history_value(change.name, change.before),
        "after": history_value(change.name, change.after),
    }
    if change.before is None and change.after is None:
        return _("%(field)s: changed") % told
    return _("%(field)s: from %(before)s to %(after)s") % told


def history_value(name: str, value: Any) -> str:
    """A stored value in the reader's words."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        words = need_words(value) if name == "needs" else [word("recheck", str(code)) for code in value]
        return ", ".join(words)
    if name in CODED_FIELDS:
        return word(CODED_FIELDS[name], str(value))
    if name == "language":
        return language_word(str(value))
    if name == "citizenship":
        return country_word(str(value))
    if name == "reference_basis":
        return word("basis", str(value))
    if name.endswith("municipality_id"):
        return _municipality(str(value))
    if name.endswith(("_on", "_date")):
        return date_digits(date.fromisoformat(str(value)))
    return str(value)


def _municipality(code: str) -> str:
    try:
        return Registry.shipped().municipality(code).name
    except BadInput:
        return code
