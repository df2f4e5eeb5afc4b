"""Words of the year's report: sections, steps, refusals, notices."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STEPS: dict[str, str | Promise] = {
    "begun": pgettext_lazy("report", "Begun"),
    "regenerated": pgettext_lazy("report", "Made anew from the facts"),
    "written": pgettext_lazy("report", "Written"),
    "approved": pgettext_lazy("report", "Approved"),
    "published": pgettext_lazy("report", "Published"),
    "reopened": pgettext_lazy("report", "Opened again"),
}
STATES: dict[str, str | Promise] = {
    "draft": pgettext_lazy("report", "Draft"),
    "published": pgettext_lazy("report", "Published"),
}
REFUSALS: dict[str, str | Promise] = {
    "report_year_not_over": _("%(year)s is not over. A year's report is made when the year is."),
    "report_year_without_agreement": _(
        "No agreement is stored for %(year)s, so there is nothing to report on."
    ),
    "report_exists": _("The report of %(year)s has been begun already."),
    "report_nothing_changed": _("Nothing has changed since the report was last made. It stands as it is."),
    "report_is_published": _("The report is published. Open it again, with a reason, to change it."),
    "report_not_published": _("The report is not published, so it is open already."),
    "report_section_unknown": _("That section is not written by hand."),
    "report_party_not_in_agreement": _(
        "Only the parties of the year's agreement do this. Your role does not say that you speak for one of them."
    ),
    "report_text_in_one_form": _("Write the section in both bokmål and nynorsk, or leave both empty."),
    "report_text_too_long": _("A section has at most %(most)s characters."),
    "report_section_changed": _(
        "Somebody has written this section meanwhile. Their words stand below; yours are still in the form."
    ),
    "report_text_is_the_same": _("The words are the same as before. Nothing was stored."),
    "report_revision_changed": _(
        "The report has changed since you read it. Read it again, and then approve it."
    ),
    "report_approved_already": _("Your party has approved the report as it stands."),
    "report_not_approved": _("These have not approved the report as it stands: %(parties)s."),
    "report_reason_missing": _("Write why the report is opened again. Everybody can read the reason."),
    "report_stands": _("What was written, approved or published stays as it was."),
}
NOTICES: dict[str, str | Promise] = {
    "report_begun": _("The report of %(year)s about the agreement is begun. You can write in it."),
    "report_approved": _("%(party)s has approved the report of %(year)s."),
    "report_approval_lapsed": _(
        "The report of %(year)s has changed since your party approved it. Read it and approve it again."
    ),
    "report_published": _("The report of %(year)s is published."),
    "report_reopened": _("The report of %(year)s is opened again."),
}
