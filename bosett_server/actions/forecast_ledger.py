"""The ledger of forecasts: a forecast or an outcome is stored with its vintage, and never changed."""

from __future__ import annotations

from bosett.forecast.ledger import Published
from bosett.terms.errors import BadInput, Refused
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.forecast_ledger import PURPOSE_CODES, SERIES_CODES
from bosett_server.records.models import LedgerForecast, LedgerOutcome


@action(Permission.FORECAST_ADD)
def store_forecast(actor: Actor, *, forecast: Published, internal: bool = False) -> Done[int]:
    """The forecast stands in the ledger, and is scored when its year is known.

    Raises Refused: `series_not_known`, `purpose_not_known`, `maker_missing`, `vintage_missing`, `source_missing`,
    `day_in_future`, `forecast_stored_before`.
    """
    _check(forecast.series, forecast.vintage, forecast.source)
    if forecast.purpose not in PURPOSE_CODES:
        raise Refused("purpose_not_known")
    if not forecast.maker.strip():
        raise Refused("maker_missing")
    if forecast.made[:10] > clock.today().isoformat():
        raise Refused("day_in_future", {"day": forecast.made})
    made = LedgerForecast.objects.create(
        made=forecast.made, target=forecast.target, series=forecast.series, maker=forecast.maker.strip(),
        purpose=forecast.purpose, low=forecast.low, point=forecast.point, high=forecast.high,
        quantiles=list(forecast.quantiles), vintage=forecast.vintage.strip(), source=forecast.source.strip(),
        internal=internal, recorded_at=clock.now(), recorded_by_id=actor.user_id,
    )  # fmt: skip
    facts = {"series": forecast.series, "target": forecast.target, "made": forecast.made}
    return Done(made.pk, about=("forecast", made.pk), facts=facts)


@action(Permission.FORECAST_ADD)
def store_outcome(
    actor: Actor, *, series: str, target: str, value: float, vintage: str, source: str
) -> Done[int]:
    """The outcome stands with the day's figures it is from; what stood before is kept beside it.

    Raises Refused: `series_not_known`, `vintage_missing`, `source_missing`, `outcome_not_over`, `outcome_negative`,
    `forecast_not_possible`.
    """
    _check(series, vintage, source)
    if value < 0:
        raise Refused("outcome_negative")
    try:
        Published(target, target, series, point=value)
    except BadInput as bad:
        raise Refused("forecast_not_possible", {"found": bad.found, "allowed": bad.allowed}) from None
    today = clock.today()
    if target >= (today.isoformat()[: len(target)]):
        raise Refused("outcome_not_over", {"target": target})
    made = LedgerOutcome.objects.create(
        series=series, target=target, value=value, vintage=vintage.strip(), source=source.strip(),
        recorded_at=clock.now(), recorded_by_id=actor.user_id,
    )  # fmt: skip
    return Done(made.pk, about=("forecast_outcome", made.pk), facts={"series": series, "target": target})


def _check(series: str, vintage: str, source: str) -> None:
    if series not in SERIES_CODES:
        raise Refused("series_not_known")
    if not vintage.strip():
        raise Refused("vintage_missing")
    if not source.strip():
        raise Refused("source_missing")
