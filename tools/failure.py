"""The one way in which a tool says that it can't go on."""


class SetupFailed(Exception):
    """Carries a sentence for the person at the terminal: what happened, and what to do."""
