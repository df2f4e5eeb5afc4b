"""What carries letters in this installation: the folder that another system fetches from."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from bosett.outputs.delivery import Delivery, FolderDelivery

FOLDER = "folder"


def carrier() -> Delivery:
    """The carrier in use.

    KS SvarUt and Altinn stand behind the same port in `bosett.outputs`; they are not chosen here until
    they have been tried against the real services.
    """
    return FolderDelivery(Path(settings.BOSETT_LETTERS))


def carrier_name() -> str:
    """How the carrier is named beside a letter."""
    return FOLDER
