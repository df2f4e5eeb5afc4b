"""What a changed request and an assignment say on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bosett.outputs.anmodning_letter import anmodning_letter
from bosett.outputs.assignment_decision import assignment_paper
from bosett.outputs.changed_request import StandingVote
from bosett.outputs.paper_pdf import paper_pdf
from tests.bosett.outputs.papers import decision, letter, pdf_text


def test_requests_that_reach_no_further_than_the_need_say_that_there_is_no_buffer() -> None:
    level = pdf_text(paper_pdf(anmodning_letter(letter(need=13_000, sent_in_all=13_000))))
    assert "på 13 000 i alt: det er ingen buffer" in level
    below = pdf_text(paper_pdf(anmodning_letter(letter(language="nn", need=13_000, sent_in_all=12_400))))
    assert "Det er 600 færre enn behovet, og ingen buffer" in below


def test_a_changed_request_says_which_vedtak_stands_what_is_counted_on_and_who_must_answer() -> None:
    scaled = letter(asked=15, former_asked=30, standing=StandingVote(24, 12, again=False))
    text = pdf_text(paper_pdf(anmodning_letter(scaled)))
    assert "Vedtaket om 24 blir stående" in text
    assert "regner fra nå med 12 av de 24 plassene" in text
    assert "trenger ikke å svare på nytt" in text
    assert "Fristen er" not in text
    again = letter(language="nn", asked=40, former_asked=30, standing=StandingVote(24, 24, again=True))
    text = pdf_text(paper_pdf(anmodning_letter(again)))
    assert "svare på det nye talet innan fristen" in text
    assert "Fristen er" in text
    gone = letter(asked=None, former_asked=30, standing=StandingVote(24, 0, again=False))
    text = pdf_text(paper_pdf(anmodning_letter(gone)))
    assert "Anmodningen om 30 er trukket tilbake" in text
    assert "0 av de 24 plassene" in text


def test_an_assignment_decision_names_nobody_and_says_who_decided_and_what_can_be_done() -> None:
    facts = decision()
    text = pdf_text(paper_pdf(assignment_paper(facts)))
    assert "Tildeling av busetjingskommune 12" in text
    assert "Hushald H-4711 med 1 person er tildelt Valdalen kommune" in text
    assert "Ein annan kommune enn den føreslegne" in text
    assert "Eit program føreslo, eit menneske avgjorde" in text
    assert "ikkje eit enkeltvedtak som kan påklagast" in text
    with pytest.raises(ValueError, match="keeps it from the public"):
        replace(facts, restriction=" ")
    none = replace(facts, language="nb", reasons=(), other_reason=(), decided_by="", proposed=False)
    text = pdf_text(paper_pdf(assignment_paper(none)))
    assert "Ingen grunner er lagret" in text
    assert "Navnet på den som avgjorde, er ikke lagret" in text
