"""Sentences of the placement room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "run_under_way": _("Another run is under way. Wait until it has ended, then start yours."),
    "nobody_to_place": _("Nobody can be proposed now: no household is ready and heard."),
    "no_places_anywhere": _("No municipality has a place left in %(year)s, so nothing can be proposed."),
    "nothing_chosen": _("You have chosen no proposal. Tick at least one."),
    "proposal_not_open": _(
        "The proposal for %(household)s is no longer open: it is decided, or a newer run replaced it."
        " Open the list again."
    ),
    "proposal_without_place": _(
        "%(household)s has no proposed municipality. Choose one yourself, with a reason."
    ),
    "linked_must_go_together": _(
        "%(household)s is linked to another household. Decide both at once and to the same municipality, or one by one."
    ),
    "override_needs_reason": _("You chose another municipality than the proposed one. Write why."),
    "household_is_empty": _("%(household)s has nobody left in it."),
    "not_heard": _(
        "%(household)s has not been heard on everything. Add what is missing, or a coded reason why it is left out."
    ),
    "recheck_open": _(
        "Something has changed for %(household)s and must be looked at first. Open the household."
    ),
    "not_ready": _("%(household)s is not ready to be proposed, or is already proposed to a municipality."),
    "no_valid_permit": _("Somebody in the household has lost the permit. Nothing can be decided now."),
    "no_places_left": _(
        "The municipality has too few places left: %(left)s, and %(asked_for)s are needed. Choose another municipality,"
        " or ask it to open more places."
    ),
    "no_vedtak_in_force": _("The municipality has no vedtak in force and has opened no places of its own."),
    "no_sealed_place": _(
        "The municipality has opened no place for this household. Ask the person you work with there."
    ),
    "household_already_assigned": _("The household already has a municipality. Open the list again."),
    "household_already_proposed": _("The household already has an open proposal. Open the list again."),
    "assignment_is_not_rewritten": _("A decision is never rewritten. Withdraw it and make a new one."),
    "assignment_has_ended": _("This offer has ended already and cannot be changed."),
    "offers_are_not_undone": _(
        "Only the one who decided can undo it, and only within a minute."
        " Withdraw the offers instead, each with a reason."
    ),
    "offer_met_meanwhile": _(
        "The offer of %(household)s has been answered, asked about or changed meanwhile, so nothing was undone."
    ),
    "settled_is_not_withdrawn": _("Somebody in the household is settled. The decision cannot be withdrawn."),
    "reason_not_known": _("Choose one of the reasons in the list."),
    "other_needs_note": _("You chose “other”. Write a few words about what you mean."),
    "decline_without_reason": _("Choose why you decline."),
    "proposal_expired": _("The deadline has passed, and the card can no longer be answered. Contact IMDi."),
    "already_answered": _("This is already answered. Open the page again to see what stands."),
    "card_withdrawn": _("IMDi has withdrawn this card. You need do nothing."),
    "question_open": _("There is a question on this card that IMDi has not answered yet."),
    "answer_empty": _("Write the answer first."),
    "number_not_positive": _("Write how many places: a whole number, 1 or more."),
    "year_has_passed": _("%(year)s has passed. Open places for this year or a later one."),
    "sealed_needs_household": _("A sealed place is always for one household."),
    "opening_already_withdrawn": _("These places are closed already."),
    "only_the_municipality_opens_places": _(
        "Only the municipality itself can open places above or before its vedtak."
    ),
    "already_with_a_municipality": _("%(household)s is already proposed or assigned to a municipality."),
    "not_for_protected_addresses": _("Agreed self-settlement is handled by hand for this household."),
    "lease_in_the_past": _("The day the home is free has passed. Write today or a later day."),
    "self_settlement_already_asked": _("The household already has a request that waits for an answer."),
    "refusal_without_reason": _("Choose why you say no."),
    "not_approved": _("The municipality has not said yes."),
    "already_decided": _("This is already decided."),
}
NOTICES: dict[str, str | Promise] = {
    "placement_run_done": _("New proposals for %(households)s households: %(easy)s easy, %(hard)s need you."),
    "card_received": _("IMDi proposes a household of %(persons)s. Answer before the deadline."),
    "card_reminder": _("A card for a household of %(persons)s must be answered soon."),
    "card_expired": _("A card was not answered in time. The household goes to others."),
    "card_withdrawn": _("IMDi has withdrawn a card. You need do nothing."),
    "enquiry_answered": _("IMDi has answered your question about a card."),
    "assignment_accepted": _("%(municipality)s has accepted a household of %(persons)s."),
    "assignment_declined": _("%(municipality)s has declined a household of %(persons)s. It is ready again."),
    "assignment_asked": _("%(municipality)s has a question about a card."),
    "assignment_expired": _(
        "%(municipality)s did not answer in time. A household of %(persons)s is ready again."
    ),
    "places_opened": _("%(municipality)s has opened %(places)s places in %(year)s."),
    "places_withdrawn": _("%(municipality)s has closed %(places)s places in %(year)s."),
    "sealed_places_opened": _("A place you asked for has been opened."),
    "sealed_places_withdrawn": _("A place you asked for has been closed."),
    "self_settlement_asked": _(
        "A household of %(persons)s has found a home in %(municipality)s. Do you agree?"
    ),
    "self_settlement_approved": _(
        "%(municipality)s says yes to a home that a household found. You can decide."
    ),
    "self_settlement_refused": _("%(municipality)s says no to a home that a household found."),
    "self_settlement_decided": _(
        "A household of %(persons)s is assigned to %(municipality)s, in the home it found."
    ),
    "self_settlement_withdrawn": _("A request for agreed self-settlement in %(municipality)s is withdrawn."),
}
