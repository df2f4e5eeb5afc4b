"""Sentences of the planner, the homes and the weeks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "plan_number_wrong": _("A number in the plan is below zero or too large. Look at the marked cell."),
    "persons_a_bedroom_wrong": _("Choose from 1 to %(most)s persons to a bedroom, and not %(found)s."),
    "plan_year_wrong": _("You can plan for %(first)s to %(last)s, and not for %(year)s."),
    "paper_language_wrong": _("The case paper is written in bokmål or nynorsk."),
    "paper_number_wrong": _("Give a number of persons from 0 to %(most)s, and not %(found)s."),
    "paper_text_wrong": _("Each text can hold %(most)s characters. Shorten it, and save again."),
    "commitment_persons_wrong": _("Give a number of persons from 1 to %(most)s, and not %(found)s."),
    "commitment_month_wrong": _("Choose a month of the year."),
    "register_counts_itself": _(
        "Those in the register are counted already. Add only those whom the register does not know."
    ),
    "home_address_missing": _("Give an address or a name that you know the home by."),
    "home_number_wrong": _("A number of the home is below zero or above %(most)s. Correct it."),
    "home_days_wrong": _("The last day must come after the first. Change one of them."),
    "home_is_there": _("A home with this address is registered already. Change that one instead."),
    "home_let_outside": _("Somebody has the home on days that it would not be free. End that first."),
    "home_taken_out": _("The home is taken out and is no longer offered."),
    "home_is_let": _("Somebody has the home or is to have it. End that first; then it can be taken out."),
    "home_held_then": _("Somebody has the home in these days. A home holds one household at a time."),
    "home_not_free_then": _("The home cannot be let in these days. Look at its first and last day."),
    "household_has_a_home": _(
        "The household has a home here already. End that first, or give it a last day."
    ),
    "hold_is_over": _("This has come to an end already."),
    "hold_has_begun": _("The household should have moved in by now. Say when it moved out instead."),
    "homes_too_many": _("The file must have at least one home, and at most %(most)s."),
    "home_twice": _("Two lines of the file have the same address. Keep one of them."),
    "week_wrong": _("A week in the plan cannot be read: %(found)s. Correct it, and save again."),
    "week_has_passed": _("The week of %(week)s has passed, or is more than two years ahead."),
    "no_weeks_to_confirm": _("There are no weeks to confirm yet. Fill in some weeks first."),
}
NOTICES: dict[str, str | Promise] = {
    "weeks_expired": _(
        "%(municipality)s's plan by week was last confirmed on %(day)s, more than %(days)s days ago."
        " Say whether it is still right."
    ),
}
