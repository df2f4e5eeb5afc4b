"""Forecasts of the months ahead, in the background: with long series the models take a minute or two."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bosett.terms.errors import BadInput
from bosett_server.access.actor import SYSTEM
from bosett_server.actions.forecast_months_ahead import (
    Asked,
    made_ahead,
    store_months_ahead,
    tell_not_made,
)


@app.task(name="forecast.make_months_ahead")
def make_months_ahead(series: str, first: str, factor: float | None, reason: str, user: int | None) -> int:
    """Worked out, then stored in one transaction; killed on the way, it leaves nothing."""
    asked = Asked(series, first, factor, reason)
    try:
        told = made_ahead(SYSTEM, asked)
    except BadInput:
        return tell_not_made(SYSTEM, asked=asked, user=user)
    return store_months_ahead(SYSTEM, asked=asked, told=told, user=user)
