"""What a contract on reception places says in numbers, and what it costs on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bosett.capacity.reception import PlaceKind
from bosett.terms.days import DateRange
from bosett.terms.errors import BadInput


@dataclass(frozen=True)
class Extension:
    """An option of the State to go on: for so many days more, if said so long before the end.

    Parameters
    ----------
    days
        >= 1.
    say_before_days
        >= 0.
    """

    days: int
    say_before_days: int

    def __post_init__(self) -> None:
        if self.days < 1 or self.say_before_days < 0:
            found = f"an option of {self.days} days, said {self.say_before_days} days before"
            raise BadInput(found, "1 or more days, said 0 or more days before")


@dataclass(frozen=True)
class ContractTerms:
    """Places under one contract, their prices and their clock.

    Parameters
    ----------
    start, end
        First day; day after the last; None = until notice.
    fixed_places
        Paid whether anybody stays there or not.
    call_places
        Paid only while called.
    occupied_nok, empty_nok, call_nok
        Kroner a place and day: a fixed place with a resident, without one, a called place.  None = not
        known, which is not 0.
    locked_until
        First day on which notice can take effect; None = no lock-in.
    notice_days, lead_days
        Notice to end; call to use.  None = not known.

    Raises
    ------
    BadInput
        If it ends before it starts, is locked in outside itself, or a number is negative.
    """

    identifier: str
    centre: str
    kind: PlaceKind
    start: date
    end: date | None = None
    fixed_places: int = 0
    call_places: int = 0
    occupied_nok: int | None = None
    empty_nok: int | None = None
    call_nok: int | None = None
    locked_until: date | None = None
    notice_days: int | None = None
    lead_days: int | None = None
    options: tuple[Extension, ...] = ()

    def __post_init__(self) -> None:
        name = f"contract {self.identifier}"
        if self.end is not None and self.end <= self.start:
            raise BadInput(f"{name} from {self.start} to {self.end}", "an end after the start")
        if self.locked_until is not None and not self._inside(self.locked_until):
            raise BadInput(f"{name} locked until {self.locked_until}", "a day inside the contract")
        numbers = (
            self.fixed_places,
            self.call_places,
            *(self.occupied_nok, self.empty_nok, self.call_nok, self.notice_days, self.lead_days),
        )
        if any(number is not None and number < 0 for number in numbers):
            raise BadInput(f"a number below 0 in {name}", "places, kroner and days of 0 or more")

    @property
    def in_force(self) -> DateRange:
        """The days of the contract, without its options."""
        return DateRange(self.start, self.end)

    @property
    def latest_end(self) -> date | None:
        """The end if every option is used; None = until notice."""
        return None if self.end is None else self.end + timedelta(days=sum(one.days for one in self.options))

    def option_to_say(self, on: date) -> date | None:
        """The last day on which the first option can be used; None without one or when it has passed."""
        if self.end is None or not self.options:
            return None
        last = self.end - timedelta(days=self.options[0].say_before_days)
        return last if on <= last else None

    def earliest_end(self, notice_given: date) -> date | None:
        """The first day without the contract if notice is given then; None if the notice is unknown."""
        if self.notice_days is None:
            return None
        ends = max(notice_given + timedelta(days=self.notice_days), self.locked_until or self.start)
        return ends if self.end is None else min(ends, self.end)

    def usable_from(self, called: date) -> date | None:
        """The first day on which places called on a day can be used; None if the lead time is unknown."""
        return None if self.lead_days is None else called + timedelta(days=self.lead_days)

    def day_cost(self, residents: int) -> DayCost:
        """Kroner of one day with so many residents, fixed places filled first.

        Raises
        ------
        BadInput
            If more stay than there are places, or a price that is needed is not known.
        """
        if not 0 <= residents <= self.fixed_places + self.call_places:
            found = f"{residents} residents under contract {self.identifier}"
            raise BadInput(found, f"0 to {self.fixed_places + self.call_places}, its places")
        occupied = min(residents, self.fixed_places)
        empty, called = self.fixed_places - occupied, residents - occupied
        return DayCost(
            occupied_nok=self._price(occupied, self.occupied_nok, "occupied_nok"),
            empty_nok=self._price(empty, self.empty_nok, "empty_nok"),
            called_nok=self._price(called, self.call_nok, "call_nok"),
        )

    def _price(self, places: int, price_nok: int | None, name: str) -> int:
        if places and price_nok is None:
            raise BadInput(f"no {name} in contract {self.identifier}", "a price; missing is not 0")
        return places * (price_nok or 0)

    def _inside(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class DayCost:
    """One day's kroner, what is paid for nobody apart."""

    occupied_nok: int
    empty_nok: int
    called_nok: int

    @property
    def total_nok(self) -> int:
        """All of it."""
        return self.occupied_nok + self.empty_nok + self.called_nok
