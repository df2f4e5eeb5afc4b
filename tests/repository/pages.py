"""Rules about the templates: nothing that a strict policy refuses, nothing from another host."""

import re
from pathlib import Path

from .tree import files, place

NOT_SHOWN = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
ATTRIBUTE = re.compile(r"(?:^|\s)([a-zA-Z:@_-][\w:.@-]*)\s*(?:=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
LOADED = {"src", "srcset", "data", "poster"}


def refused_by_the_policy(root: Path) -> list[str]:
    """Inline styles, inline scripts and event attributes, and anything loaded from another host."""
    found = []
    for file in files(root, ".html", ".svg", under="bosett_server"):
        shown = NOT_SHOWN.sub(lambda hidden: "\n" * hidden[0].count("\n"), file.read_text("utf-8"))
        for tag in TAG.finditer(shown):
            line = shown.count("\n", 0, tag.start()) + 1
            found += [f"{place(root, file, line)} {fault}" for fault in _faults(tag[1].lower(), tag[2])]
    return found


def _faults(name: str, inside: str) -> list[str]:
    attributes = {
        key.lower(): value.strip("\"'") for key, value in ATTRIBUTE.findall(_without_template_tags(inside))
    }
    faults = []
    if name == "style":
        faults.append("has a <style>")
    if name == "script" and "src" not in attributes:
        faults.append("has a <script> without src")
    faults += [f"has {key}=" for key in attributes if key == "style" or key.startswith(("on", "hx-on"))]
    loads = LOADED | ({"href"} if name in ("link", "use", "image") else set())
    faults += [
        f"loads {key} from another host"
        for key, value in attributes.items()
        if key in loads and re.match(r"(https?:)?//", value)
    ]
    return faults


def _without_template_tags(inside: str) -> str:
    return re.sub(r"{%.*?%}", " ", inside, flags=re.DOTALL)
