"""Everything that must be in place before a verb starts, and nothing that already is."""

from tools.environment import Needs, ensure_environment, is_ready
from tools.frontend import ensure_frontend, is_built
from tools.lock import setup_lock
from tools.translations import are_compiled, ensure_translations


def set_up(needs: Needs, *, pages: bool = False, translations: bool = False) -> None:
    """The environment for `needs`; with `pages` also the built front end and the translations.

    Idempotent, safe beside another set-up of the same clone, and safe to kill at any moment: each part is
    noted as done only once it is whole.  Raises SetupFailed with what happened and where the log lies.
    """
    translations = translations or pages
    if is_ready(needs) and (not pages or is_built()) and (not translations or are_compiled()):
        return
    with setup_lock() as descriptor:
        ensure_environment(needs, keep_open=descriptor)
        if translations:
            ensure_translations(keep_open=descriptor)
        if pages:
            ensure_frontend(keep_open=descriptor)
