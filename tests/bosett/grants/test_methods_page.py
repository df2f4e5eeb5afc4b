"""The pages say what the rules and the table say; `python -m tests.bosett.grants.test_methods_page` makes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from bosett.grants.methods import methods_page
from bosett.grants.names import SCHEME_NAMES
from bosett.grants.paid_page import paid_page
from bosett.grants.rulebook import RULES, rules_of
from bosett.grants.solve import ALL
from bosett.rules.parameters import Parameters
from bosett.sources.settled_counts import published_settled

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "methods"
PAGES = {"en": FOLDER / "grants.md", "nb": FOLDER / "grants.nb.md", "nn": FOLDER / "grants.nn.md"}

PAID = {language: FOLDER / file.name.replace("grants", "grants-paid") for language, file in PAGES.items()}


@pytest.mark.parametrize("language", PAGES)
def test_the_page_of_methods_is_what_the_rules_give_today(language: str) -> None:
    assert PAGES[language].read_text("utf-8") == methods_page(language)


@pytest.mark.parametrize("language", PAID)
def test_the_page_of_payments_is_what_table_and_rates_give_today(language: str) -> None:
    assert PAID[language].read_text("utf-8") == paid_page(language, published_settled())


def test_every_scheme_has_a_name_and_a_rule_with_a_legal_reference() -> None:
    assert set(SCHEME_NAMES) == set(ALL)
    assert all(rules_of(scheme) for scheme in ALL)
    assert all(one.legal and one.function.__doc__ for one in RULES)


def test_every_dated_value_that_a_rule_reads_is_stored_and_every_version_is_chosen_by_a_table() -> None:
    params = Parameters.shipped()
    for rule in RULES:
        assert set(rule.values) <= set(params.paths()), rule.code
        if rule.chosen_by:
            assert rule.version in {entry.value for entry in params.get(rule.chosen_by).entries}


def test_every_stored_value_of_the_grants_stands_on_the_page() -> None:
    page = methods_page("nn")
    for path in Parameters.shipped().paths():
        if path.startswith("grants/"):
            assert f"`{path}`" in page


if __name__ == "__main__":
    for language, file in PAGES.items():
        file.write_text(methods_page(language), encoding="utf-8")
        PAID[language].write_text(paid_page(language, published_settled()), encoding="utf-8")
