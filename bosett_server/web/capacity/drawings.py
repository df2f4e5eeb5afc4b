"""Charts and map of reception; each says its finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.capacity import WeekOutlook
from bosett.terms.figure import Figure
from bosett_server.queries.capacity import Reception
from bosett_server.web.look.charts import Bar, BarList, Caption, LineChart, Series
from bosett_server.web.look.dates import date_short, date_words
from bosett_server.web.look.hexagon_cells import places
from bosett_server.web.look.hexmap import HexMap, HexValue
from bosett_server.web.look.numbers import number
from bosett_server.words.capacity import KINDS


def by_kind(found: Reception) -> BarList:
    """Residents by kind of centre, the most first."""
    rows = sorted(found.kinds, key=lambda one: -one.now.residents)
    most = rows[0]
    caption = Caption(
        "reception-kinds",
        _("Most live in: %(kind)s") % {"kind": str(KINDS[most.kind]).lower()},
        _("Residents by kind of centre, %(day)s") % {"day": date_words(found.on)},
        _("Bosett's register of stays. People with a protected address are not counted."),
    )
    bars = tuple(Bar(str(KINDS[one.kind]), Figure.of(one.now.residents), strong=one is most) for one in rows)
    return BarList(caption, bars, _("Kind of centre"), _("Residents"))


def weeks_ahead(weeks: Sequence[WeekOutlook], today: date, ident: str) -> LineChart:
    """Places and residents week by week, as far as contracts and agreed dates reach."""
    first, last = weeks[0].at_start, weeks[-1].at_end
    out = sum(one.moves_out for one in weeks)
    finding = ngettext(
        "%(out)s resident has a date to move within twelve weeks",
        "%(out)s residents have a date to move within twelve weeks",
        out,
    ) % {"out": number(out)}
    if out == 0:
        finding = _("Nobody has a date to move within twelve weeks")
    if last.places < first.places:
        finding = _("%(fewer)s fewer places in twelve weeks") % {"fewer": number(first.places - last.places)}
    points = [first, *(one.at_end for one in weeks)]
    caption = Caption(
        ident,
        finding,
        _(
            "Places under contract and residents with no date to move, from %(day)s. New arrivals are not in it."
        )
        % {"day": date_words(today)},
        _("Bosett's register of places, stays and agreed settlement dates"),
    )
    return LineChart(
        caption,
        tuple(date_short(one.on) for one in points),
        (
            Series(_("Places"), tuple(Figure.of(one.places) for one in points)),
            Series(_("Residents"), tuple(Figure.of(one.residents) for one in points)),
        ),
        _("Day"),
    )


def map_of_places(found: Reception, names: Sequence[tuple[str, str]]) -> HexMap | None:
    """Reception places today by municipality; None when no municipality has any."""
    counted: Counter[str] = Counter()
    for one in found.centres:
        counted[one.municipality] += one.places
    held = {code for code, sum_ in counted.items() if sum_}
    if not held:
        return None
    caption = Caption(
        "reception-map",
        ngettext(
            "%(count)s municipality has reception places",
            "%(count)s municipalities have reception places",
            len(held),
        )
        % {"count": number(len(held))},
        _("Places in reception centres, %(day)s") % {"day": date_words(found.on)},
        _("Bosett's register of places"),
    )
    values = tuple(HexValue(code, name, Figure.of(counted[code])) for code, name in names if code in places())
    return HexMap(caption, values, _("Municipality"), _("Places"))
