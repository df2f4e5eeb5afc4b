"""The glossary: `docs/glossary.yaml` read strictly, and the page that is made from it.

`python -m tests.repository.glossary` writes `docs/glossary.md` anew.
"""

import re
import sys
from pathlib import Path

from bosett.rules.strict_yaml import Lines, read_yaml

from .tree import ROOT

YAML = Path("docs/glossary.yaml")
PAGE = Path("docs/glossary.md")
TEXTS = ("term", "en", "nb", "nn", "definition_en", "definition_nb", "definition_nn")
CODE_FOLDERS = ("bosett", "bosett_server", "parameters", "docs/interfaces.md")
HEAD = """\
# Glossary

The words of the field in English, bokmål and nynorsk. The same word stands for the same thing in pages,
letters and code. This page is made from [glossary.yaml](glossary.yaml): change that file, then run
`python -m tests.repository.glossary`.
"""


def terms(root: Path = ROOT) -> list[Lines]:
    """Every term in the order of the file."""
    return list(read_yaml(root / YAML))


def page(root: Path = ROOT) -> str:
    """The glossary as a Markdown page."""
    return HEAD + "".join(_entry(term) for term in terms(root))


def faults(root: Path = ROOT) -> list[str]:
    """Terms with a text missing, an unknown key, a double name, or code that is not there."""
    known = set(TEXTS) | {"code", "source"}
    code, found, seen = _code(root), [], set[str]()
    for term in terms(root):
        name = str(term.get("term"))
        found += [f"{name} lacks {key}" for key in TEXTS if not str(term.get(key) or "").strip()]
        found += [f"{name} has the unknown key {key}" for key in term if key not in known]
        found += [f"{name} stands twice"] if name in seen else []
        found += [
            f"{name} names {word}, which is not in the code" for word in term["code"] if word not in code
        ]
        seen.add(name)
    return found


def _entry(term: Lines) -> str:
    lines = [
        f"\n## {term['en']}\n",
        term["definition_en"],
        "",
        f"- **Bokmål: {term['nb']}.** {term['definition_nb']}",
        f"- **Nynorsk: {term['nn']}.** {term['definition_nn']}",
    ]
    if term["code"]:
        lines.append("- In the code: " + ", ".join(f"`{word}`" for word in term["code"]))
    if "source" in term:
        lines.append(f"- Source: {term['source']}")
    return "\n".join(lines) + "\n"


def _code(root: Path) -> set[str]:
    words: set[str] = set()
    for place in CODE_FOLDERS:
        top = root / place
        files = (
            [top]
            if top.is_file()
            else [file for file in top.rglob("*") if file.suffix in (".py", ".yaml", ".csv")]
        )
        for file in files:
            words |= set(re.findall(r"\w+", file.read_text("utf-8"))) | {file.stem}
    return words


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}: {len(terms())} terms\n")
