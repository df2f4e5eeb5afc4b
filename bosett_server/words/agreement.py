"""Words of the agreement room that are the service's own; the others stand in `bosett.agreement.names`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bosett.rules import Certainty

CERTAINTIES: dict[Certainty, Promise] = {
    Certainty.SOURCE: _("from the source"),
    Certainty.DERIVED: _("worked out from the source"),
    Certainty.MEDIUM: _("fairly sure"),
    Certainty.ASSUMED: _("our assumption"),
}
