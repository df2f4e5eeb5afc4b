"""IMDi's payments against our rates; the expected counts stand in the published figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bosett.grants.lists import DifferenceKind, ListedPerson, compare_lists
from bosett.grants.paid import PAID_SCHEMES, Payment, Payments
from bosett.grants.reconcile import VERDICTS, Amount, Verdict, payments_of, reconcile_payments
from bosett.registry.tables import TableSource
from bosett.rules.parameters import Parameters

RATES = Parameters.shipped()
FOUND = reconcile_payments(Payments.shipped(), RATES)
ROWS = {(one.year, one.scheme): one for one in FOUND.rows}


def test_in_all_549_municipality_years_without_a_hidden_cell_the_parts_sum_to_the_total() -> None:
    assert (FOUND.sums_hold, FOUND.sums_checked) == (549, 549)


def test_a_sum_that_does_not_hold_is_found() -> None:
    cells = (
        Payment(2023, "3301", "integration_year_1", Decimal(100), False),
        Payment(2023, "3301", "total", Decimal(103), False),
    )
    found = reconcile_payments(Payments(cells, TableSource("t", "p", "l", "m")), RATES)
    assert (found.sums_hold, found.sums_checked) == (0, 1)


def test_the_hidden_cells_are_those_of_the_publication() -> None:
    """442 cells of 2022 and 49 of 2023, of which 10 and 5 are totals."""
    hidden = [one for one in Payments.shipped().cells if one.hidden]
    assert (sum(one.year == 2022 for one in hidden), sum(one.year == 2023 for one in hidden)) == (442, 49)
    assert all(one.paid is None for one in hidden)
    assert sum(one.hidden for one in FOUND.rows) == 442 + 49 - 10 - 5


def test_every_payment_above_the_request_of_2023_is_a_whole_number_of_persons() -> None:
    """87 municipalities, 59.2 million."""
    row = ROWS[2023, "extra_above_request"]
    assert (row.paid.municipalities, row.paid.paid_nok) == (87, 59_200_000)
    assert row.amount(Verdict.EXPLAINED) == row.paid


def test_all_58_small_sums_for_minors_in_2022_are_whole_twelfths() -> None:
    row = ROWS[2022, "unaccompanied_minor"]
    assert row.amount(Verdict.EXPLAINED).municipalities == 58
    left = row.not_explained.municipalities - row.amount(Verdict.TOO_MANY_WAYS).municipalities
    # What is left is one sum that was paid back; of one municipality nothing more is said.
    assert (left, row.amount(Verdict.FEW)) == (1, Amount(1, Decimal(-491_000)))


def test_26_sums_for_later_years_in_2023_are_whole_multiples_of_the_rate_of_year_2() -> None:
    assert ROWS[2023, "integration_years_2_5"].amount(Verdict.EXPLAINED).municipalities == 26


def test_what_no_rate_or_rule_is_known_for_is_said_and_not_explained() -> None:
    assert ROWS[2022, "integration_year_1"].amount(Verdict.NO_RATE) == ROWS[2022, "integration_year_1"].paid
    assert ROWS[2022, "covid_package"].amount(Verdict.NO_RULE) == ROWS[2022, "covid_package"].paid


def test_cases_at_the_rate_of_the_year_before_are_arrears() -> None:
    cells = tuple(
        Payment(2023, f"33{number:02}", "competence_mapping", Decimal(paid), False)
        for number, paid in enumerate((718 * 6, 718 * 6 + 699, 718 * 6 + 1))
    )
    source = Payments(cells, TableSource("t", "p", "l", "m"))
    verdicts = [payments_of(source, RATES, one.municipality_id, 2023)[0].verdict for one in cells]
    assert verdicts == [Verdict.EXPLAINED, Verdict.ARREARS, Verdict.OTHER_PERSONS]


def test_of_a_named_municipality_nothing_is_said_of_a_sum_that_may_be_for_fewer_than_five() -> None:
    cells = tuple(
        Payment(2023, place, "special", Decimal(number * 196_400), False)
        for place, number in (("3301", 4), ("3303", 5))
    )
    source = Payments(cells, TableSource("t", "p", "l", "m"))
    verdicts = [payments_of(source, RATES, one.municipality_id, 2023)[0].verdict for one in cells]
    assert verdicts == [Verdict.FEW, Verdict.EXPLAINED]


@pytest.mark.parametrize(
    ("paid", "persons", "verdict"),
    [
        (2_374_600, 11, Verdict.EXPLAINED),
        (3_268_300, 16, Verdict.EXPLAINED),
        (2_374_500, 11, Verdict.OTHER_PERSONS),
        (2_374_567, 11, Verdict.MOVES),
        (-2_374_600, 11, Verdict.REPAID),
        (2_374_600, None, Verdict.TOO_MANY_WAYS),
        (2_374_600, 21, Verdict.TOO_MANY_WAYS),
    ],
)
def test_a_small_sum_of_year_1_is_tested_when_the_number_of_persons_is_known(
    paid: int, persons: int | None, verdict: Verdict
) -> None:
    cells = (Payment(2023, "3301", "integration_year_1", Decimal(paid), False),)
    known = {} if persons is None else {("3301", 2023): persons}
    (check,) = payments_of(Payments(cells, TableSource("t", "p", "l", "m")), RATES, "3301", 2023, known)
    assert check.verdict is verdict


def test_a_municipalitys_cells_come_in_order_with_the_total_last_and_hidden_ones_without_a_verdict() -> None:
    checks = payments_of(Payments.shipped(), RATES, "0301", 2023)
    assert [one.payment.scheme for one in checks] == [one for one in PAID_SCHEMES if one != "covid_package"]
    hidden = next(one for one in Payments.shipped().cells if one.hidden)
    told = payments_of(Payments.shipped(), RATES, hidden.municipality_id, hidden.year)
    assert [one.verdict for one in told if one.payment.hidden] == [None] * sum(
        one.payment.hidden for one in told
    )


def test_every_krone_has_a_reason_and_every_hidden_cell_stands_without_kroner() -> None:
    for row in FOUND.rows:
        assert row.explained.paid_nok + row.not_explained.paid_nok == row.paid.paid_nok
        assert sum(one.paid_nok for one in row.reasons if one.paid_nok is not None) == row.paid.paid_nok
        assert sum(one.municipalities for one in row.reasons if one.paid_nok is None) == row.hidden
    # 32.5 thousand million kroner are shown for the two years.
    assert round(sum(row.paid.paid_nok for row in FOUND.rows) / 10**8) == 325


def test_nothing_is_said_of_fewer_than_five_municipalities() -> None:
    for row in FOUND.rows:
        for one in row.reasons:
            assert one.municipalities >= 5 or one.verdict in (Verdict.FEW, Verdict.HIDDEN), (row.scheme, one)


def test_every_verdict_has_words_and_every_paid_sum_one_verdict() -> None:
    assert set(VERDICTS) == set(Verdict)
    for row in FOUND.rows:
        assert sum(one.paid_nok for _, one in row.by_verdict) == row.paid.paid_nok


def listed(person: str, day: int = 1, place: str = "3301") -> ListedPerson:
    return ListedPerson(person, date(2024, 3, day), place)


def test_a_list_against_the_register_names_who_is_missing_doubled_and_told_differently() -> None:
    own = [
        listed("same"),
        listed("mine"),
        listed("twice"),
        listed("twice"),
        listed("day", 4),
        listed("place"),
    ]
    register = [
        listed("same"),
        listed("theirs"),
        listed("twice"),
        listed("day", 1),
        listed("place", 1, "0301"),
    ]
    found = compare_lists(own, register)
    assert [(one.person_id, one.kind) for one in found.differences] == [
        ("day", DifferenceKind.OTHER_DATE),
        ("mine", DifferenceKind.MISSING_IN_REGISTER),
        ("place", DifferenceKind.OTHER_MUNICIPALITY),
        ("theirs", DifferenceKind.MISSING_IN_OWN),
        ("twice", DifferenceKind.DOUBLED),
    ]
    assert found.alike == 1
    assert found.differences[0].days == -3


def test_the_order_of_the_lists_does_not_matter() -> None:
    own = [listed("a", 2), listed("b"), listed("a", 1)]
    register = [listed("b", 5), listed("a", 1)]
    assert compare_lists(own, register) == compare_lists(own[::-1], register[::-1])
