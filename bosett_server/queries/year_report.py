"""The year's report: where its work stands, section by section, and what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bosett.outputs.paper import FORMS, Language, Paper
from bosett.outputs.year_report import report_cover
from bosett.outputs.year_report_sections import (
    CODES,
    Difference,
    Section,
    differences,
    report_paper,
    section_of,
)
from bosett.registry.agreements import Agreements
from bosett_server.access.actor import Actor
from bosett_server.access.refusals import NotInSight
from bosett_server.records.models import (
    ReportGeneration,
    ReportPublication,
    ReportStep,
    ReportText,
    YearReport,
)

Content = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Written:
    """One version of a section's words as somebody wrote them; empty words: the generated ones were taken back."""

    section: str
    number: int
    generation: int
    words: Mapping[str, str]
    party: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Part:
    """A section as it stands now.

    Parameters
    ----------
    generated
        As it comes out of the facts, by form.
    stands
        With somebody's own words where there are any.
    written
        The newest version of those words, or None.
    behind
        The facts under somebody's words have changed since they were written.
    """

    code: str
    generated: Mapping[str, Section]
    stands: Mapping[str, Section]
    written: Written | None
    behind: bool


@dataclass(frozen=True)
class Taken:
    """One step of the work."""

    step: str
    revision: int
    section: str
    party: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Work:
    """A report under way or published, for those who write it."""

    id: int
    year: int
    state: str
    revision: int
    synthetic: bool
    known_on: date
    generation: int
    parts: tuple[Part, ...]
    approved: Mapping[str, datetime]
    parties: tuple[str, ...]
    steps: tuple[Taken, ...]
    changed: Mapping[str, tuple[Difference, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """The parties that have not approved the report as it stands."""
        return tuple(one for one in self.parties if one not in self.approved)

    def part(self, code: str) -> Part:
        """One section.  Raises NotInSight for one there is not."""
        found = next((one for one in self.parts if one.code == code), None)
        if found is None:
            raise NotInSight("not_in_sight")
        return found


@dataclass(frozen=True)
class ReportListed:
    """A year's report in the list of those who write it."""

    year: int
    state: str
    revision: int


@dataclass(frozen=True)
class PublishedReport:
    """A report as everybody reads it."""

    year: int
    number: int
    sections: Mapping[str, tuple[Section, ...]]
    approved: tuple[tuple[str, date], ...]
    known_on: date
    reason: str
    published_at: datetime
    synthetic: bool


def parties_of(year: int) -> tuple[str, ...]:
    """Who must approve a year's report: those who signed its agreement.  NoRuleInForce without an agreement."""
    return Agreements.shipped().in_force(date(year, 12, 31)).parties


def reports(actor: Actor) -> list[ReportListed]:
    """The reports there are, newest year first."""
    rows = YearReport.objects.order_by("-year").values_list("year", "state", "revision")
    return [ReportListed(*row) for row in rows]


def work(actor: Actor, year: int) -> Work:
    """One report with its sections, approvals and steps; five queries.  Raises NotInSight for none."""
    row = YearReport.objects.filter(year=year).first()
    if row is None:
        raise NotInSight("not_in_sight")
    made = list(ReportGeneration.objects.filter(report=row).order_by("number"))
    newest, texts, steps = made[-1], written_versions(row), _steps(row)
    approved = {one.party: one.at for one in steps if one.step == "approved" and one.revision == row.revision}
    return Work(
        id=row.pk, year=row.year, state=row.state, revision=row.revision, synthetic=row.synthetic,
        known_on=newest.known_on, generation=newest.number, parts=_parts(made, texts), approved=approved,
        parties=parties_of(row.year), steps=tuple(reversed(steps)),
        changed=changes_between(made[-2].content, newest.content) if len(made) > 1 else {},
    )  # fmt: skip


def written_versions(row: YearReport, section: str = "") -> list[Written]:
    """Every version of every section's words (or one section's), oldest first."""
    rows = ReportText.objects.filter(report=row).select_related("written_by", "generation").order_by("number")
    return [
        Written(
            one.section, one.number, one.generation.number, {"nb": one.nb, "nn": one.nn}, one.party,
            one.written_by.get_full_name() if one.written_by else "", one.written_at,
        )
        for one in (rows.filter(section=section) if section else rows)
    ]  # fmt: skip


def versions(actor: Actor, year: int, section: str) -> list[Written]:
    """One section's versions, newest first.  Raises NotInSight for no such report."""
    row = YearReport.objects.filter(year=year).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return written_versions(row, section)[::-1]


def changes_between(before: Content, after: Content) -> dict[str, tuple[Difference, ...]]:
    """What a new generation says otherwise, by form."""
    return {form: differences(sections_in(before, form), sections_in(after, form)) for form in FORMS}


def sections_in(content: Content, form: str) -> tuple[Section, ...]:
    """The stored sections of one form."""
    return tuple(section_of(one) for one in content[form])


def _parts(made: list[ReportGeneration], texts: list[Written]) -> tuple[Part, ...]:
    newest = {one.section: one for one in texts}
    by_number = {one.number: _by_form(one.content) for one in made}
    now = by_number[made[-1].number]
    return tuple(_part(code, now, by_number, newest.get(code)) for code in CODES)


def _by_form(content: Content) -> dict[str, dict[str, Section]]:
    return {form: {one.code: one for one in sections_in(content, form)} for form in FORMS}


def _part(
    code: str,
    now: Mapping[str, Mapping[str, Section]],
    by_number: Mapping[int, Mapping[str, Mapping[str, Section]]],
    written: Written | None,
) -> Part:
    generated = {form: now[form][code] for form in FORMS}
    if written is None or not written.words["nb"]:
        return Part(code, generated, generated, written, behind=False)
    stands = {form: one.with_words(written.words[form]) for form, one in generated.items()}
    then = by_number[written.generation]
    behind = any(then[form][code].lines() != generated[form].lines() for form in FORMS)
    return Part(code, generated, stands, written, behind)


def _steps(row: YearReport) -> list[Taken]:
    rows = ReportStep.objects.filter(report=row).select_related("by").order_by("id")
    return [
        Taken(one.step, one.revision, one.section, one.party, one.reason,
              one.by.get_full_name() if one.by else "", one.at)
        for one in rows
    ]  # fmt: skip


def draft_paper(one: Work, form: Language, mark: str = "") -> Paper:
    """The report as it stands now, as a paper that says it is a draft."""
    cover = report_cover(one.year, one.known_on, form, mark=mark)
    return report_paper(cover, [part.stands[form] for part in one.parts], form)


def published_reports() -> list[PublishedReport]:
    """The newest publication of each year, newest year first."""
    rows = ReportPublication.objects.order_by("-content__year", "-number")
    newest: dict[int, PublishedReport] = {}
    for row in rows:
        one = _published(row)
        newest.setdefault(one.year, one)
    return list(newest.values())


def published_report(year: int, number: int | None = None) -> PublishedReport:
    """A year's report as last published, or an earlier publication.  Raises NotInSight for none."""
    rows = ReportPublication.objects.filter(content__year=year).order_by("-number")
    row = rows.first() if number is None else rows.filter(number=number).first()
    if row is None:
        raise NotInSight("not_in_sight")
    return _published(row)


def publication_numbers(year: int) -> list[tuple[int, datetime, str]]:
    """(number, when, why it was opened again) of a year's publications, newest first."""
    rows = ReportPublication.objects.filter(content__year=year).order_by("-number")
    return list(rows.values_list("number", "published_at", "reason"))


def published_paper(one: PublishedReport, form: Language, days: Mapping[str, str], mark: str = "") -> Paper:
    """The published report as a paper; `days` are the approval days in words, by party."""
    approved = tuple((party, days[party]) for party, _ in one.approved)
    cover = report_cover(one.year, one.known_on, form, approved, mark)
    return report_paper(cover, one.sections[form], form)


def _published(row: ReportPublication) -> PublishedReport:
    """Made from the publication alone: the public reads no other table of the work."""
    return PublishedReport(
        year=int(row.content["year"]), number=row.number,
        sections={form: sections_in(row.content, form) for form in FORMS},
        approved=tuple((one["party"], date.fromisoformat(one["on"])) for one in row.approved),
        known_on=row.known_on, reason=row.reason, published_at=row.published_at,
        synthetic=bool(row.content["synthetic"]),
    )  # fmt: skip
