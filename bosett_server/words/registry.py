"""Words for what the registry knows of a municipality."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

LANGUAGES: dict[str, str | Promise] = {
    "bokmål": pgettext_lazy("language decision", "Bokmål"),
    "nynorsk": pgettext_lazy("language decision", "Nynorsk"),
    "neutral": pgettext_lazy("language decision", "Neutral: either form"),
}

NAME_LANGUAGES: dict[str, str | Promise] = {
    "sme": pgettext_lazy("name", "Northern Sámi"),
    "smj": pgettext_lazy("name", "Lule Sámi"),
    "sma": pgettext_lazy("name", "Southern Sámi"),
    "smi": pgettext_lazy("name", "Sámi"),
    "fkv": pgettext_lazy("name", "Kven"),
}

CENTRE_KINDS: dict[str, str | Promise] = {
    "arrival": pgettext_lazy("centre", "arrival centre"),
    "transit": pgettext_lazy("centre", "transit centre"),
    "ordinary": pgettext_lazy("centre", "ordinary centre"),
    "integration": pgettext_lazy("centre", "integration centre"),
    "minors_15_17": pgettext_lazy("centre", "for unaccompanied minors 15–17"),
    "adapted": pgettext_lazy("centre", "adapted places"),
    "special_housing": pgettext_lazy("centre", "special housing"),
    "nursing": pgettext_lazy("centre", "nursing places"),
    "emergency": pgettext_lazy("centre", "emergency centre"),
    "alternative": pgettext_lazy("centre", "alternative places"),
    "care_centre": pgettext_lazy("centre", "care centre, under 15"),
}
