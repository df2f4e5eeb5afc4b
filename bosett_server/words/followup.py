"""Sentences of the followup room: the steps of a household's life."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

REFUSALS: Words = {
    "bufetat_holds_this_interview": _("Bufetat holds the interview with unaccompanied minors under 15."),
    "hearing_is_closed": _(
        "A municipality has been asked to settle the household, so the interview is closed."
    ),
    "answer_not_known": _("One of the answers is not known here. Open the page again."),
    "interpreter_without_language": _("Write which language the interpreter used."),
    "interview_already_open": _(
        "A colleague has just begun this interview. Open the page again to go on with it."
    ),
    "too_many_wishes": _("The household can name at most %(most)s municipalities."),
    "wish_twice": _("The same municipality is named twice. Choose another, or leave the field empty."),
    "tie_not_known": _("Choose both what ties the household to the place, and the municipality."),
    "municipality_not_known": _("Choose a municipality from the list."),
    "comment_dates_go_together": _(
        "Write both the day the household was invited to comment and its last day."
    ),
    "comment_time_too_short": _(
        "The household must have at least %(days)s days to comment. Choose a later day."
    ),
    "interview_incomplete": _("Something is missing. Answer it, or say why it is left out."),
    "only_for_resettlement": _("Only resettlement refugees are interviewed abroad."),
    "no_consent_to_withdraw": _("The household has given no consent that can be withdrawn."),
    "no_permit_yet": _("The household has no permit yet. It can be marked as ready when it has."),
    "not_interviewed": _("Hold the settlement interview first."),
    "ready_before_interview": _(
        "The household cannot be ready before the interview (%(held)s) and the permit."
    ),
    "need_not_known": _("Choose needs from the list."),
    "health_need_without_consent": _(
        "The household has not agreed that health information is used. Choose “Other need” instead."
    ),
    "case_is_closed": _("The household is settled or has left, so this cannot be recorded."),
    "not_a_newborn": _(
        "Only a child under one year is recorded as born under way. Others are registered by UDI."
    ),
    "no_adult_in_household": _("The household has no adult. Ask UDI to register the child."),
    "not_of_the_household": _(
        "One of the persons does not belong to the household any more. Open the page again."
    ),
    "before_birth": _("The day lies before the person was born."),
    "not_a_split": _("Choose somebody who leaves and somebody who stays."),
    "other_not_found": _("No household with this reference is in your sight. Look at the reference."),
    "same_household": _("Choose another household than this one."),
    "return_to_pool_first": _(
        "A municipality has one of the households, or is asked to settle it. Withdraw the assignment first."
    ),
    "partly_settled": _("Somebody is already settled, so the households cannot be merged."),
    "protection_not_known": _("There is no such protection: %(kind)s."),
    "protection_is_so": _("The household's address is protected so already, or is not protected."),
    "nobody_named": _("Name at least one user who shall see the household."),
    "not_same_protection": _("The two households do not have the same protection of their address."),
    "not_same_group": _("The two households are of different groups, so they cannot be merged."),
    "already_settled": _("Somebody you chose is already settled. What is settled stands."),
    "has_left": _("The household has already left."),
    "nothing_to_resolve": _("There is nothing to look at again."),
    "permit_still_lost": _("Somebody in the household has no permit. Split the household first."),
    "group_still_differs": _(
        "The assignment draws on another group's places. Withdraw it and decide anew, so that it uses the right places."
    ),
    "not_assigned": _("The household is not assigned to your municipality."),
    "date_has_passed": _("The day has passed. Choose today or later."),
    "date_before_decision": _("The day lies before the assignment was decided."),
    "exception_for_stranger": _("An exception names somebody outside the household. Open the page again."),
    "exception_without_reason": _("Choose why the person comes on another day."),
    "everybody_excepted": _("Everybody has an exception. Change the household's date instead."),
    "settlement_before_assignment": _(
        "Nobody can be settled before the municipality has accepted the assignment. Look at the day."
    ),
    "no_date_agreed": _("Agree on a settlement date first."),
    "person_already_settled": _("Somebody you chose is already settled. A person is settled once."),
    "settled_twice": _("Somebody you chose is already settled. A person is settled once."),
    "nobody_settled": _("Choose who has arrived."),
    "settled_in_the_future": _(
        "Nobody has arrived on a day that has not come. Choose today or an earlier day."
    ),
    "nobody_chosen": _("Choose who has moved."),
    "not_settled": _("Somebody you chose is not settled yet."),
    "same_municipality": _("Somebody you chose already lives there. Choose another municipality."),
    "moved_before_settlement": _("The move lies before the settlement (%(since)s)."),
    "moved_before_last_move": _("The move lies before the last one (%(since)s)."),
    "move_already_recorded": _("A move on that day is already recorded."),
    "before_last_step": _("The day lies before the household's last step."),
    "deadline_before_proposal": _("The deadline lies before the proposal. Choose a later day."),
    "deadline_not_passed": _("The deadline has not passed yet."),
    "heard_in_the_future": _("The household cannot have been heard on a day that has not come."),
    "interview_not_held": _("The settlement interview is not held yet."),
    "leave_without_reason": _("Choose why the household leaves."),
    "nobody_left": _("Nobody would be left in the household. Record that the whole household leaves."),
    "not_accepted_here": _("Another municipality has accepted the household."),
    "not_proposed_here": _("The household is not proposed to this municipality."),
    "return_without_reason": _("Choose why the household goes back to those who wait."),
}
NOTICES: Words = {
    "household_interviewed": _("%(household)s is interviewed. Register its needs."),
    "household_ready": _("%(household)s is ready for settlement."),
    "consent_withdrawn": _("%(household)s has withdrawn its consent for health information."),
    "household_changed": _("Something has happened in a household of yours. Look at it again."),
    "household_needs_more_room": _("A household has grown, and the municipality has no places left for it."),
    "card_household_changed": _(
        "A household you are asked to settle has changed. It has %(persons)s persons now."
    ),
    "card_household_needs_more_room": _(
        "A household you are asked to settle has grown. You have no places left for it."
    ),
    "settlement_date_agreed": _("A household of %(persons)s moves to its municipality %(on)s."),
    "settlement_date_changed": _("A household's settlement date is changed to %(on)s."),
    "other_group_on_the_day": _("A minor is in another age group on the agreed settlement date."),
    "household_settled": _("A household is settled in %(municipality)s."),
    "persons_settled": _("%(persons)s of a household are settled in %(municipality)s."),
    "moved_away": _("%(persons)s settled persons have moved to %(to)s."),
    "moved_here": _("%(persons)s settled persons have moved here from %(from)s."),
}
EVENTS: Words = {
    "birth": _("A child is born"),
    "death": _("Somebody has died"),
    "split": _("The household splits"),
    "merge": _("Two households become one"),
    "permit": _("A permit is lost"),
    "left": _("Somebody has left"),
}
EVENT_WHAT: Words = {
    "birth": _("The child becomes part of the household, and the municipality needs one more place."),
    "death": _("The person leaves the household, and one place is free."),
    "split": _("Some move into a household of their own, and are heard again."),
    "merge": _("The persons of another household move into this one."),
    "permit": _("Who has no permit cannot be settled. If nobody has, the household leaves."),
    "left": _("Somebody has withdrawn, left Norway or settled without an agreement."),
}
PROTECTIONS: Words = {
    "fortrolig": _("Confidential address (kode 7)"),
    "strengt_fortrolig": _("Strictly confidential address (kode 6)"),
}
EXCEPTIONS: Words = {
    "in_hospital": _("In hospital"),
    "finishes_school": _("Finishes the school term"),
    "gives_birth": _("Gives birth"),
    "serves_sentence": _("Serves a sentence"),
    "travels_later": _("Travels later"),
    "other": _("Another reason"),
}
DIFFERENCES: Words = {
    "missing_in_list": _("In the register, not in your list"),
    "missing_in_register": _("In your list, not in the register"),
    "doubled_in_list": _("Twice in your list"),
    "doubled_in_register": _("Twice in the register"),
    "dated_differently": _("Different day"),
    "other_municipality": _("Another municipality"),
}
WHAT_TO_DO: Words = {
    "missing_in_list": _("Add it to your list, or tell IMDi if nobody came."),
    "missing_in_register": _("Record the settlement. Who has moved away since is not in this comparison."),
    "doubled_in_list": _("Take one line away."),
    "doubled_in_register": _("Tell IMDi."),
    "dated_differently": _("Find out which day is right. A recorded day is put right by IMDi."),
    "other_municipality": _("Tell IMDi."),
}
