"""What a frame assumes, in the reader's words: shares as per cent, rates with where they are from."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bosett.grants.frame_problem import CATEGORIES, LABELS, Range
from bosett.grants.frame_rates import FrameRate
from bosett.grants.frame_words import word
from bosett_server.queries.grant_frames import FrameShown
from bosett_server.web.grants.rate_words import said
from bosett_server.web.grants.words import rule_label
from bosett_server.web.look.language import current_language
from bosett_server.web.look.numbers import kroner, number, percent

SHARES = ("elder_share", "kindergarten_share", "collective_share")


def assumptions(shown: FrameShown) -> list[tuple[str, str]]:
    """(what, value) of everything that may be changed; none of it is read in a source."""
    scenario = shown.frame.scenario
    return [(said(label), _value(name, getattr(scenario, name))) for name, label in LABELS.items()]


def rates_assumed(shown: FrameShown) -> list[tuple[str, str, str]]:
    """(rate, its path, value and where it is from year by year) of the rates that no source gives."""
    found: dict[str, list[FrameRate]] = {}
    for one in shown.frame.rates:
        if one.assumed:
            found.setdefault(one.rule, []).append(one)
    return [(rule_label(rule), rule, _years(rates)) for rule, rates in sorted(found.items())]


def _years(rates: list[FrameRate]) -> str:
    """One amount for all years where they are alike, else each year's."""
    how = ", ".join(dict.fromkeys(_word(one.how.value) for one in rates))
    if len({one.nok for one in rates}) == 1:
        return f"{kroner(rates[0].nok)} ({how})"
    return ", ".join(f"{one.year}: {kroner(one.nok)}" for one in rates) + f" ({how})"


def _value(name: str, value: object) -> str:
    if value is None:
        return _("not set")
    if isinstance(value, bool):
        return pgettext("grants", "yes") if value else pgettext("grants", "no")
    if isinstance(value, Range):
        return _range(name, value)
    if isinstance(value, Mapping):
        return _shares(value) if name == "composition" else _("not set")
    if name in SHARES and isinstance(value, float):
        return percent(value)
    if name.endswith("_nok") and isinstance(value, int):
        return kroner(value)
    return str(value)


def _range(name: str, value: Range) -> str:
    told = [value.likely, value.low, value.high]
    if name == "growth_percent":
        likely, low, high = (f"{number(one, 1)} %" for one in told)
    else:
        likely, low, high = (percent(one) for one in told)
    return _("%(likely)s (from %(low)s to %(high)s)") % {"likely": likely, "low": low, "high": high}


def _shares(value: Mapping[str, float]) -> str:
    names = {
        "single_adult": pgettext("grants", "single adults"),
        "other_adult": pgettext("grants", "other adults"),
        "child": pgettext("grants", "children"),
        "unaccompanied_minor": pgettext("grants", "unaccompanied minors"),
    }
    return ", ".join(f"{names[one]} {percent(value[one])}" for one in CATEGORIES)


def _word(key: str) -> str:
    language = current_language()
    return word(key, language if language in ("nb", "nn", "en") else "nb")
