"""What everybody may read of the meetings: protocols that every called party has approved.  No login."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from bosett_server.access.request import Request
from bosett_server.queries.consultation_protocols import ProtocolRow, protocol, protocols
from bosett_server.web.page import page
from bosett_server.words.consultation import KINDS


@require_GET
@page(None)
def overview(request: Request) -> HttpResponse:
    """Every published protocol, the last meeting first."""
    return render(request, "consultation/protocols.html", {"found": [_told(one) for one in protocols()]})


@require_GET
@page(None)
def one(request: Request, number: int) -> HttpResponse:
    """One of them, as it was approved."""
    return render(request, "consultation/protocol.html", {"it": _told(protocol(number))})


def _told(row: ProtocolRow) -> dict[str, object]:
    content, language = row.content, (get_language() or "nb")[:2]
    names = {code: label[language if language in label else "nb"] for code, label in content["names"].items()}
    return {
        "row": row, "href": f"/protocols/{row.meeting}/", "kind": KINDS[content["kind"]],
        "day": datetime.fromisoformat(content["starts"]).date(), "place": content["place"],
        "parties": [names[code] for code in content["parties"]], "text": content["text"],
        "decisions": content["decisions"], "synthetic": content["synthetic"],
        "actions": [
            (each["text"], names[each["owner"]], date.fromisoformat(each["due"])) for each in content["actions"]
        ],
    }  # fmt: skip
