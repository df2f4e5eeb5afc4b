"""Sentences of the imports room: why a file was refused, what a kind of file is, what a state means."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise
REFUSALS: dict[str, Words] = {
    "import_kind_not_known": _("There is no kind of file called %(kind)s. Choose one from the list."),
    "file_is_empty": _("The file is empty. Choose another file."),
    "file_too_large": _(
        "The file is %(megabytes)s MB. At most %(most)s MB can be brought in at once. Divide the file."
    ),
    "file_already_imported": _(
        "This very file was brought in on %(on)s (import %(import)s). Nothing was done."
    ),
    "retrieved_in_the_future": _("The file cannot have been fetched on %(day)s: that day has not come."),
    "figure_twice": _("The file gives the same figure twice. Remove one of the rows."),
    "import_not_ready": _("This import cannot take that step now. Load the page again to see how it stands."),
    "nothing_to_import": _("The file changes nothing: everything in it stands already."),
    "somebody_imported_meanwhile": _(
        "Somebody has brought in the same figures after this file was checked. Upload the file again to compare anew."
    ),
    "undo_is_not_undone": _("This step took an import back. To have it again, upload the file again."),
    "shipped_is_not_undone": _(
        "These figures come with this version of Bosett and cannot be taken back here."
    ),
    "later_import_builds_on_it": _(
        "Import %(import)s (%(file)s) has changed some of the same figures since. Take that one back first."
    ),
    "nobody_to_import": _("No row of the file can be brought in. The list says why for each row."),
    "register_changed_meanwhile": _(
        "The register has changed after this file was checked. Upload the file again to compare anew."
    ),
    "too_many_rows": _("The file has %(rows)s rows. At most %(most)s persons can be brought in at once."),
}
NOTICES: dict[str, Words] = {}

STATES: dict[str, tuple[Words, str]] = {
    "waiting": (pgettext_lazy("import", "Waiting for its turn"), "info"),
    "reading": (pgettext_lazy("import", "Being read"), "info"),
    "refused": (pgettext_lazy("import", "Has errors"), "danger"),
    "checked": (pgettext_lazy("import", "Checked, not brought in"), "warning"),
    "applying": (pgettext_lazy("import", "Being brought in"), "info"),
    "applied": (pgettext_lazy("import", "Brought in"), "success"),
    "undoing": (pgettext_lazy("import", "Being taken back"), "info"),
    "undone": (pgettext_lazy("import", "Taken back"), "neutral"),
}
"""State -> words and tone."""

PHASES: dict[str, Words] = {
    "": _("The file waits for its turn."),
    "reading": _("The file is being read."),
    "comparing": _("The file is being compared with what stands."),
    "storing": _("The differences are being stored."),
}

OPERATIONS: dict[str, Words] = {
    "added": pgettext_lazy("difference", "New"),
    "changed": pgettext_lazy("difference", "Changed"),
    "removed": pgettext_lazy("difference", "Taken away"),
    "same": pgettext_lazy("difference", "Already here"),
    "new": pgettext_lazy("difference", "Not in the register"),
    "conflict": pgettext_lazy("difference", "Two persons, one row"),
    "stopped": pgettext_lazy("difference", "Stopped by a rule"),
    "goes": pgettext_lazy("difference", "Goes through"),
}

SEVERITIES: dict[str, tuple[Words, str]] = {
    "error": (pgettext_lazy("defect", "Error"), "danger"),
    "warning": (pgettext_lazy("defect", "Look at this"), "warning"),
    "note": (pgettext_lazy("defect", "Good to know"), "info"),
}

ABOUT: dict[str, Words] = {
    "template": _("Any figure of a place and a year, from any source. Begin with the template."),
    "imdi_bulk": _(
        "The whole history of requests, vedtak and settled, as IMDi publishes it for download (csv)."
    ),
    "imdi_pages": _("A year's page of key figures, saved from the browser as a web page (html)."),
    "jsonstat": _("An answer from the statistics bank of SSB or Eurostat (json)."),
    "unhcr": _("An answer from UNHCR's Refugee Data Finder (json)."),
    "udi_monthly": _("A year's table of applications by month, saved from the browser as a web page (html)."),
    "nav": _("Registered unemployed by month, as csv or Excel."),
    "klass_codes": _("Municipality or county codes on a day, as SSB's KLASS answers (json)."),
    "klass_changes": _("Changes of codes between two days, as SSB's KLASS answers (json)."),
    "boundaries": _("Boundaries for the map. They are kept in your own database only."),
    "language_decisions": _(
        "Which form of Norwegian each municipality has decided. Letters follow it at once."
    ),
    "ready_persons": _(
        "Households that are ready in another register. Persons are found by DUF number or D-number."
    ),
    "assignments": _(
        "Persons who are assigned to a municipality in another register. Found by DUF number or D-number."
    ),
}
"""What a kind of file is, in one sentence; the kind's name stands in the library."""

PERSON_RULES: dict[str, Words] = {
    "not_in_register": _("Nobody here has these numbers. UDI registers the household first."),
    "numbers_of_two": _(
        "The numbers belong to two persons, or contradict the register. Look at them by hand."
    ),
    "person_missing_in_file": _("The file has only some of the household. Add the others, or do it by hand."),
    "household_split_in_file": _("The rows of one household here differ from each other. Correct the file."),
    "already_so": _("The register says the same."),
    "birth_date_differs": _("The birth date differs from the register's. Look at it by hand."),
}
