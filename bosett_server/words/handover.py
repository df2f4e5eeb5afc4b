"""Words of matters between sectors: desks, what is asked, reasons, refusals, notices."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bosett.agreement.handover import Ask, DeskKind, Outcome, RefusalReason

DESKS: dict[DeskKind, str | Promise] = {
    DeskKind.IMDI: "IMDi",
    DeskKind.UDI: "UDI",
    DeskKind.BUFETAT: "Bufetat",
    DeskKind.NAV: "NAV",
    DeskKind.HUSBANKEN: "Husbanken",
    DeskKind.STATSFORVALTER: pgettext_lazy("desk", "County governor"),
    DeskKind.COUNTY: pgettext_lazy("desk", "County"),
    DeskKind.MUNICIPALITY: pgettext_lazy("desk", "Municipality"),
}
ASKS: dict[Ask, Promise] = {
    Ask.SERVICE: _("A service is needed"),
    Ask.CAPACITY: _("More capacity is needed"),
    Ask.INFORMATION: _("Information is needed"),
    Ask.DECISION: _("A decision is needed"),
    Ask.TOGETHER: _("We must plan this together"),
    Ask.FOLLOW_UP: _("Somebody must follow up"),
}
REASONS: dict[RefusalReason, Promise] = {
    RefusalReason.NOT_OUR_TASK: _("It is not our task"),
    RefusalReason.NO_CAPACITY: _("We have no capacity"),
    RefusalReason.TOO_LITTLE_KNOWN: _("Too little is known"),
    RefusalReason.DONE_ALREADY: _("It is done already"),
    RefusalReason.SOMEBODY_ELSE: _("Somebody else should have it"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.DONE: pgettext_lazy("matter", "Done"),
    Outcome.NOT_NEEDED: _("No longer needed"),
    Outcome.CANNOT: _("Cannot be done"),
}
REFUSALS: dict[str, str | Promise] = {
    "matter_not_yours": _(
        "Another desk has this matter. Only the one who has it, or is asked to take it, can do this."
    ),
    "matter_on_its_way": _("The matter is handed over and waits for an answer. Take it back first."),
    "matter_closed": _("The matter is closed. Open a new one."),
    "matter_moves_by_acceptance": _("A matter moves when another desk accepts it, and no other way."),
    "hand_over_answered": _(
        "This hand-over has been answered already. Open the matter to see how it stands."
    ),
    "matter_words_about_household": _(
        "A matter about a household holds no words of its own. Choose codes only."
    ),
    "matter_words_too_long": _("Write at most %(most)s characters."),
    "matter_needs_place": _("Choose which of your municipalities the matter is about."),
    "matter_due_has_passed": _("The day it is due has passed. Choose a later day."),
    "matter_about_protected": _("A household with a protected address is not handed over here."),
    "desk_unknown": _("Choose who should take it from the list."),
    "desk_is_yours": _("You have the matter already. Choose somebody else."),
    "desk_sees_no_household": _(
        "Those you chose may not see this household, so the matter would be nobody's. Choose somebody who may."
    ),
    "desk_of_another_place": _("The matter is about another place than those you chose work for."),
}
NOTICES: dict[str, str | Promise] = {
    "matter_handed": _("You are asked to take matter %(matter)s. Accept it, or refuse with a reason."),
    "matter_accepted": _("Matter %(matter)s that you handed over has been accepted."),
    "matter_refused": _("Matter %(matter)s that you handed over was refused. You still have it."),
    "matter_closed": _("Matter %(matter)s that you opened is closed."),
    "matter_unanswered": _("Matter %(matter)s waits for you to accept or refuse it. The time is over."),
    "matter_unanswered_sender": _(
        "Matter %(matter)s that you handed over is not answered. You still have it."
    ),
    "matter_quiet": _("Matter %(matter)s has lain with you for long. Close it or hand it over."),
}
