"""Rules about words: every text of the service in both Norwegian forms."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from .tree import files, place

COMPLETE = ("nb", "nn")
LANGUAGES = (*COMPLETE, "se")
PLURAL, CONTEXT, CONTEXT_PLURAL = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ugettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), CONTEXT_PLURAL),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif](?![\w%])|\{\w*\}")

Text = tuple[str, str | None]
"""A message and its context."""


def untranslated(root: Path) -> list[str]:
    """Texts in templates and code of the service that lack bokmål or nynorsk; empty or fuzzy is lacking."""
    found = []
    translated = {language: _translated(root, language) for language in COMPLETE}
    for where, text in texts(root):
        found += [
            f"{where} '{text[0]}' has no {language}"
            for language in COMPLETE
            if text not in translated[language]
        ]
    return found


def doubtful(root: Path) -> list[str]:
    """Fuzzy entries, and translations that lose or invent a placeholder."""
    found = []
    for language in LANGUAGES:
        for file, message in _messages(root, language):
            if message.fuzzy:
                found.append(f"{place(root, file)} '{_first(message)}' is fuzzy")
            elif not _keeps_placeholders(message):
                found.append(f"{place(root, file)} '{_first(message)}' changes a placeholder")
    return found


def contradicting(root: Path) -> list[str]:
    """One text with two translations: Django keeps all rooms' texts together, so one is never shown."""
    found = []
    for language in LANGUAGES:
        seen: dict[Text, object] = {}
        for file, message in _messages(root, language):
            key = (_first(message), message.context)
            if message.string and seen.setdefault(key, message.string) != message.string:
                found.append(f"{place(root, file)} '{key[0]}' is translated differently elsewhere")
    return found


def texts(root: Path) -> Iterator[tuple[str, Text]]:
    """Every text of the service with its place: from Python, and from templates as Django reads them."""
    for file in files(root, ".py", ".html", ".txt", under="bosett_server"):
        source = file.read_text("utf-8")
        if file.suffix != ".py":
            if "templates" not in file.parts:
                continue
            # What is not a message comes back as X's; their indentation means nothing.
            source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
        for line, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
            first = message if isinstance(message, str) else message[0]
            if first:
                yield place(root, file, line), (first, context)


def _translated(root: Path, language: str) -> set[Text]:
    return {
        (_first(message), message.context)
        for _, message in _messages(root, language)
        if not message.fuzzy and all(_strings(message))
    }


def _messages(root: Path, language: str) -> Iterator[tuple[Path, Message]]:
    for file in sorted((root / "bosett_server").glob(f"**/locale/{language}/LC_MESSAGES/*.po")):
        for message in _read(file, language):
            if message.id:
                yield file, message


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=None if language == "se" else language, abort_invalid=True)


def _first(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _keeps_placeholders(message: Message) -> bool:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    allowed = {mark for text in ids for mark in PLACEHOLDER.findall(text)}
    for string in filter(None, _strings(message)):
        used = set(PLACEHOLDER.findall(string))
        if not used <= allowed or (len(ids) == 1 and used != allowed):
            return False
    return True
