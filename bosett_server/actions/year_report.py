"""The year's report: begun, generated anew, written, approved, published, opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from bosett import __version__
from bosett.outputs.paper import FORMS
from bosett.outputs.year_report import report_sections
from bosett.outputs.year_report_sections import CODES, section_values
from bosett.terms.errors import NoRuleInForce, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.access.refusals import NotInSight
from bosett_server.access.roles import Role
from bosett_server.actions.step import Done, action
from bosett_server.queries.known import Known
from bosett_server.queries.year_report import Work, changes_between, parties_of, work
from bosett_server.queries.year_report_facts import report_input
from bosett_server.records.models import (
    Notice,
    ReportGeneration,
    ReportPublication,
    ReportStep,
    ReportText,
    YearReport,
)

LONGEST_TEXT, LONGEST_REASON = 6000, 400
SECRETARIAT = "IMDi"
KEPT = "sources"
"""Where the facts are from is never written by hand."""


@action(Permission.REPORT_MANAGE)
def begin_year_report(actor: Actor, *, year: int, synthetic: bool = False) -> Done[int]:
    """A report of a year stands as a draft, generated from what is known today.

    Raises Refused: `report_year_not_over`, `report_year_without_agreement`, `report_exists`.
    """
    _check_year(year)
    if YearReport.objects.filter(year=year).exists():
        raise Refused("report_exists", {"year": year})
    row = YearReport.objects.create(year=year, synthetic=synthetic)
    _generate(actor, row, 1, _content(actor, year))
    _step(actor, row, "begun")
    return Done(row.pk, about=("year_report", year), notices=_tell("report_begun", row, actor))


@action(Permission.REPORT_MANAGE)
def regenerate_year_report(actor: Actor, *, year: int) -> Done[int]:
    """The facts are those known today; nobody's own words are touched, and approvals of the older facts lapse.

    Gives how many sections say something else.  Raises Refused: `report_is_published`, `report_nothing_changed`.
    """
    row = _draft(year)
    newest = ReportGeneration.objects.filter(report=row).order_by("-number")[0]
    content = _content(actor, year)
    found = changes_between(newest.content, content)
    changed = {one.code for told in found.values() for one in told}
    if not changed:
        raise Refused("report_nothing_changed")
    _generate(actor, row, newest.number + 1, content)
    lapsed = _revise(row)
    _step(actor, row, "regenerated")
    return Done(
        len(changed), about=("year_report", year), facts={"generation": newest.number + 1, "sections": len(changed)},
        notices=_lapsed(row, lapsed),
    )  # fmt: skip


@action(Permission.REPORT_WRITE)
def write_report_section(
    actor: Actor, *, year: int, section: str, nb: str, nn: str, on_number: int
) -> Done[int]:
    """A section has these words in both forms; both empty takes the generated words back.

    `on_number` is the version that was read (0 for none).  Raises Refused: `report_is_published`,
    `report_section_unknown`, `report_party_not_in_agreement`, `report_text_in_one_form`, `report_text_too_long`,
    `report_section_changed`, `report_text_is_the_same`.
    """
    row = _draft(year)
    words = {"nb": _tidy(nb), "nn": _tidy(nn)}
    _check_words(section, words)
    _check_party(actor, year)
    before = ReportText.objects.filter(report=row, section=section).order_by("-number").first()
    if (before.number if before else 0) != on_number:
        raise Refused("report_section_changed")
    if words == ({"nb": before.nb, "nn": before.nn} if before else {"nb": "", "nn": ""}):
        raise Refused("report_text_is_the_same")
    ReportText.objects.create(
        report=row, section=section, number=on_number + 1, party=actor.party, written_by_id=actor.user_id,
        generation=ReportGeneration.objects.filter(report=row).order_by("-number")[0], written_at=clock.now(), **words,
    )  # fmt: skip
    lapsed = _revise(row)
    _step(actor, row, "written", section)
    facts = {"section": section, "version": on_number + 1}
    return Done(on_number + 1, about=("year_report", year), facts=facts, notices=_lapsed(row, lapsed))


@action(Permission.REPORT_APPROVE)
def approve_year_report(actor: Actor, *, year: int, revision: int) -> Done[int]:
    """The party has approved the report exactly as it read it.

    Raises Refused: `report_is_published`, `report_party_not_in_agreement`, `report_revision_changed`,
    `report_approved_already`.
    """
    row = _draft(year)
    if actor.party not in parties_of(year):
        raise Refused("report_party_not_in_agreement")
    if row.revision != revision:
        raise Refused("report_revision_changed")
    if actor.party in _approvals(row):
        raise Refused("report_approved_already")
    _step(actor, row, "approved")
    facts = {"party": actor.party, "revision": revision}
    told = Notice(
        code="report_approved", to_role=Role.IMDI_LEAD.value, facts={"year": year, "party": actor.party},
        url=_address(year),
    )  # fmt: skip
    return Done(revision, about=("year_report", year), facts=facts, notices=[told])


@action(Permission.REPORT_MANAGE)
def publish_year_report(actor: Actor, *, year: int) -> Done[int]:
    """Everybody reads the report as all parties approved it.

    Raises Refused: `report_is_published`, `report_not_approved` (names the parties).
    """
    row = _draft(year)
    found = work(actor, year)
    if found.missing:
        raise Refused("report_not_approved", {"parties": ", ".join(found.missing)})
    number = ReportPublication.objects.filter(report=row).count() + 1
    opened = ReportStep.objects.filter(report=row, step="reopened").order_by("-id").first()
    ReportPublication.objects.create(
        report=row, number=number, content=_final(found), known_on=found.known_on,
        approved=[{"party": one, "on": timezone.localdate(found.approved[one]).isoformat()} for one in found.parties],
        reason=opened.reason if opened else "", published_at=clock.now(), published_by_id=actor.user_id,
    )  # fmt: skip
    row.state = "published"
    row.save(update_fields=["state"])
    _step(actor, row, "published")
    notices = _tell("report_published", row, actor)
    return Done(number, about=("year_report", year), facts={"publication": number}, notices=notices)


@action(Permission.REPORT_WRITE)
def reopen_year_report(actor: Actor, *, year: int, reason: str) -> Done[int]:
    """A published report may be written again; what is published stays until all have approved the next one.

    Raises Refused: `report_not_published`, `report_reason_missing`, `report_party_not_in_agreement`.
    """
    row = _locked(year)
    if row.state != "published":
        raise Refused("report_not_published")
    why = " ".join(reason.split())[:LONGEST_REASON]
    if not why:
        raise Refused("report_reason_missing")
    _check_party(actor, year)
    row.state, row.revision = "draft", row.revision + 1
    row.save(update_fields=["state", "revision"])
    _step(actor, row, "reopened", reason=why)
    return Done(
        row.revision, about=("year_report", year), facts={"revision": row.revision},
        notices=_tell("report_reopened", row, actor),
    )  # fmt: skip


def _check_year(year: int) -> None:
    if year >= clock.today().year:
        raise Refused("report_year_not_over", {"year": year})
    try:
        parties_of(year)
    except NoRuleInForce:
        raise Refused("report_year_without_agreement", {"year": year}) from None


def _check_party(actor: Actor, year: int) -> None:
    if actor.party not in (*parties_of(year), SECRETARIAT):
        raise Refused("report_party_not_in_agreement")


def _check_words(section: str, words: dict[str, str]) -> None:
    if section not in CODES or section == KEPT:
        raise Refused("report_section_unknown")
    if bool(words["nb"]) != bool(words["nn"]):
        raise Refused("report_text_in_one_form")
    if max(map(len, words.values())) > LONGEST_TEXT:
        raise Refused("report_text_too_long", {"most": LONGEST_TEXT})


def _tidy(text: str) -> str:
    """Paragraphs parted by one empty line; nothing else is changed."""
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").split("\n")]
    parts = "\n".join(lines).split("\n\n")
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _content(actor: Actor, year: int) -> dict[str, Any]:
    today = clock.today()
    told = report_input(actor, year, Known(today, today))
    return {form: [section_values(one) for one in report_sections(told, form)] for form in ("nb", "nn")}


def _generate(actor: Actor, row: YearReport, number: int, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    ReportGeneration.objects.create(
        report=row, number=number, known_on=clock.today(), content=content, library_version=__version__,
        content_sha256=hashlib.sha256(text).hexdigest(), made_by_id=actor.user_id, made_at=clock.now(),
    )  # fmt: skip


def _final(found: Work) -> dict[str, Any]:
    """What is published, as it stands; the public reads this and nothing else."""
    sections = {form: [section_values(part.stands[form]) for part in found.parts] for form in FORMS}
    return {**sections, "year": found.year, "synthetic": found.synthetic}


def _locked(year: int) -> YearReport:
    row = YearReport.objects.select_for_update().filter(year=year).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return row


def _draft(year: int) -> YearReport:
    row = _locked(year)
    if row.state != "draft":
        raise Refused("report_is_published")
    return row


def _approvals(row: YearReport) -> set[str]:
    rows = ReportStep.objects.filter(report=row, step="approved", revision=row.revision)
    return set(rows.values_list("party", flat=True))


def _revise(row: YearReport) -> set[str]:
    """A new revision; gives the parties whose approval was of the one before."""
    lapsed = _approvals(row)
    row.revision += 1
    row.save(update_fields=["revision"])
    return lapsed


def _step(actor: Actor, row: YearReport, step: str, section: str = "", reason: str = "") -> None:
    ReportStep.objects.create(
        report=row, step=step, revision=row.revision, section=section, party=actor.party, reason=reason,
        by_id=actor.user_id, at=clock.now(),
    )  # fmt: skip


def _address(year: int) -> str:
    return f"/agreement/reports/{year}/work/"


def _notice(code: str, role: Role, year: int) -> Notice:
    return Notice(code=code, to_role=role.value, facts={"year": year}, url=_address(year))


def _tell(code: str, row: YearReport, actor: Actor) -> list[Notice]:
    """To those who write it, except the one who did it."""
    roles = (Role.IMDI_LEAD, Role.MINISTRY, Role.KS)
    return [_notice(code, role, row.year) for role in roles if role is not actor.role]


def _lapsed(row: YearReport, parties: Iterable[str]) -> list[Notice]:
    """To the parties whose approval no longer stands."""
    roles = {Role.KS if one == "KS" else Role.MINISTRY for one in parties}
    return [_notice("report_approval_lapsed", role, row.year) for role in sorted(roles)]
