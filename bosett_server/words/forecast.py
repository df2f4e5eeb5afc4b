"""Sentences of the forecast room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "forecast_stored_before": _(
        "The same maker's forecast of this day, series and year is stored already. A new one has its own day."
    ),
    "forecast_not_possible": _("The forecast cannot be stored: found %(found)s, allowed is %(allowed)s."),
    "maker_missing": _("Say who made the forecast."),
    "vintage_missing": _(
        "Say which figures it was made from, for example: UDI, monthly figures of 5 March 2026."
    ),
    "series_not_known": _("Choose the series from the list."),
    "purpose_not_known": _("Choose what the forecast is for from the list."),
    "month_twice": _("A month stands twice. Give each month once."),
    "months_missing": _("The file holds no months."),
    "months_too_many": _("The file holds %(found)s months. At most %(most)s can be stored at once."),
    "month_after_publication": _("%(month)s was not begun when the figures were published, %(day)s."),
    "months_stored_before": _(
        "Figures of this series published on this day are stored already. A correction has its own day."
    ),
    "months_not_forecastable": _(
        "No forecast can be made from the months as they stand: found %(found)s, allowed is %(allowed)s."
    ),
    "forecast_shift_wrong": _("The judgement cannot be used: found %(found)s, allowed is %(allowed)s."),
    "months_ahead_made_today": _(
        "A forecast of these months was made today already. A new one can be made tomorrow."
    ),
    "outcome_not_over": _("%(target)s is not over. Its outcome can be stored when it is."),
    "outcome_negative": _("An outcome is 0 or more."),
    "year_out_of_range": _(
        "%(year)s is not a year you can state a need for. Choose one from %(first)s to %(last)s."
    ),
    "number_too_large": _("%(found)s is too large. The largest number that can be stored is %(most)s."),
    "source_missing": _("Say where the number comes from: a letter, a case number or an address."),
    "day_in_future": _("%(day)s has not come yet. Give the day the number was stated."),
    "older_than_need_in_force": _("The need in force is from %(day)s. Give a number from that day or later."),
    "nothing_changed": _("This is the same as what is stored already. Nothing was changed."),
    "parts_of_another_year": _(
        "The parts are for %(year)s. Give the parts of the year you state the need for."
    ),
    "parts_do_not_sum": _("The parts sum to %(sum)s, but the need says %(value)s. Correct one of them."),
    "parts_contradict": _("More are expected to leave than there are. Look at the parts again."),
}
NOTICES: dict[str, str | Promise] = {
    "need_changed": _(
        "The settlement need for %(year)s is changed from %(before)s to %(now)s. It is not divided yet."
    ),
    "months_ahead_made": _("The forecast you asked for is made: %(months)s months ahead."),
    "months_ahead_not_made": _(
        "The forecast you asked for could not be made, since the months were changed meanwhile. Look at them, and ask"
        " again."
    ),
    "need_changed_division_due": _(
        "The settlement need for %(year)s is changed from %(before)s to %(now)s. The rule in force calls for a new"
        " division between the municipalities."
    ),
    "need_changed_no_rule": _(
        "The settlement need for %(year)s is changed from %(before)s to %(now)s. No rule in force says whether the"
        " division is to be made anew; the requests stand until IMDi sends new ones."
    ),
}
SERIES: dict[str, str | Promise] = {
    "asylum": _("Asylum applications"),
    "asylum incl relocation": _("Asylum applications with relocated persons"),
    "Ukraine": _("Persons from Ukraine"),
    "collective": _("Applications for collective protection"),
    "ordinary": _("Ordinary asylum applications"),
    "minors": _("Unaccompanied minors"),
    "need": _("Settlement need"),
    "residents": _("Residents in reception"),
}
COUNTRY_SERIES: dict[str, str | Promise] = {
    "asylum SE": _("Asylum applications in Sweden"),
    "asylum DK": _("Asylum applications in Denmark"),
    "asylum FI": _("Asylum applications in Finland"),
    "asylum DE": _("Asylum applications in Germany"),
    "collective SE": _("Temporary protection in Sweden"),
    "collective DK": _("Temporary protection in Denmark"),
    "collective FI": _("Temporary protection in Finland"),
    "collective DE": _("Temporary protection in Germany"),
}
MONTH_SERIES = SERIES | COUNTRY_SERIES
"""What months can be loaded of."""
MODELS: dict[str, str | Promise] = {
    "log_random_walk": _("Random walk of the logarithm"),
    "damped_level": _("Level that returns slowly"),
    "seasonal_random_walk": _("Random walk with a season"),
    "seasonal_damped_level": _("Level with a season"),
    "auto_ets": _("Exponential smoothing (AutoETS)"),
    "seasonal_naive": _("As the same month a year ago"),
    "joint": _("Several countries together"),
}
PURPOSES: dict[str, str | Promise] = {
    "budget": _("Budget"),
    "planning": _("Planning"),
    "preparedness": _("Preparedness"),
}
LEADS: dict[str, str | Promise] = {
    "earlier": _("Made earlier"),
    "year_before": _("Made the year before"),
    "same_year": _("Made in the same year"),
}
