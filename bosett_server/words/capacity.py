"""Sentences of the capacity room: reception centres, and households that come into the register."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

REFUSALS: Words = {
    "process_under_way": _("An opening or closing of this centre is already under way. Go on with that one."),
    "process_is_never_changed_back": _("A step that is taken stands. It cannot be changed or taken back."),
    "step_taken_before": _("This step is already taken."),
    "step_not_in_order": _(
        "Another step comes first. Open the page again, and take the first one that is open."
    ),
    "step_before_the_last": _("The day lies before the last step, %(last)s. Choose that day or a later one."),
    "step_in_the_future": _("The step cannot be taken on a day that has not come."),
    "municipality_may_still_answer": _(
        "The municipality is not consulted yet, and may answer until %(until)s. Wait, or write when you heard it."
    ),
    "told_or_document_missing": _("Write who was told, and where it is documented."),
    "process_is_over": _("This opening or closing has ended."),
    "statement_missing": _("Write what the municipality says, or where its answer is kept."),
    "answer_days_out_of_range": _("Give the municipality from 0 to %(most)s days to answer."),
    "no_lead_or_places": _("Places on call need a number of days from call to use."),
    "options_do_not_fit": _("An option needs a contract with an end, and whole numbers of days above 0."),
    "name_missing": _("A name is missing. Write it, and try again."),
    "operator_not_known": _("Choose who runs the centre from the list."),
    "informed_in_the_future": _("The municipality cannot have been told on a day that has not come."),
    "centre_registered_before": _(
        "A centre with this name is already registered in the municipality. Open it instead."
    ),
    "already_announced": _("The centre was announced %(on)s."),
    "municipality_not_informed": _(
        "The municipality must be told before the centre is announced. Write which day you told it."
    ),
    "places_out_of_range": _("Write a number of places from 0 to %(most)s."),
    "ends_before_it_starts": _("The last day must come after the first."),
    "outside_the_centres_time": _("The centre is not open that day. Choose a day when it is."),
    "spans_overlap": _(
        "Other places of this kind are already planned in these days. End this span before they begin."
    ),
    "price_not_positive": _("Write a price of at least 1 krone."),
    "contract_without_places": _("A contract has at least one place, fixed or on call."),
    "contract_terms_do_not_fit": _(
        "The terms do not go together. Days of notice cannot be negative, and the lock-in must lie inside the contract."
    ),
    "contracts_overlap": _("Another contract runs in these days. Begin when it ends."),
    "already_closing": _("The centre already closes %(on)s."),
    "closes_before_it_opens": _("The centre cannot close before it opens."),
    "closes_in_the_past": _("Choose a closing day that has not passed."),
    "dialogue_in_the_future": _(
        "The dialogue with the municipality must be held before the closing is decided."
    ),
    "dialogue_not_documented": _("Write where the dialogue with the municipality is documented."),
    "places_after_closing": _("Places are planned after the closing day. Take them away first."),
    "nobody_in_household": _("The household has nobody in it. Add a person."),
    "too_many_persons": _(
        "A household can have at most %(most)s persons. Register the others by themselves."
    ),
    "birth_date_not_possible": _("Person %(person)s: this birth date is not possible."),
    "sex_not_known": _("Choose female or male."),
    "citizenship_not_known": _("Person %(person)s: choose a country."),
    "not_a_minor": _("Person %(person)s is 18 or older, and is not an unaccompanied minor."),
    "duf_number_not_valid": _("Person %(person)s: a DUF number has twelve digits and begins with the year."),
    "national_id_not_valid": _("Person %(person)s: the identity number does not fit. Look at each digit."),
    "only_synthetic_numbers": _(
        "Person %(person)s: this is a demonstration, and only synthetic numbers may be written here."
    ),
    "minor_with_adult": _(
        "An unaccompanied minor does not live with an adult. Register the minor by itself."
    ),
    "minors_without_adult": _(
        "Children would be left without an adult. Mark them as unaccompanied, or keep an adult with them."
    ),
    "in_the_future": _("This day has not come yet. Choose today or an earlier day."),
    "centre_missing": _("Choose the centre where the household lives."),
    "arrival_missing": _("Write the day the household came to the centre."),
    "centre_not_open": _("The centre is not open that day. Choose another day or centre."),
    "person_already_registered": _("Somebody with this number is already in the register."),
    "household_already_in_a_centre": _("The household already lives in a centre."),
    "not_in_reception_now": _("The household does not live in reception any more."),
    "same_centre": _("The household already lives there. Choose another centre."),
    "before_arrival": _("The household came %(arrived)s, so the day must be then or later."),
    "no_stay": _("The household does not live in a centre."),
    "permit_already_granted": _("The permit was granted %(on)s."),
    "already_assigned": _("The household already has a place. Open the page again."),
}
NOTICES: Words = {
    "centre_announced": _("A reception centre is announced in %(municipality)s: %(centre)s, from %(on)s."),
    "centre_process_informed_opening": _(
        "UDI plans to open the reception centre %(centre)s in %(municipality)s on %(on)s, and asks what the"
        " municipality says."
    ),
    "centre_process_informed_closing": _(
        "UDI plans to close the reception centre %(centre)s in %(municipality)s on %(on)s, and asks what the"
        " municipality says."
    ),
    "centre_process_answered": _("%(municipality)s has answered about %(centre)s."),
    "centre_process_given_up": _("UDI has given up its plan for the reception centre %(centre)s."),
    "reception_occupancy": _(
        "Kinds of reception centre that have left a norm: %(of_places)s the budget's (share of the places) and"
        " %(of_residents)s UDI's (share of the residents). %(emptier)s have many empty places."
    ),
    "waiting_alerts": _(
        "Households have reached an alert for how long they wait: %(past)s are past their target, %(soon)s soon are."
    ),
    "centre_closes": _("The reception centre %(centre)s closes %(on)s."),
    "centre_places_set": _("%(centre)s has %(places)s places from %(on)s."),
    "household_registered": _("A household of %(persons)s has come to the centre."),
    "household_moves_in": _("A household of %(persons)s has moved in from another centre."),
    "household_moves_out": _("A household of %(persons)s has moved out."),
    "hold_the_interview": _("A household has its permit. Hold the settlement interview."),
}
KINDS: Words = {
    "arrival": _("Arrival centre"),
    "transit": _("Transit centre"),
    "ordinary": _("Ordinary centre"),
    "integration": _("Integration centre"),
    "minors_15_17": _("Centre for unaccompanied minors 15–17"),
    "adapted": _("Adapted department"),
    "special_housing": _("Special housing"),
    "nursing": _("Places with nursing and care"),
    "emergency": _("Emergency accommodation"),
    "alternative": _("Alternative reception place"),
    "care_centre": _("Care centre for minors under 15"),
}
OPERATORS: Words = {
    "municipal": _("A municipality"),
    "private": _("A company"),
    "voluntary": _("A voluntary organisation"),
    "state": _("The State"),
}
DIRECTIONS: Words = {
    "opening": _("Opening"),
    "closing": _("Closing"),
}
STEPS: Words = {
    "planned": _("Planned"),
    "informed": _("Municipality informed"),
    "consulted": _("Municipality heard"),
    "contract_signed": _("Contract signed"),
    "notice_given": _("Notice given"),
    "announced": _("Announced"),
    "done": _("Done"),
}
GROUPS: Words = {
    "all": _("Everybody"),
    "em_15_17": _("Unaccompanied minors 15–17"),
    "em_under15": _("Unaccompanied minors under 15"),
}
ALERTS: Words = {
    "fuller_of_places": _("Fuller than the budget's norm (share of the places)"),
    "fuller_of_residents": _("Fewer spare places than UDI's norm (share of the residents)"),
    "emptier": _("Many places are empty"),
    "past_target": _("Past the target"),
    "soon_past_target": _("Soon past the target"),
}
