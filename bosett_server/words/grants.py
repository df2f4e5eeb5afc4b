"""Sentences of the grants room."""

from __future__ import annotations

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bosett.grants import assumptions, legal, rate_notes
from bosett.grants.names import REASONS as REASON_NAMES
from bosett.grants.names import SCHEME_NAMES
from bosett.terms.label import Label


def in_language(label: Label) -> str:
    """A text of the library in the reader's language; bokmål for a language that it has no words in."""
    language = get_language() or "nb"
    return label.in_language(language if language in ("en", "nb", "nn") else "nb")


def of_library(text: str) -> str:
    """A legal reference, a note or a source's words of the library in the reader's language."""
    language = get_language() or "nb"
    known = language if language in ("en", "nb", "nn") else "nb"
    return legal.in_language(rate_notes.in_language(text, known), known)


spoken = lazy(in_language, str)
"""As `in_language`, when it is shown."""

REFUSALS: dict[str, str | Promise] = {
    "grant_year_out_of_range": _("Grants can be computed for %(first)s to %(last)s, not for %(year)s."),
    "grant_line_is_never_overwritten": _(
        "A stored grant line is never changed. Compute the year again: a new line then replaces the old one."
    ),
    "rate_has_no_source": _(
        "Row %(row)s has no source. Say where the rates are from, here or in the column source_title."
    ),
    "rate_is_a_fraction": _(
        "Row %(row)s has the amount %(found)s. A rate is in whole kroner. Correct the file and choose it again."
    ),
    "rates_overlap": _(
        "Row %(row)s overlaps with the row before of the same rate (%(found)s). Give each year one row."
    ),
    "rates_have_a_gap": _(
        "Before row %(row)s there are years without a row (%(found)s). Fill them in, or load the two periods apart."
    ),
    "rate_table_wrong": _(
        "Row %(row)s, column %(column)s cannot be used. It says %(found)s. Allowed is: %(allowed)s."
    ),
    "rate_table_changes_nothing": _("Everything in the table counts already. There is nothing to bring in."),
    "rate_table_applied_already": _(
        "This very file counts already. Take it back first if you want to apply it anew."
    ),
    "rate_table_moved_on": _(
        "Somebody has applied the table or taken it back meanwhile. Open it again to see."
    ),
    "published_in_the_future": _("%(day)s has not come yet. Give the day on which the rates were published."),
    "claim_twice": _("There is a claim for this already. Open that one and change it, or withdraw it first."),
    "claim_of_another_agency": _("Another agency pays this grant. Ask them to take it from here."),
    "claim_incomplete": _("Something that must be told is missing (%(field)s). Fill it in and try again."),
    "claim_year_out_of_range": _("Claims are recorded for %(first)s to %(last)s, not for %(year)s."),
    "claim_person_not_settled_here": _(
        "The person has not been settled in the municipality. Record the settlement or the move first."
    ),
    "claim_person_without_ground": _(
        "The person came on family ground, and whom the person joined is not stored. Have that recorded first."
    ),
    "claim_decided_already": _(
        "The claim is decided or withdrawn already, so it stays as it is. Record a new one if it was wrong."
    ),
    "claim_applied_already": _("The claim is applied for already. There is nothing more to do now."),
    "claim_is_for_somebody_else": _(
        "Municipality, scheme and person of a claim stay as they are. Withdraw it and record another."
    ),
    "claim_not_applied_for": _("The claim is a draft. The municipality must apply before you can decide."),
    "decided_by_who_recorded": _("You recorded this claim, so somebody else must decide about it."),
    "claim_gives_nothing": _(
        "The rules give nothing for this claim; the page says why. Refuse it, or have it corrected first."
    ),
    "claim_refused_without_reason": _("Choose the reason. The municipality must be able to see why."),
    "claim_has_no_deadline": _("No rule that we know gives this claim a deadline, so none can be extended."),
    "extension_asked_too_late": _(
        "An extension must be asked for by the deadline, %(day)s. It cannot be given after that."
    ),
    "extension_not_later": _("The deadline is %(day)s already. Choose a later day."),
    "file_type_not_read": _("Choose a file that ends with one of these: %(endings)s."),
}
NOTICES: dict[str, str | Promise] = {
    "claim_applied": _("%(municipality)s has applied for a documented grant for %(year)s. Decide about it."),
    "claim_withdrawn": _("%(municipality)s has withdrawn a claim for %(year)s. Nothing waits for you."),
    "claim_granted": _("Your claim for %(year)s is granted. See what it gives."),
    "claim_refused": _("Your claim for %(year)s is refused. The reason stands with it."),
    "claim_extended": _("The deadline of your claim for %(year)s is later now."),
    "claim_due": _("A claim for %(year)s is a draft, and its deadline is near. Apply, or withdraw it."),
    "claim_next_year_due": _(
        "Grant 2 was claimed for a grant year before this one. The deadline for the next one is near."
    ),
}

