"""Sentences of the placement room."""

from __future__ import annotations

from django.utils.functional import Promise

REFUSALS: dict[str, str | Promise] = {}
NOTICES: dict[str, str | Promise] = {}
