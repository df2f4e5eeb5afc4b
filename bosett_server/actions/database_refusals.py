"""Turns what the database refused into the same refusal the library would give."""

from __future__ import annotations

import psycopg
from django.db import DatabaseError

from bosett.terms.errors import Refused

# SQLSTATE codes raised by records/sql; the message is the refusal's code, the detail its facts.
OUR_CODES = {"BS001", "BS002", "BS003", "BS004"}

CONSTRAINTS = {
    "records_versionedfigure_supersedes_id_key": "somebody_changed_it_meanwhile",
    "one_pulse_a_month": "pulse_answered",
    "one_hand_over_at_a_time": "matter_on_its_way",
    "no_closed_matter_is_on_its_way": "matter_on_its_way",
    "one_current_figure": "somebody_changed_it_meanwhile",
    "assigned_to_one_municipality_at_a_time": "household_already_assigned",
    "records_settlement_person_id_key": "person_already_settled",
    "one_open_proposal_per_household": "household_already_proposed",
    "one_run_under_way": "run_under_way",
    "one_choice_a_household": "choice_stands_already",
    "one_exclusion_a_pair": "choice_stands_already",
    "exclusion_tells_no_reason": "exclusion_tells_no_reason",
    "one_draft_round_a_year": "round_already_drafted",
    "one_open_self_settlement": "self_settlement_already_asked",
    "in_one_centre_at_a_time": "household_already_in_a_centre",
    "one_open_reassessment": "reassessment_asked_already",
    "one_open_named_access": "already_named",
    "nobody_grants_themselves": "nobody_changes_own_rights",
    "nobody_names_themselves": "nobody_changes_own_rights",
    "records_user_username_key": "user_name_taken",
    "one_move_a_day": "move_already_recorded",
    "one_special_claim_a_grant_year": "claim_twice",
    "one_claim_a_year": "claim_twice",
    "one_open_interview": "interview_already_open",
    "one_person_per_duf": "person_already_registered",
    "one_person_per_national_id": "person_already_registered",
    "one_current_observation": "somebody_imported_meanwhile",
    "one_household_at_a_time": "home_held_then",
    "offered_home_to_one_household_at_a_time": "home_taken_meanwhile",
    "one_offer_a_home": "home_offered_already",
    "one_priority_a_rank": "somebody_changed_it_meanwhile",
    "one_open_home_a_household": "household_has_a_home",
    "one_plan_a_year": "somebody_changed_it_meanwhile",
    "one_current_fact": "somebody_imported_meanwhile",
    "one_expenditure_scenario_by_name": "expenditure_name_taken",
    "one_expenditure_round_a_year": "expenditure_round_exists",
    "one_expenditure_answer": "somebody_changed_it_meanwhile",
    "one_process_at_a_time": "process_under_way",
    "step_taken_once": "step_taken_before",
    "forecast_stored_once": "forecast_stored_before",
    "month_published_once": "months_stored_before",
    "scenario_name_once": "scenario_name_taken",
}


def refusal_from(error: DatabaseError) -> Refused | None:
    """The refusal behind a database error, or None when it is a fault of ours."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return None
    if cause.sqlstate in OUR_CODES:
        return Refused(cause.diag.message_primary or "refused_by_database", _facts(cause.diag.message_detail))
    code = CONSTRAINTS.get(cause.diag.constraint_name or "")
    return Refused(code) if code else None


def _facts(detail: str | None) -> dict[str, str | int]:
    facts: dict[str, str | int] = {}
    for part in (detail or "").split(" "):
        name, equals, value = part.partition("=")
        if equals:
            facts[name] = int(value) if value.isdigit() and not name.endswith("municipality") else value
    return facts
