"""Sentences of the consultation room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "consultation": _("Consultation meeting"),
    "committee": _("National committee"),
    "working_group": _("Working group"),
}
STATES: dict[str, str | Promise] = {
    "called": _("Called"),
    "held": _("Held"),
    "cancelled": _("Cancelled"),
}
STANDINGS: dict[str, str | Promise] = {"late": _("Late"), "open": _("Under way"), "done": _("Done")}
TEXT_KINDS: dict[str, str | Promise] = {
    "matter": _("Text of the matter"),
    "position": _("Position"),
    "proposal": _("Proposal"),
    "minutes": _("Minutes"),
    "protocol": _("Protocol"),
}
ITEM_KINDS: dict[str, str | Promise] = {
    "action": _("What came of the last meeting"),
    "indicator": _("Crossed a limit"),
    "matter": _("Raised"),
    "earlier": _("Crossed a limit earlier, and still stands"),
}

REFUSALS: dict[str, str | Promise] = {
    "consultation_title_missing": _("Give it a title of at most %(most)s characters."),
    "consultation_text_missing": _("Write the text. It cannot be empty."),
    "consultation_text_too_long": _("The text is too long. Keep it under %(most)s characters."),
    "consultation_text_stands": _("A version that is stored is never changed. Write a new version."),
    "consultation_ends_before_it_begins": _("The meeting must end after it begins."),
    "consultation_in_the_past": _("The meeting cannot begin before today."),
    "consultation_outside_agreement": _(
        "%(day)s is outside the period of the agreement. Choose a day within one agreement."
    ),
    "consultation_due_outside_agreement": _(
        "%(day)s is after the agreement %(agreement)s has ended, or before it began. Choose a day within it."
    ),
    "consultation_not_a_party": _(
        "%(party)s is not a party to the agreement %(agreement)s, and no body that acts for one. Choose another."
    ),
    "consultation_caller_not_called": _(
        "Call your own party (%(party)s), too. Only those who are called lead."
    ),
    "consultation_meetings_overlap": _(
        "%(title)s is at the same time, and %(party)s is called to both. Choose another time."
    ),
    "consultation_busy_then": _(
        "%(party)s is called to another meeting at the same time. Choose another time."
    ),
    "consultation_not_called": _("The meeting is held or cancelled already."),
    "consultation_not_held": _("This is written when the meeting has been held. Say first that it is."),
    "consultation_not_yet": _("The meeting is on %(day)s. Say that it is held when it has been."),
    "consultation_no_agenda": _("The meeting has no agenda yet. Make the agenda first."),
    "consultation_nothing_to_take_up": _(
        "There is nothing to take up: no open action, no limit crossed, no matter raised. Raise a matter first."
    ),
    "consultation_voice_missing": _("Choose in whose name you speak."),
    "consultation_commitment_unknown": _(
        "The agreement %(agreement)s has no such commitment. Choose another."
    ),
    "consultation_matter_closed": _("The matter is closed. Raise a new one if there is more to say."),
    "consultation_stands_behind_already": _("You stand behind this matter already."),
    "consultation_does_not_stand_behind": _(
        "You do not stand behind this matter, so there is nothing to leave."
    ),
    "consultation_into_itself": _("A matter cannot be merged into itself. Choose another."),
    "consultation_others_merged": _(
        "Other matters are merged into yours, so you cannot take it back. Ask those who lead the meetings."
    ),
    "consultation_nothing_to_share": _("There is nothing to share yet. Write it first."),
    "consultation_shared_already": _(
        "This version is shared already. Write a new version if there is more to say."
    ),
    "consultation_approved_already": _(
        "A party has approved the protocol, so nothing more is decided. Write a new version of the protocol first."
    ),
    "consultation_not_on_the_agenda": _(
        "The matter is not on the agenda of this meeting. Choose one that is."
    ),
    "consultation_no_protocol": _("There is no protocol yet. Write it first."),
    "consultation_approved_by_you": _("Your party has approved this version already."),
    "consultation_not_approved": _(
        "These have not approved the protocol yet: %(parties)s. It is published when all have."
    ),
    "consultation_published_already": _("This version is published already."),
    "consultation_action_without_owner": _("An action needs an owner. Choose who does it."),
    "consultation_action_done": _("The action is done already."),
    "consultation_due_before_meeting": _("It cannot be due before %(day)s, when it was decided."),
    "consultation_done_wrong_day": _("Give a day from %(day)s, when it was decided, until today."),
}

NOTICES: dict[str, str | Promise] = {
    "consultation_called": _("You are called to a meeting on %(day)s: %(title)s"),
    "consultation_moved": _("A meeting has been changed: %(title)s, %(day)s"),
    "consultation_cancelled": _("A meeting is cancelled: %(title)s, %(day)s"),
    "consultation_taken_up": _("A matter you stand behind is on the agenda of %(title)s on %(day)s"),
    "consultation_pack_ready": _("The papers are ready for %(title)s"),
    "consultation_shared": _("%(party)s has shared what it says in a matter: %(title)s"),
    "consultation_approve": _("There is a protocol to approve: %(title)s"),
    "consultation_published": _("The protocol is published: %(title)s"),
    "consultation_action_given": _("You have something to do after %(title)s"),
    "consultation_action_moved": _("An action after %(title)s has a new due day"),
    "consultation_action_done": _("An action after %(title)s is done"),
    "consultation_action_due": _("An action after %(title)s is due soon"),
    "consultation_action_late": _("An action after %(title)s should have been done"),
}
