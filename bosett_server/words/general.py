"""Sentences that belong to no room."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "not_permitted": _("Your role does not give access to this. Ask your administrator if you need it."),
    "not_in_sight": _("This does not exist, or it is not yours to see."),
    "request_key_used_for_something_else": _(
        "This form was already used for something else. Open the page again and try once more."
    ),
    "somebody_changed_it_meanwhile": _(
        "Somebody changed this while you were working. Open the page again, look at the change, and try once more."
    ),
    "log_is_append_only": _("The log cannot be changed."),
    "figure_is_never_overwritten": _("A recorded number is never overwritten; record a new version instead."),
}
NOTICES: dict[str, str | Promise] = {}
