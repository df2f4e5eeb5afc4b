"""Rules about what is written for people: links, commands, decisions, changelog, the public description."""

import re
from datetime import date
from pathlib import Path

import yaml

from tools.verbs import VERBS

from .tree import files, place

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
COMMAND = re.compile(r"\./run[ \t]+([a-z][a-z-]*)")
DECISION_PARTS = ("## What", "## Why", "## What else was tried")
RELEASE = re.compile(r"^## (\d{4}-\d{2}-\d{2})\b")
PUBLICCODE_NEEDS = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
)


def broken_links(root: Path) -> list[str]:
    """Relative links in Markdown that lead to no file, or to no heading of the file."""
    found = []
    for file in files(root, ".md"):
        for target in LINK.findall(CODE.sub("", file.read_text("utf-8"))):
            if re.match(r"[a-z][a-z+.-]*:", target):
                continue
            name, _, heading = target.partition("#")
            there = (file.parent / name).resolve() if name else file
            if not there.exists():
                found.append(f"{place(root, file)} links to {target}, which is not there")
            elif heading and there.suffix == ".md" and heading not in _headings(there):
                found.append(f"{place(root, file)} links to {target}, a heading that is not there")
    return found


def unknown_commands(root: Path) -> list[str]:
    """`./run` followed by a verb that it does not know, in any Markdown file."""
    found = []
    for file in files(root, ".md"):
        for code in CODE.findall(file.read_text("utf-8")):
            unknown = [verb for verb in COMMAND.findall(code) if verb not in VERBS]
            found += [f"{place(root, file)} names ./run {verb}, which does not exist" for verb in unknown]
    return found


def incomplete_decisions(root: Path) -> list[str]:
    """Decision records without their three parts, misnamed, or sharing a number."""
    found, numbers = [], set()
    for file in files(root, ".md", under="docs/decisions"):
        number = re.match(r"(\d{4})-[a-z0-9-]+\.md$", file.name)
        if number is None or number[1] in numbers:
            found.append(f"{place(root, file)} needs a number of its own: NNNN-title.md")
        numbers.add(number[1] if number else file.name)
        lines = file.read_text("utf-8").splitlines()
        found += [f"{place(root, file)} has no '{part}'" for part in DECISION_PARTS if part not in lines]
    return found


def changelog_faults(root: Path) -> list[str]:
    """Entries of CHANGELOG.md without a date, out of order, or silent on when results change."""
    file = root / "CHANGELOG.md"
    if not file.exists():
        return ["CHANGELOG.md is missing"]
    headings = [line for line in file.read_text("utf-8").splitlines() if line.startswith("## ")]
    dates = [date.fromisoformat(told[1]) for line in headings if (told := RELEASE.match(line))]
    found = [
        f"CHANGELOG.md: '{line}' does not begin with a date" for line in headings if not RELEASE.match(line)
    ]
    if dates != sorted(dates, reverse=True):
        found.append("CHANGELOG.md: the newest does not come first")
    entries = re.split(r"^## ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found += [
        f"CHANGELOG.md: '{entry.splitlines()[0]}' does not say from when results change"
        for entry in entries
        if "Results change from:" not in entry
    ]
    return found


def publiccode_faults(root: Path) -> list[str]:
    """What the standard for describing public software (publiccode.yml 0.4) demands and the file lacks."""
    told = yaml.safe_load((root / "publiccode.yml").read_text("utf-8"))
    found = [f"publiccode.yml lacks {key}" for key in PUBLICCODE_NEEDS if key not in told]
    if found:
        return found
    if str(told["publiccodeYmlVersion"]) != "0.4":
        found.append("publiccode.yml is not of version 0.4")
    for language, text in told["description"].items():
        found += _description_faults(language, text)
    if told["maintenance"]["type"] in ("internal", "community") and not told["maintenance"].get("contacts"):
        found.append("publiccode.yml names nobody to contact")
    if told["legal"]["license"] not in (root / "pyproject.toml").read_text("utf-8"):
        found.append("publiccode.yml names another licence than pyproject.toml")
    return found


def _description_faults(language: str, text: dict[str, object]) -> list[str]:
    short, long = str(text.get("shortDescription", "")), str(text.get("longDescription", ""))
    found = []
    if not 1 <= len(short) <= 150:
        found.append(
            f"publiccode.yml: shortDescription in {language} has {len(short)} characters, not 1 to 150"
        )
    if not 150 <= len(long) <= 10_000:
        found.append(
            f"publiccode.yml: longDescription in {language} has {len(long)} characters, not 150 to 10000"
        )
    if not text.get("features"):
        found.append(f"publiccode.yml: no features in {language}")
    return found


def _headings(file: Path) -> set[str]:
    """The anchors that a reader of Markdown gives to the headings."""
    text = CODE.sub(lambda code: "" if "\n" in code[0] else code[0], file.read_text("utf-8"))
    titles = re.findall(r"^#{1,6}\s+(.*?)\s*#*$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
