"""Words for codes of need: the labels that stand beside the codes in `parameters/needs`."""

from __future__ import annotations

import csv
from functools import lru_cache

from django.utils.translation import get_language

from bosett.rules.parameters import SHIPPED
from bosett.terms.label import Label

CODES = SHIPPED / "needs" / "codes.csv"


@lru_cache(maxsize=1)
def need_labels() -> dict[str, Label]:
    """Code -> label in the three complete languages, in the order of the file."""
    with CODES.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Label(row["label_en"], row["label_nb"], row["label_nn"])
            for row in csv.DictReader(file)
        }


def need_word(code: str) -> str:
    """The need in the reader's language; bokmål where the language has no label, a code that is none as itself."""
    label = need_labels().get(code)
    if label is None:
        return code
    language = (get_language() or "nb").split("-", maxsplit=1)[0]
    return label.in_language(language if language in {"en", "nn"} else "nb")
