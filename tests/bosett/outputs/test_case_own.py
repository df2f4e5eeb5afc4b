"""What the municipality writes itself, what is promised, and the money year by year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bosett.decisions.commitments import Commitment, CommitmentKind, ToldBy
from bosett.decisions.plan_gain import gains
from bosett.decisions.planner import alternative, how_many_fit
from bosett.outputs.case_paper import case_paper
from bosett.outputs.paper import Grid, Heading, Points, Text
from bosett.outputs.paper_pdf import paper_pdf
from bosett.terms.days import Month
from tests.bosett.outputs.papers import MONEY, MONTHS, PLANS, case_facts


def words(facts) -> list[str]:
    found = []
    for block in case_paper(facts).blocks:
        match block:
            case Points(points):
                found += points
            case Grid(caption, header, rows):
                found += [caption, *header, *(cell for row in rows for cell in row)]
            case Heading(text) | Text(text):
                found.append(text)
    return found


def test_own_texts_stand_where_they_belong_and_are_text_whatever_they_hold():
    nasty = "#eval(1) $x$ *fet* <b> @ref\n\nAndre avsnitt \\ #set page()"
    facts = replace(case_facts(), own_texts={"background": nasty, "assessment": "Vi har rom."})
    told = words(facts)
    assert "#eval(1) $x$ *fet* <b> @ref" in told
    assert told.index("Vurdering") + 1 == told.index("Vi har rom.")
    assert told.index("Andre avsnitt \\ #set page()") < told.index("Alternativer og konsekvenser")
    assert paper_pdf(case_paper(facts)).startswith(b"%PDF")


def test_a_text_for_a_place_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="room for"):
        replace(case_facts(), own_texts={"elsewhere": "x"})


def test_what_is_promised_stands_with_its_source():
    promised = (
        Commitment(CommitmentKind.FAMILY, 3, Month(2026, 4), ToldBy.UDI),
        Commitment(CommitmentKind.EARLIER_YEAR, 2, None, ToldBy.REGISTER),
    )
    told = words(replace(case_facts(), commitments=promised))
    place = told.index("familie som kommer")
    assert told[place : place + 4] == ["familie som kommer", "3", "april 2026", "UDI"]
    assert "De som kommunen alt har sagt ja til eller venter: 5 personer" in told
    assert "ikke kjent" in told


def test_the_money_of_a_year_without_a_rate_is_named_and_never_zero():
    told = words(case_facts())
    place = told.index("2028")
    assert told[place + 1] == "sats mangler"
    assert "5\u00a0000\u00a0000" in told


def test_a_chosen_number_is_the_only_proposal():
    told = words(replace(case_facts(language="nn"), recommended=14))
    assert "Valdalen kommune buset 14 personar i 2026." in told
    assert not any(one.startswith("Alternativ 1: Valdalen") for one in told)
    nobody = words(replace(case_facts(), recommended=0))
    assert "Valdalen kommune bosetter ingen flyktninger i 2026." in nobody


def test_each_alternative_says_what_it_is():
    told = words(replace(case_facts(), own_number=14))
    assert "1: ingen" in told
    assert "2: så mange det er plass til, kommunens eget tall" in told
    assert "3: som anmodet" in told


def test_those_who_have_come_are_part_of_the_years_number():
    # 14 fit beside 6 who have come: 20 is what there is room for in the whole year, and 5 is fewer than have come.
    plans = PLANS["homes"]
    found = how_many_fit(MONTHS, plans)
    numbers = tuple(
        replace(alternative(max(0, number - 6), MONTHS, plans, MONEY), persons=number)
        for number in (5, 20, 30)
    )
    told = words(replace(case_facts(), taken=6, alternatives=numbers, capacity=found))
    assert "2: så mange det er plass til" in told
    assert any(
        "Sammen med de 6 som er bosatt eller tildelt i 2026, blir det 20 personer." in one for one in told
    )
    assert any("færre enn de 6 som alt er bosatt eller tildelt" in one for one in told)


def test_nothing_entered_gives_no_claim_that_it_is_enough():
    empty = how_many_fit(MONTHS, ())
    facts = replace(
        case_facts(), capacity=empty, alternatives=(alternative(0, MONTHS, ()), alternative(30, MONTHS, ()))
    )
    told = words(facts)
    assert "ingenting" not in told
    assert "ikke beregnet" in told


def test_what_more_of_each_gives_stands_in_a_table():
    told = words(replace(case_facts(), gains=gains(MONTHS, PLANS["homes"])))
    assert "Hva litt mer av hver ressurs gir" in told
    assert "hjelper ikke alene" in told


def test_made_up_figures_are_marked_above_everything():
    assert "Øvelse" in case_paper(replace(case_facts(), exercise=True)).mark
    assert "Øving" in case_paper(replace(case_facts(language="nn"), exercise=True)).mark
