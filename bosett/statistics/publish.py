"""Tables made fit for everybody: protected, then attacked, and given out only if they withstand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett.rules.parameters import Parameters
from bosett.statistics.attack import attack_tables
from bosett.statistics.earlier import read_earlier
from bosett.statistics.problem import CountTable, PublishedTable, whole_counts
from bosett.statistics.protect import protect_tables
from bosett.terms.errors import NoAnswer

SMALLEST_SHOWN = "statistics/smallest_shown"
NARROWEST = "statistics/narrowest_interval"


@dataclass(eq=False)
class WouldReveal(NoAnswer):
    """No hiding keeps the promise: so many cells could be worked out."""

    cells: int = 0

    def __str__(self) -> str:
        return f"{self.rule}: {self.cells} cells can"


def publish(table: CountTable, on: date, earlier: Sequence[PublishedTable] = ()) -> PublishedTable:
    """One table as it may be shown to everybody; see `publish_linked`."""
    return publish_linked([table], on, earlier)[0]


def publish_linked(
    tables: Sequence[CountTable], on: date, earlier: Sequence[PublishedTable] = ()
) -> tuple[PublishedTable, ...]:
    """Tables that share dimensions as they may be shown to everybody on a day, in the order given.

    Promise: small numbers are hidden, and nothing in the tables together, nor with the earlier ones that still
    agree with them, narrows a hidden one to less than the rule of the day allows; shown counts are the true ones.

    Parameters
    ----------
    tables
        All tables of the same persons that are shown together.
    on
        The day of publication; the rules of that day hold.
    earlier
        What was published before of the same persons.

    Raises
    ------
    BadInput
        If two tables differ in a cell or in a total.
    WouldReveal
        If the result does not withstand the attack, or an earlier publication already tells a small
        number: a person has to decide then.
    NoRuleInForce
        If no threshold is stored for the day.
    """
    rules = Parameters.shipped()
    threshold, width = rules.lookup(SMALLEST_SHOWN, on).whole, rules.lookup(NARROWEST, on).whole
    done = protect_tables(tables, earlier=earlier, threshold=threshold, width=width)
    shown = tuple(one.table for one in done.tables)
    told = sum(len(one.open_before) for one in done.tables)
    agreeing = read_earlier(tables, whole_counts(tables), earlier).agreeing
    before = {(one.table, one.key) for one in attack_tables(agreeing, width)} if agreeing else set()
    opened = {(one.table, one.key) for one in attack_tables([*shown, *agreeing], width)} - before
    if told or opened:
        raise WouldReveal("no small number can be worked out", "", told + len(opened))
    return shown
