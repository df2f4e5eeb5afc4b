"""Names of criteria in the reader's language, and the words of choices that more than one page shows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext_lazy

from bosett.decisions.before_sending import UnheardReason
from bosett.decisions.mid_year import AfterChange
from bosett.distribution.column_names import COLUMN_NAMES
from bosett.terms.label import Label
from bosett_server.queries.distribution_trial import Trial

POLICIES: dict[AfterChange, Any] = {
    AfterChange.KEEP: gettext_lazy("The State counts on every voted place"),
    AfterChange.SCALE: gettext_lazy(
        "The State counts on the same part of each vedtak as the request was cut to"
    ),
    AfterChange.ASK_AGAIN: gettext_lazy("Everybody whose request changed is asked for a new answer"),
}
UNHEARD: dict[UnheardReason, Any] = {
    UnheardReason.NO_ANSWER_IN_TIME: gettext_lazy("They were asked and did not answer in time"),
    UnheardReason.SUDDEN_RISE: gettext_lazy("The need rose so suddenly that there was no time"),
    UnheardReason.AGREED_WITHOUT: gettext_lazy("It was agreed with them to send without"),
}


def column_labels(found: Trial) -> dict[str, Label]:
    """Column -> its name; what somebody brought has one name in every language."""
    labels = {}
    for one in found.columns:
        name = one.label
        labels[one.key] = Label(en=name, nb=name, nn=name) if isinstance(name, str) else name
    return labels


def column_name(found: Trial, key: str) -> str:
    """A criterion's name in the reader's language."""
    label = column_labels(found).get(key) or COLUMN_NAMES.get(key)
    language = get_language() or "nb"
    return label.in_language(language if language in ("nn", "en") else "nb") if label else key
