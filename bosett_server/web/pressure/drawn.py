"""Map, heat map, table and small multiples of a month, drawn once for the same figures and language."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from django.template.loader import get_template
from django.utils.safestring import SafeString

from bosett_server.access.request import Request
from bosett_server.queries.pressure import PressureOverview
from bosett_server.web.look.language import current_language
from bosett_server.web.pressure.heat import heat_of_places
from bosett_server.web.pressure.shown import pressure_map, pressure_table, sector_multiples

_drawn: WeakKeyDictionary[PressureOverview, dict[tuple[str, bool], SafeString]] = WeakKeyDictionary()


def drawn(request: Request, found: PressureOverview, *, with_map: bool) -> SafeString:
    """What the page shows of the figures; nothing in it depends on who reads beside what they may see."""
    kept = _drawn.setdefault(found, {})
    key = current_language(), with_map
    if key not in kept:
        page = get_template("pressure/drawn.html").render(
            {
                "map": pressure_map(found) if with_map else None,
                "heat": heat_of_places(found),
                "table": pressure_table(found),
                "sectors": sector_multiples(found),
            },
            request,
        )
        kept[key] = SafeString(page)
    return kept[key]