CLAIM_STATES: dict[str, str | Promise] = {
    "draft": pgettext_lazy("claim", "draft"),
    "applied": pgettext_lazy("claim", "applied for"),
    "granted": pgettext_lazy("claim", "granted"),
    "refused": pgettext_lazy("claim", "refused"),
    "withdrawn": pgettext_lazy("claim", "withdrawn"),
}
CLAIM_TONES = {
    "draft": "neutral", "applied": "info", "granted": "success", "refused": "danger", "withdrawn": "neutral",
}  # fmt: skip

SCHEMES: dict[str, str | Promise] = {code: spoken(label) for code, label in SCHEME_NAMES.items()}
REASONS: dict[str, str | Promise] = {code: spoken(label) for code, label in REASON_NAMES.items()}

STATUSES: dict[str, str | Promise] = {
    "calculated": pgettext_lazy("grant status", "calculated"),
    "rate_missing": pgettext_lazy("grant status", "no known rate"),
}

RATE_STATES: dict[str, str | Promise] = {
    "checked": pgettext_lazy("rate table", "looked at, does not count yet"),
    "applied": pgettext_lazy("rate table", "counts"),
    "undone": pgettext_lazy("rate table", "taken back"),
}

CERTAINTIES: dict[str, str | Promise] = {
    "source": pgettext_lazy("certainty", "The value stands in the source."),
    "derived": pgettext_lazy("certainty", "The value is worked out from sums that were paid."),
    "medium": pgettext_lazy("certainty", "The value is from a second-hand source."),
    "assumed": pgettext_lazy("certainty", "The value is assumed."),
}

ASSUMPTIONS: dict[str, str | Promise] = {
    assumptions.SETTLEMENT_DATE: _(
        "We assume that the settlement date decides the year, not the day of registration."
    ),
    assumptions.LEAVING_YEAR: _(
        "We assume that the year in which a person leaves the country is paid whole."
    ),
    assumptions.FAMILY_UNCHECKED: _(
        "It is not checked whether the family applied within five years of the reference person's settlement."
    ),
    assumptions.SETTLEMENT_MONTH: _("We assume that the month of settlement counts as a whole month."),
    assumptions.NOT_SPLIT: _(
        "We assume that a supplement goes to the first municipality and is not divided when somebody moves."
    ),
    assumptions.SPLIT_ALIKE: _(
        "We assume that the grant for unaccompanied minors is divided at a move as the integration grant is."
    ),
    assumptions.DECEMBER: _("We assume that a move in December does not reach into the next year."),
    assumptions.IN_SEQUENCE: _("We assume that two moves in a year are counted one after the other."),
}

MOVE_RULES: dict[str, str | Promise] = {
    "twelfths_month_and_next": _(
        "At a move, the month of the move and the next month stay with the municipality that the person left."
    ),
    "eighths_by_quarter": _("At a move, the year is divided in eighths by the quarter of the move."),
}


def assumption(text: str) -> str:
    """An assumption in the reader's language; the library's own words where there is no sentence here."""
    if text in ASSUMPTIONS:
        return str(ASSUMPTIONS[text])
    label = assumptions.LABELS.get(text)
    return text if label is None else in_language(label)
