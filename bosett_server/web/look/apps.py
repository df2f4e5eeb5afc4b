"""Registers the look as a Django app and makes Northern Sámi a language Django knows."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf.locale import LANG_INFO

NORTHERN_SAMI = {"bidi": False, "code": "se", "name": "Northern Sami", "name_local": "davvisámegiella"}


class LookConfig(AppConfig):
    name = "bosett_server.web.look"
    label = "look"
    verbose_name = "Look"

    def ready(self) -> None:
        LANG_INFO.setdefault("se", NORTHERN_SAMI)
