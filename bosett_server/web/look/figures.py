"""The six ways a figure can be shown: each its own sign and its own word."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bosett.terms.figure import Figure, State
from bosett_server.web.look.numbers import number


@dataclass(frozen=True)
class Sign:
    """How a state is shown: a sign for the eye, a word for ear and legend, a sentence for the doubtful."""

    sign: str
    word: Promise
    meaning: Promise


SIGNS: dict[State, Sign] = {
    State.NOT_ASKED: Sign("–", _("not asked"), _("The municipality was not asked.")),
    State.AWAITING: Sign("…", _("not yet"), _("Asked, but the answer has not come.")),
    State.SUPPRESSED: Sign(":", _("protected"), _("Hidden so that nobody can be recognised.")),
    State.UNKNOWN: Sign("?", _("unknown"), _("There is a number, but nobody here knows it.")),
    State.NOT_STORED: Sign("×", _("not stored"), _("Known once, but not kept in this system.")),
}
ZERO = Sign("0", _("zero"), _("Counted, and there were none."))


def figure_text(figure: Figure) -> str:
    """One line of text: the number, or the word of the state."""
    return number(figure.value) if figure.value is not None else str(SIGNS[figure.state].word)


def figure_html(figure: Figure) -> SafeString:
    """The number; or the state's sign for the eye and its word for the screen reader."""
    if figure.value is not None:
        return SafeString(f'<span class="figure">{number(figure.value)}</span>')
    shown = SIGNS[figure.state]
    return format_html(
        '<span class="figure figure--missing figure--{}"><span aria-hidden="true">{}</span>'
        '<span class="ds-sr-only">{}</span></span>',
        str(figure.state).replace("_", "-"),
        shown.sign,
        shown.word,
    )


def legend() -> list[Sign]:
    """All six, zero first, for the legend that is always in sight."""
    return [ZERO, *SIGNS.values()]
