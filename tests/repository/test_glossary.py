"""The glossary: three languages for every word, the page as the file says, names that the code has."""

from pathlib import Path

from .glossary import PAGE, faults, page, terms
from .tree import ROOT, plant

GOOD = """\
- term: need
  en: need
  nb: behov
  nn: behov
  definition_en: A number.
  definition_nb: Et tall.
  definition_nn: Eit tal.
  code: [NeedInputs]
"""


def test_the_glossary_has_no_fault() -> None:
    assert faults() == []


def test_the_page_says_what_the_file_says() -> None:
    assert (ROOT / PAGE).read_text("utf-8") == page()


def test_the_words_of_the_chain_are_there_in_both_norwegian_forms() -> None:
    words = {(term["nb"], term["nn"]) for term in terms()}
    assert len(words) >= 60
    assert {
        ("anmodning", "oppmoding"),
        ("bosatt", "busett"),
        ("tildeling", "tildeling"),
        ("enslig mindreårig", "einsleg mindreårig"),
        ("statsforvalter", "statsforvaltar"),
        ("integreringstilskudd", "integreringstilskot"),
        ("kollektiv beskyttelse", "kollektivt vern"),
        ("avtalt selvbosetting", "avtalt sjølvbusetjing"),
    } <= words


def test_nynorsk_is_not_bokmal() -> None:
    bokmal = {
        "ikke",
        "en",
        "et",
        "noen",
        "fra",
        "hvor",
        "hvordan",
        "jeg",
        "flere",
        "bare",
        "mer",
        "uke",
        "kommer",
    }
    for term in terms():
        used = set(str(term["definition_nn"]).lower().replace(",", " ").replace(".", " ").split())
        assert not used & bokmal, (term["term"], used & bokmal)


def test_bokmal_is_not_nynorsk() -> None:
    nynorsk = {
        "ikkje",
        "ein",
        "eit",
        "nokon",
        "frå",
        "kor",
        "korleis",
        "fleire",
        "berre",
        "meir",
        "veke",
        "kjem",
    }
    for term in terms():
        used = set(str(term["definition_nb"]).lower().replace(",", " ").replace(".", " ").split())
        assert not used & nynorsk, (term["term"], used & nynorsk)


def test_a_term_without_a_text_or_with_a_name_the_code_lacks_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "bosett/forecast.py", "class NeedInputs: ...\n")
    plant(tmp_path, "docs/glossary.yaml", GOOD)
    assert faults(tmp_path) == []
    spoilt = GOOD.replace("nn: behov", "nn: ''").replace("NeedInputs", "Wants") + GOOD
    plant(tmp_path, "docs/glossary.yaml", spoilt)
    assert faults(tmp_path) == [
        "need lacks nn",
        "need names Wants, which is not in the code",
        "need stands twice",
    ]
