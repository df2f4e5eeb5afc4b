"""The same words in English, bokmål and nynorsk; no sentence exists in one language only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A name or a short text in the three languages that are complete.

    Raises
    ------
    ValueError
        If one of them is empty.
    """

    en: str
    nb: str
    nn: str

    def __post_init__(self) -> None:
        for language in ("en", "nb", "nn"):
            if not self.in_language(language).strip():
                raise ValueError(f"the label has no text in {language}")

    def in_language(self, language: str) -> str:
        """The text in `en`, `nb` or `nn`; another language is a ValueError."""
        if language not in ("en", "nb", "nn"):
            raise ValueError(f"labels are stored in en, nb and nn, not {language!r}")
        return str(getattr(self, language))
