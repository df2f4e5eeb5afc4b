"""The published description of the API: what ninja knows, completed with what holds for every call."""

from __future__ import annotations

import json
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from bosett_server.api.frame import ENDPOINTS, MAY_REFUSE
from bosett_server.api.problems import MEDIA_TYPE, Problem

REF = "#/components/schemas/"
WRITES = ("post", "put", "patch", "delete")
SCHEME = "maskinporten"
REFUSALS = {
    "400": "The body is not JSON.",
    "401": "No token, or one that was refused; `code` says why.",
    "403": "The role of the organisation may not do this.",
    "404": "It does not exist, or it is not yours to see.",
    "409": "The rules do not allow this step now; `code` and `facts` say why. Nothing was stored.",
    "413": "The body is larger than the service reads.",
    "422": "The request cannot be read, or a value is not allowed. Nothing was stored.",
}
REQUEST_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
    "description": (
        "A key of your own, new for each step. A request that is repeated with the same key and the same"
        " content is done once and answered alike; the same key with other content is a 409."
    ),
}
PARAMETERS = {
    "cursor": "Where the page begins: the `next` of the page before. Empty or left out for the first.",
    "limit": "Rows on a page.",
    "known": "The numbers as they were known at the end of this day; today when left out.",
}


class Document(OpenAPISchema):
    """Ninja's document, in which two rooms may give two shapes the same name: the later one gets its room's.

    Ninja itself keeps the last shape of a name and describes the other room's calls wrongly.
    """

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """One call, with the names of its shapes settled."""
        settled, self.schemas = self.schemas, {}
        details = super().operation_details(operation)
        room = operation.view_func.__module__.rsplit(".", 1)[-1].title().replace("_", "")
        own = self.schemas
        while clashes := [name for name, shape in own.items() if settled.get(name, shape) != shape]:
            details, own = _renamed(details, own, clashes, room)
        self.schemas = settled | own
        return dict(details)


def _renamed(details: Any, shapes: dict[str, Any], names: list[str], room: str) -> tuple[Any, dict[str, Any]]:
    told = json.dumps([details, {f"{room}{n}" if n in names else n: shape for n, shape in shapes.items()}])
    for name in names:
        told = told.replace(f'"{REF}{name}"', f'"{REF}{room}{name}"')
    new_details, new_shapes = json.loads(told)
    return new_details, new_shapes


def document_of(api: NinjaAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the whole API."""
    return described(Document(api, "/api/v1/"))


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The document with problems, request keys, summaries and the security scheme on every call."""
    components = document["components"]
    components["schemas"]["Problem"] = Problem.model_json_schema()
    components["parameters"] = {"RequestKey": REQUEST_KEY}
    components["responses"] = {
        f"Problem{status}": {
            "description": told,
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REF}Problem"}}},
        }
        for status, told in REFUSALS.items()
    }
    components["securitySchemes"] = {
        SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": (
                "An access token in Maskinporten's form: scope `bosett:read` for GET and `bosett:write` for"
                " the rest, with the organisation number as consumer."
            ),
        }
    }
    for calls in document["paths"].values():
        for method, call in calls.items():
            _complete(method, call)
    document["servers"] = [{"url": "/"}]
    return dict(document)


def _complete(method: str, call: dict[str, Any]) -> None:
    permission = ENDPOINTS[call["operationId"]].permission
    told = " ".join(call.get("description", "").split())
    summary, _, rest = told.partition(". ")
    call["summary"] = (summary.partition(";")[0].partition(":")[0]).rstrip(".")
    needed = f"Needs the permission `{permission.value}`." if permission else "Open to anybody."
    call["description"] = f"{told} {needed}".strip() if rest or told else needed
    if "security" in call:
        call["security"] = [{SCHEME: []}]
    for parameter in call["parameters"]:
        parameter.setdefault("description", PARAMETERS.get(parameter["name"], ""))
        if not parameter["description"]:
            del parameter["description"]
    if method in WRITES:
        call["parameters"].append({"$ref": "#/components/parameters/RequestKey"})
    call["responses"] = _responses(method, call)


def _responses(method: str, call: dict[str, Any]) -> dict[str, Any]:
    answers = {str(status): told for status, told in call["responses"].items() if int(status) < 300}
    possible = set(REFUSALS) - {"401", "403"} if "security" not in call else set(REFUSALS)
    if method == "get":
        possible -= {"400", "413"} if call.pop(MAY_REFUSE, False) else {"400", "409", "413"}
    refusals = {status: {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(possible)}
    return answers | refusals


def as_list(document: dict[str, Any]) -> list[dict[str, Any]]:
    """For the page that people read: rooms, each with its calls in the order of their addresses."""
    rooms: dict[str, list[dict[str, Any]]] = {}
    for address, calls in document["paths"].items():
        for method, call in calls.items():
            names = [p["name"] for p in call["parameters"] if p.get("in") == "query"]
            rooms.setdefault(call["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": address,
                    "summary": call["summary"],
                    "description": call["description"],
                    "query": names,
                    "id": call["operationId"],
                }
            )
    return [{"room": room, "calls": calls} for room, calls in rooms.items()]
