"""What is wrong with a file that was chosen on a page, in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bosett.sources.defect_texts import worded
from bosett.terms.errors import BadInput
from bosett_server.web.look.language import current_language


def file_fault(fault: BadInput) -> str:
    """Row and column, what was found and what is allowed; what came from the file stands as it was written."""
    words = _("Row %(row)s, column %(column)s: found %(found)s. Allowed: %(allowed)s.")
    if fault.row is None:
        words = _("Found %(found)s. Allowed: %(allowed)s.")
    language = current_language()
    spoken = language if language in ("en", "nn") else "nb"
    found, allowed = (worded(text, spoken) for text in (fault.found, fault.allowed))
    return words % {"row": fault.row, "column": fault.column, "found": found, "allowed": allowed}
