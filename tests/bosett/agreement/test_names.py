"""Everything that a finding can tell has a name in three languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bosett.agreement import INDICATORS, FactBook, Verdict, held, shipped_commitments
from bosett.agreement.names import fact_name, missing_in_words, name, read_names, source_name
from bosett.sources.commitment_facts import shipped_facts
from bosett.terms.errors import BadInput

YEARS = range(2016, 2027)


def test_every_commitment_indicator_verdict_and_body_has_a_name() -> None:
    assert all(name("indicator", code) for code in INDICATORS)
    assert all(name("verdict", code) for code in Verdict)
    for one in shipped_commitments():
        assert name("commitment", one.code)
        assert all(name("body", body) for body in one.through)


@pytest.mark.parametrize("book", [shipped_facts(), FactBook(())], ids=["stored", "nothing"])
@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_every_figure_and_everything_missing_in_any_year_has_a_name(book: FactBook, language: str) -> None:
    for year in YEARS:
        for one in held(book, date(year, 12, 31)):
            for told in one.findings:
                assert all(name("figure", code).in_language(language) for code, _ in told.figures)
                assert all(missing_in_words(code, language) for code in told.missing)
                assert all(fact_name(fact.what).in_language(language) for fact in told.evidence)


def test_every_source_of_a_stored_fact_is_told_in_norwegian() -> None:
    titles = {fact.source.title for fact in shipped_facts().facts}
    assert [title for title in titles if not name("source", title)] == []
    assert source_name("Dagsavisen 28 August 2024").nn == "Dagsavisen 28. august 2024"
    assert source_name("A table of one's own").nb == "A table of one's own"


@pytest.mark.parametrize("row", ["figure,need,Need,Behov,", "figure,need,a,b,c\nfigure,need,a,b,c"])
def test_a_name_that_stands_twice_or_lacks_a_language_is_refused_by_line(tmp_path: Path, row: str) -> None:
    file = tmp_path / "names.csv"
    file.write_text(f"kind,code,en,nb,nn\n{row}\n")
    with pytest.raises(BadInput, match="figure need"):
        read_names(file)
