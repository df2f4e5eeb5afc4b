"""Every rule of the grants in plain words, with the function that is it: what the page of methods is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bosett.grants import claimed, legal, moves, schemes, special
from bosett.grants.eligible import why_not
from bosett.rules.strict_yaml import read_yaml
from bosett.terms.label import Label

TEXTS = Path(__file__).with_name("rule_texts.yaml")


@cache
def _texts() -> dict[str, Label]:
    return {code: Label(told["en"], told["nb"], told["nn"]) for code, told in read_yaml(TEXTS).items()}


def rule_text(code: str) -> Label:
    """A text of `rule_texts.yaml`; a KeyError when there is none."""
    return _texts()[code]


@dataclass(frozen=True)
class RuleVersion:
    """One rule, or one version of it.

    Parameters
    ----------
    code
        Stable name.
    schemes
        The schemes that it belongs to.
    function
        What calculates it.
    legal
        Where it stands.
    values
        Paths of the dated values that it reads.
    chosen_by
        Path of the dated table that chooses this version; empty when there is one version only.
    version
        Its name in that table.
    """

    code: str
    schemes: tuple[str, ...]
    function: Callable[..., object]
    legal: str
    values: tuple[str, ...] = ()
    chosen_by: str = ""
    version: str = ""

    @property
    def says(self) -> Label:
        """What it says, for somebody who checks it."""
        return rule_text(self.code)


YEAR_1 = ("integration", "elder", "kindergarten")
I = "grants/integration"  # noqa: E741
EM = "grants/unaccompanied_minor"
N = "grants/norwegian"
S = "grants/special"

RULES: tuple[RuleVersion, ...] = (
    RuleVersion(
        "who_releases",
        YEAR_1,
        why_not,
        legal.INTEGRATION,
        (f"{I}/max_years", f"{I}/max_years_family_of_humanitarian", f"{I}/child_born_within_months"),
    ),
    RuleVersion(
        "integration_amount",
        ("integration",),
        schemes.integration,
        legal.INTEGRATION,
        (
            f"{I}/year1_unaccompanied_minor",
            f"{I}/year1_child",
            f"{I}/year1_single_adult",
            f"{I}/year1_other_adult",
            f"{I}/year2",
            f"{I}/year5",
        ),
    ),
    RuleVersion(
        "elder_amount",
        ("elder",),
        schemes.elder,
        legal.ELDER,
        ("grants/elder/lowest_age", "grants/elder/age_60_plus"),
    ),
    RuleVersion(
        "kindergarten_amount",
        ("kindergarten",),
        schemes.kindergarten,
        legal.KINDERGARTEN,
        ("grants/kindergarten/highest_age", "grants/kindergarten/age_0_5"),
    ),
    RuleVersion(
        "moves_twelfths",
        ("integration", "unaccompanied_minor"),
        moves.twelfths_month_and_next,
        legal.TWELFTHS,
        (),
        moves.MOVE_SPLIT,
        "twelfths_month_and_next",
    ),
    RuleVersion(
        "moves_eighths",
        ("integration", "unaccompanied_minor"),
        moves.eighths_by_quarter,
        legal.EIGHTHS,
        (),
        moves.MOVE_SPLIT,
        "eighths_by_quarter",
    ),
    RuleVersion(
        "minors_amount",
        ("unaccompanied_minor",),
        schemes.unaccompanied_minor,
        legal.MINORS,
        (
            f"{EM}/bands",
            f"{EM}/settlement_year",
            f"{EM}/last_year_of_age",
            f"{EM}/high_rate_last_year_of_age",
            f"{EM}/to_year_16",
            f"{EM}/year_17_to_20",
            f"{EM}/all_ages",
        ),
    ),
    RuleVersion(
        "minors_extra_2016",
        ("unaccompanied_minor_extra",),
        schemes.unaccompanied_minor_extra,
        legal.MINORS_2016,
        (f"{EM}/extra_settled_in_2016",),
    ),
    RuleVersion(
        "norwegian_person_amount",
        ("norwegian_person",),
        schemes.norwegian_person,
        legal.NORWEGIAN,
        (
            f"{N}/lowest_age",
            f"{N}/highest_age",
            f"{N}/years_ordinary",
            f"{N}/years_collective",
            f"{N}/years_collective_extended",
            f"{N}/person_collective_protection",
        ),
    ),
    RuleVersion(
        "norwegian_moves",
        ("norwegian_person",),
        moves.by_days_lived,
        "IMDi, tilskot til opplæring i norsk for personar med kollektiv beskyttelse (12 Sep 2022)",
        (),
        moves.NORWEGIAN_SPLIT,
        "by_days_lived",
    ),
    RuleVersion(
        "norwegian_base_amount",
        ("norwegian_base",),
        claimed.norwegian_base,
        legal.NORWEGIAN,
        (f"{N}/base_small_highest", f"{N}/base_highest", f"{N}/base_1_3_persons", f"{N}/base_4_150_persons"),
    ),
    RuleVersion(
        "special_amount",
        ("special_1", "special_2"),
        special.special,
        legal.SPECIAL,
        (
            f"{S}/rate_day",
            f"{S}/first_deadline_months",
            f"{S}/later_deadline_months",
            f"{S}/last_year_of_grant_1",
            f"{S}/max_years",
            f"{S}/special_1",
            f"{S}/special_2_cap",
        ),
    ),
    RuleVersion(
        "host_amount",
        ("host_base", "host_place"),
        claimed.host_place,
        legal.HOST,
        (
            "grants/host/base",
            "grants/host/ordinary_place",
            "grants/host/unaccompanied_minor_place",
            "grants/host/adapted_place",
            "grants/host/care_centre_place",
            "grants/host/open_part",
        ),
    ),
    RuleVersion(
        "amot_amount",
        ("amot",),
        claimed.amot,
        legal.AMOT,
        ("grants/amot/advance_months", "grants/amot/person_month"),
    ),
    RuleVersion(
        "mamot_amount",
        ("mamot",),
        claimed.mamot,
        legal.MAMOT,
        ("grants/mamot/person_month",),
    ),
    RuleVersion(
        "extra_amount",
        ("extra_above_request",),
        claimed.extra_above_request,
        legal.EXTRA_2023,
        ("grants/extra_above_request/per_person",),
    ),
    RuleVersion(
        "unused_amount",
        ("unused_places",),
        claimed.unused_places,
        legal.UNUSED,
        ("grants/unused_places/per_place",),
    ),
    RuleVersion(
        "competence_mapping_amount",
        ("competence_mapping",),
        claimed.competence_mapping,
        legal.MAPPING,
        ("grants/competence_mapping/per_case",),
    ),
)


def rules_of(scheme: str) -> tuple[RuleVersion, ...]:
    """The rules of a scheme."""
    return tuple(one for one in RULES if scheme in one.schemes)
