"""What can go wrong between Bosett and its database, each with a name."""

from __future__ import annotations

from bosett.terms.errors import BosettError


class DatabaseUnavailable(BosettError):
    """The embedded server could not be set up, started or reached; the message says what to do."""


class DatabaseMisconfigured(BosettError):
    """The addresses in the environment contradict each other or say too little."""


class BackupRefused(BosettError):
    """A backup that would not be whole, or a restore that would not give back what was saved."""
