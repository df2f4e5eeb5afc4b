"""The words of the household's own page, one file a language; read once, complete or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from bosett.terms.errors import BadInput

FOLDER = Path(__file__).parent / "texts"
ORDER = ("nb", "nn", "en", "uk", "ar", "ti", "sw", "prs")
NEAREST = {"fa": "prs", "se": "nb"}
"""A language we have no words in, and the one its readers most likely read."""


@dataclass(frozen=True)
class Texts:
    """The words of one language; `approved` is False for a machine's draft that no translator has read."""

    code: str
    name: str
    approved: bool
    words: dict[str, str]

    def say(self, key: str, **facts: object) -> str:
        """The sentence with its facts; a day is written 16.03.2026, which all eight languages read alike."""
        told = {name: f"{fact:%d.%m.%Y}" if isinstance(fact, date) else fact for name, fact in facts.items()}
        return self.words[key].format(**told)


def texts(code: str) -> Texts:
    """The words in the language, or in the nearest, or in English."""
    known = code if code in ORDER else NEAREST.get(code, "en")
    return all_texts()[known]


def choices() -> list[tuple[str, str]]:
    """(code, own name) of every language."""
    return [(code, all_texts()[code].name) for code in ORDER]


@cache
def all_texts() -> dict[str, Texts]:
    """Raises BadInput when a language lacks a sentence, has one too many, or names other facts than bokmål does."""
    found = {code: _read(code) for code in ORDER}
    master = found["nb"].words
    for code, told in found.items():
        differ = set(master) ^ set(told.words)
        differ |= {
            key for key in master if key in told.words and _facts(master[key]) != _facts(told.words[key])
        }
        if differ:
            raise BadInput(", ".join(sorted(differ)), "the sentences and facts of nb.yaml", f"{code}.yaml")
    return found


def _read(code: str) -> Texts:
    told = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    return Texts(code, told["language"], told["approved"], told["texts"])


def _facts(sentence: str) -> list[str]:
    return sorted(part.split("}")[0] for part in sentence.split("{")[1:])
