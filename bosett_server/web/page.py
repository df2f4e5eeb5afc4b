"""The frame around every page: one permission, one entry in the role matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect

from bosett_server.access.context import require
from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.access.roles import Role

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class PageSpec:
    """A page as the role matrix sees it; `permission` None means anybody."""

    name: str
    permission: Permission | None
    view: View


PAGES: dict[str, PageSpec] = {}


def page(permission: Permission | None) -> Callable[[View], View]:
    """Make a view a page.  Somebody who is not logged in is sent to log in; a role without it gets 403."""

    def frame(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if permission is not None:
                unknown = request.actor.role is Role.PUBLIC and not request.user.is_authenticated
                if unknown and not request.actor.may(permission):
                    return redirect(f"/login?next={quote(request.get_full_path())}")
                require(request.actor, permission)
            return view(request, *args, **kwargs)

        name = f"{view.__module__.split('.web.')[-1].rsplit('.', 1)[0]}.{view.__name__}"
        PAGES[name] = PageSpec(name, permission, guarded)
        return guarded

    return frame
