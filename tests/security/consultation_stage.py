"""Meetings, matters and an action that every party takes part in; and which of them stands behind which door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bosett_server.actions.consultation_actions import give_action
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_matters import raise_matter, support_matter
from bosett_server.actions.consultation_meetings import hold_meeting
from bosett_server.actions.consultation_protocols import (
    approve_protocol,
    decide,
    publish_protocol,
    write_minutes,
)
from tests.bosett_server.cast import DAY
from tests.bosett_server.consultation.scenes import called

SEATS = ("AID", "KS", "IMDi", "UDI", "Bufetat")
AT_THE_TABLE = ("ministry", "ks", "imdi_lead", "udi_reception", "bufetat")
MEETING = {"number": "meeting", "meeting_id": "meeting", "decision_id": "decision", "pack_number": "pack",
           "form": "paper", "kind": "text_kind"}  # fmt: skip
MATTER = {"number": "consultation_matter", "matter_id": "consultation_matter", "kind": "said"}
ACTION = {"number": "consultation_action", "action_id": "consultation_action"}
PAGES = {
    **dict.fromkeys(("meeting", "meeting-change", "agenda", "meeting-step", "calendar"), MEETING),
    **dict.fromkeys(("papers", "write", "decide", "give"), MEETING),
    **dict.fromkeys(("matter", "matter-write", "support", "merge", "matter-step", "position"), MATTER),
    **dict.fromkeys(("action", "action-due"), ACTION),
    "protocol": MEETING,
}  # fmt: skip
CALLS = {
    **dict.fromkeys(
        (
            "consultation_put_meeting", "consultation_post_cancellation", "consultation_put_agenda",
            "consultation_post_pack", "consultation_get_pack", "consultation_post_holding", "consultation_get_written",
            "consultation_outcomes_put_minutes", "consultation_outcomes_put_protocol",
            "consultation_outcomes_post_decision", "consultation_outcomes_delete_decision",
            "consultation_outcomes_post_approval", "consultation_outcomes_post_publication",
            "consultation_outcomes_post_action",
        ),
        MEETING,
    ),
    **dict.fromkeys(
        (
            f"consultation_matters_{call}"
            for call in (
                "get_matter", "put_text", "post_support", "delete_support", "put_merge", "post_closing", "put_said",
                "post_sharing",
            )
        ),
        MATTER,
    ),
    **dict.fromkeys(("consultation_outcomes_put_due", "consultation_outcomes_put_report"), ACTION),
}  # fmt: skip
BEHIND = {**{f"consultation-{page}": kinds for page, kinds in PAGES.items()}, **CALLS}


def consultation_of_all(stage: Any) -> None:
    """A held meeting with everything that comes of one, and a matter that waits."""
    where = stage.world
    matter = raise_matter(
        where["municipality_coordinator"], title="Store boliger", text="Familier venter på hus."
    )
    support_matter(where["county"], number=matter)
    meeting = called(where, parties=SEATS)
    set_agenda(where["ministry"], number=meeting)
    pack = make_pack(where["ministry"], number=meeting)
    hold_meeting(where["ministry"], number=meeting)
    decision = decide(where["ministry"], number=meeting, text="Boligene kartlegges.", matter=matter)
    action = give_action(
        where["ministry"], number=meeting, text="Kartlegg boligene", owner="KS", due=DAY + timedelta(days=30)
    )
    write_minutes(where["ministry"], number=meeting, kind="minutes", text="Referat.", version=0)
    write_minutes(where["ministry"], number=meeting, kind="protocol", text="Protokoll.", version=0)
    for who in AT_THE_TABLE:
        approve_protocol(where[who], number=meeting, version=1)
    publish_protocol(where["ks"], number=meeting)
    stage.samples |= {
        "meeting": meeting, "consultation_matter": matter, "consultation_action": action, "decision": decision,
        "pack": pack, "text_kind": "minutes", "said": "position",
    }  # fmt: skip
