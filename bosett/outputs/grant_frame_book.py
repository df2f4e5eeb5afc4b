"""The sheets of a frame's workbook: each knows where the others keep their cells."""

from __future__ import annotations

from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from bosett.grants.frame_cohorts import LAST_GRANT_YEAR, Cohort, Origin, kept_in_year_of_move
from bosett.grants.frame_course import NAMES, Course, likely_shares, run_course
from bosett.grants.frame_money import SCHEMES, TOGETHER
from bosett.grants.frame_problem import LABELS, Range
from bosett.grants.frame_rates import LATER, FrameRate, How
from bosett.grants.frame_result import Frame
from bosett.grants.frame_words import word
from bosett.rules.parameters import Parameters

FIRST_COLUMN = 3
"""The column of the first year."""


@dataclass(frozen=True)
class AmountRow:
    """A row of amounts: its group and scheme."""

    cohort: int
    scheme: str


class FrameBook:
    """The five sheets; each knows where the others keep their cells."""

    def __init__(self, book: xlsxwriter.Workbook, frame: Frame, language: str) -> None:
        self.frame, self.language = frame, language
        self.bold = book.add_format({"bold": True})
        self.kroner = book.add_format({"num_format": "# ##0"})
        self._assumed = book.add_format({"num_format": "# ##0", "bg_color": "#FFF2CC"})
        self._share = book.add_format({"num_format": "0.0###", "bg_color": "#FFF2CC"})
        self.persons = book.add_format({"num_format": "0.0"})
        names = ("frame", "assumptions", "rates", "groups", "amounts")
        self.sheets = {name: book.add_worksheet(word(name, language)) for name in names}
        for sheet in self.sheets.values():
            sheet.set_column(0, 0, 46)
            sheet.set_column(1, 12, 16)
        self.years = list(frame.problem.budget_years)
        scenario = frame.scenario
        self._course: Course = run_course(frame.problem, scenario, frame.cohorts, likely_shares(scenario))
        self._rate_rows = {rule: row for row, rule in enumerate(sorted({one.rule for one in frame.rates}), 1)}
        self._cells = {name: row for row, name in enumerate((*NAMES, "growth_percent", "kept"), 1)}
        self.rows = [
            AmountRow(number, scheme)
            for number in range(len(frame.cohorts))
            for scheme in self._schemes(frame.cohorts[number])
        ]

    def _schemes(self, cohort: Cohort) -> tuple[str, ...]:
        small = any(one.scheme == TOGETHER for one in self.frame.lines)
        if cohort.origin is Origin.SETTLED and small:
            return (TOGETHER,) if cohort.weights else ()
        there = {rule.split("/")[1] for rule, _ in cohort.weights}
        return tuple(one for one in SCHEMES if one in there)

    def head(self, name: str, words: tuple[str, ...]) -> None:
        """The first row of a sheet: words, then the years."""
        sheet = self.sheets[name]
        for column, one in enumerate(words):
            sheet.write_string(0, column, word(one, self.language), self.bold)
        for column, year in enumerate(self.years, FIRST_COLUMN):
            sheet.write_number(0, column, year, self.bold)
        sheet.freeze_panes(1, 1)

    def ref(self, name: str, row: int, column: int) -> str:
        """A cell of a sheet, as a formula names it."""
        return f"'{word(name, self.language)}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def _given(self, name: str) -> str:
        return self.ref("assumptions", self._cells[name], 2)

    def rates(self) -> None:
        """A row a rate: known ones as values, the others from what they are carried forward from."""
        self.head("rates", ("rule", "name", "how"))
        sheet, parameters = self.sheets["rates"], Parameters.shipped()
        for rule, row in self._rate_rows.items():
            label = (
                parameters.get(rule).label.in_language(self.language) if rule in parameters.paths() else rule
            )
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, rule)
            own = [one for one in self.frame.rates if one.rule == rule]
            sheet.write_string(row, 2, ", ".join(sorted({word(one.how.value, self.language) for one in own})))
            for one in own:
                self._rate(row, one)

    def _rate(self, row: int, rate: FrameRate) -> None:
        sheet, column = self.sheets["rates"], FIRST_COLUMN + self.years.index(rate.year)
        if rate.how is How.KNOWN:
            sheet.write_number(row, column, rate.nok, self.kroner)
        elif rate.how is How.BETWEEN:
            second, fifth = (xl_rowcol_to_cell(self._rate_rows[LATER[one]], column) for one in (2, 5))
            formula = f"=ROUND({second}-({second}-{fifth})*{rate.between}/3,0)"
            sheet.write_formula(row, column, formula, self._assumed, rate.nok)
        else:
            grown = f"{rate.base_nok}*(1+{self._given('growth_percent')}/100)^{rate.year - rate.base_year}"
            sheet.write_formula(row, column, f"=ROUND({grown},0)", self._assumed, rate.nok)

    def assumptions(self) -> None:
        """What is assumed, and may be changed here: likely values in the third column."""
        sheet, scenario = self.sheets["assumptions"], self.frame.scenario
        for column, one in enumerate(("assumption", "lowest", "likely", "highest")):
            sheet.write_string(0, column, word(one, self.language), self.bold)
        for name, row in self._cells.items():
            if name == "kept":
                sheet.write_string(row, 0, word("kept", self.language))
                sheet.write_number(row, 2, float(kept_in_year_of_move()), self._share)
                continue
            span: Range = getattr(scenario, name)
            sheet.write_string(row, 0, LABELS[name].in_language(self.language))
            for column, value in enumerate((span.low, span.likely, span.high), 1):
                sheet.write_number(row, column, value, self._share)
        row = len(self._cells) + 2
        for more in self.frame.assumptions:
            if more.code not in self._cells:
                sheet.write_string(row, 0, more.label.in_language(self.language))
                sheet.write_string(row, 1, more.value)
                row += 1

    def groups(self) -> None:
        """Two rows a group: persons at the start of the year or who come in it, and persons paid for."""
        self.head("groups", ("group", "what", "persons"))
        for number, cohort in enumerate(self.frame.cohorts):
            start, paid = self._group_rows(number)
            sheet = self.sheets["groups"]
            sheet.write_string(start, 0, self._name(cohort))
            sheet.write_string(start, 1, word("start", self.language))
            sheet.write_string(paid, 1, word("paid", self.language))
            if cohort.origin is not Origin.FAMILY:
                sheet.write_number(start, 2, cohort.persons / self._scale(cohort), self.persons)
            for year in self.years:
                if (number, year) in self._course.start:
                    self._group_year(number, cohort, year)

    def _group_rows(self, number: int) -> tuple[int, int]:
        return 1 + 2 * number, 2 + 2 * number

    def _scale(self, cohort: Cohort) -> float:
        """A group below five is shown as one group and not as persons."""
        return cohort.persons if cohort.small else 1

    def _name(self, cohort: Cohort) -> str:
        years = ", ".join(str(one) for one in cohort.settled_years)
        name = f"{word(cohort.origin.value, self.language)} {years}"
        if cohort.small:
            return f"{name} ({word('small', self.language)})"
        return name if cohort.origin is Origin.FAMILY else f"{name} ({self._collective(cohort)})"

    def _collective(self, cohort: Cohort) -> str:
        return f"{word('collective', self.language)} {round(100 * cohort.collective)} %"

    def _group_year(self, number: int, cohort: Cohort, year: int) -> None:
        start, paid = self._group_rows(number)
        column = FIRST_COLUMN + self.years.index(year)
        sheet, scale = self.sheets["groups"], self._scale(cohort)
        fresh = cohort.comes == year
        here = xl_rowcol_to_cell(start, column)
        value = float(self._course.start[number, year][0]) / scale
        sheet.write_formula(start, column, self._start(number, cohort, year), self.persons, value)
        moved = (
            f"({self._given('moved_out_share')}-{self._given('moved_in_share')})*(1-{self._given('kept')})"
        )
        formula = f"={here}" if fresh else f"={here}*(1-{moved})"
        value = float(self._course.paid[number, year][0]) / scale
        sheet.write_formula(paid, column, formula, self.persons, value)

    def _start(self, number: int, cohort: Cohort, year: int) -> str:
        start, _ = self._group_rows(number)
        column = FIRST_COLUMN + self.years.index(year)
        first = xl_rowcol_to_cell(start, 2, col_abs=True)
        ends = year == self.frame.scenario.collective_ends
        lost = f"*(1-{cohort.collective!r}*{self._given('collective_left_share')})" if ends else ""
        if (number, year - 1) in self._course.start:
            before = xl_rowcol_to_cell(start, column - 1)
            out, left, into = (
                self._given(one) for one in ("moved_out_share", "left_share", "moved_in_share")
            )
            return f"={before}*(1-{out}-{left}+{into}){lost}"
        if cohort.origin is Origin.SETTLED:
            return f"={first}{lost}"
        if cohort.origin is Origin.VOTED:
            return f"={first}*{self._given('settled_share')}"
        there = [
            f"{xl_rowcol_to_cell(self._group_rows(other)[0], column)}{self._in_persons(one)}"
            for other, one in enumerate(self.frame.cohorts)
            if self._draws_family(other, one, year)
        ]
        return f"=({'+'.join(there) or '0'})*{self._given('family_per_person')}"

    def _in_persons(self, cohort: Cohort) -> str:
        """A small group is one group in its cells; family comes to its persons, which the factor tells."""
        return f"*{cohort.persons:g}" if cohort.small else ""

    def _draws_family(self, number: int, cohort: Cohort, year: int) -> bool:
        there = (number, year) in self._course.start and cohort.origin is not Origin.FAMILY
        came_before = cohort.origin is Origin.SETTLED or cohort.comes < year
        return there and came_before and year - cohort.comes < LAST_GRANT_YEAR

    def amounts(self) -> None:
        """A row a group and scheme: persons paid for times what each releases."""
        self.head("amounts", ("group", "scheme", "origin"))
        for row, one in enumerate(self.rows, 1):
            cohort = self.frame.cohorts[one.cohort]
            sheet = self.sheets["amounts"]
            sheet.write_string(row, 0, self._name(cohort))
            sheet.write_string(row, 1, word(one.scheme, self.language))
            sheet.write_string(row, 2, word(cohort.origin.value, self.language))
            for column, year in enumerate(self.years, FIRST_COLUMN):
                self._amount(row, column, one, cohort, year)

    def _amount(self, row: int, column: int, one: AmountRow, cohort: Cohort, year: int) -> None:
        schemes = SCHEMES if one.scheme == TOGETHER else (one.scheme,)
        keys = [
            (rule, weight)
            for (rule, of_year), weight in sorted(cohort.weights.items())
            if of_year == year and rule.split("/")[1] in schemes
        ]
        if not keys or (one.cohort, year) not in self._course.paid:
            return
        nok = {rate.rule: rate.nok for rate in self.frame.rates if rate.year == year}
        scale = self._scale(cohort)
        each = sum(weight * nok[rule] for rule, weight in keys) * scale
        value = float(self._course.paid[one.cohort, year][0]) / scale * each
        paid = self.ref("groups", self._group_rows(one.cohort)[1], column)
        if one.scheme == TOGETHER:
            told = repr(each)
        else:
            told = "+".join(
                f"{weight!r}*{self.ref('rates', self._rate_rows[rule], column)}" for rule, weight in keys
            )
        self.sheets["amounts"].write_formula(row, column, f"={paid}*({told})", self.kroner, value)
