"""Names of criteria in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from bosett.distribution.column_names import COLUMN_NAMES
from bosett.terms.label import Label
from bosett_server.queries.distribution_trial import Trial


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
