"""Translations: `.po` is what people write and review, `.mo` is what runs and is never committed."""

from pathlib import Path

from tools.paths import PYTHON, ROOT, STATE
from tools.progress import run_logged
from tools.stamp import digest, is_current, write_stamp

STAMP = STATE / "translations.sha256"


def catalogues() -> list[Path]:
    """Every `.po` file of the service."""
    return sorted((ROOT / "bosett_server").glob("**/locale/*/LC_MESSAGES/*.po"))


def are_compiled() -> bool:
    """Whether each `.po` has its `.mo`, made from what it says now."""
    found = catalogues()
    return all(po.with_suffix(".mo").exists() for po in found) and is_current(STAMP, digest(found))


def ensure_translations(*, keep_open: int) -> None:
    """Every `.po` is compiled; nothing is done when none changed."""
    if are_compiled():
        return
    made_from = digest(catalogues())
    command: list[str | Path] = [PYTHON, "-P", "-m", "tools.compile_translations", *catalogues()]
    run_logged("translations", command, keep_open=keep_open)
    write_stamp(STAMP, made_from)
