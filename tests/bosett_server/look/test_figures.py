"""Zero, not asked, not yet, suppressed, unknown and not stored are six different things, also to the ear."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from bosett.terms.figure import Figure, State
from bosett_server.web.look.figures import figure_html, figure_text, legend

ABSENT = [state for state in State if state is not State.NUMBER]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_of_the_six_has_its_own_sign_and_its_own_word(language: str) -> None:
    with override(language):
        signs = legend()
        assert len(signs) == 6
        assert len({sign.sign for sign in signs}) == 6
        assert len({str(sign.word) for sign in signs}) == 6


@pytest.mark.parametrize("state", ABSENT)
def test_a_missing_figure_shows_no_digit_and_is_read_out_as_a_word(state: State) -> None:
    figure = Figure.missing(state)
    with override("nb"):
        shown = figure_html(figure)
        assert not any(letter.isdigit() for letter in shown)
        assert f'<span class="ds-sr-only">{figure_text(figure)}</span>' in shown


def test_zero_is_shown_as_a_number() -> None:
    assert figure_html(Figure.of(0)) == '<span class="figure">0</span>'
