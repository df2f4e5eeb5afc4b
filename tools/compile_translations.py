"""Runs inside the environment: compiles the named `.po` files beside themselves, with Babel."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(po: Path) -> Path:
    """Write `po`'s `.mo` beside it, whole or not at all; a fuzzy entry is left out.

    Raises babel.messages.pofile.PoFileError when the file can't be read as a catalogue.
    """
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name, domain=po.stem, abort_invalid=True)
    compiled = po.with_suffix(".mo")
    unfinished = compiled.with_suffix(".mo.new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(compiled)
    return compiled


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(compile_catalogue(Path(name)))
