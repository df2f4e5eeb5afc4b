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
    "demo_already_loaded": _("The demo is already filled."),
    "no_need_stated": _("No need is stated for %(year)s in the published round. Nothing was loaded."),
    "group_or_municipality_differs": _("The numbers compared are not about the same municipality and group."),
    "no_such_page": _("Filters cannot be saved for this page."),
    "admin_already_there": _("There is an administrator already; that one gives others their roles."),
    "view_needs_a_name": _("Give the filter a name, so that you find it again."),
}
NOTICES: dict[str, str | Promise] = {}
