"""缴费 at a step, as values. Amounts are in 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Charge:
    """One fee of a notice (收费项目): how much of it is asked, by which standard, and on what that rests.

    ``reducible``: on what a reduction would rest (减免依据), "" where the published list allows none. ``tariff``: an
    officer reckoned it.
    """

    name: str
    standard: str
    basis: str
    cents: int
    reducible: str = ""
    tariff: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """财政票据 by which something was paid: its number, and the day on it."""

    number: str
    paid_on: date


@dataclass(frozen=True, slots=True)
class Relief:
    """减免 that was proposed and is not decided: what would be left to pay, and by which rule; ``by``: by whom."""

    cents: int
    basis: str
    by: str


@dataclass(frozen=True, slots=True)
class Payment:
    """What is to be paid at one step: how much, by the notice of which day, until when; and what became of it.

    ``exempt``: on what it rests that nothing is to be paid (免缴); ``reduced``: that less is than the charges come to.
    ``lapsed``: the day from which on nobody waited for
    it any more. ``notice``: which of the notices of the case this is.
    """

    charges: tuple[Charge, ...]
    cents: int
    on: date
    until: date
    document: str = ""
    notice: int = 0
    receipt: Receipt | None = None
    exempt: str = ""
    reduced: str = ""
    relief: Relief | None = None
    lapsed: date | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is to be paid (any more): money once paid is never asked for again."""
        return self.receipt is not None or bool(self.exempt)

    @property
    def waits(self) -> bool:
        """Whether the applicant is asked to pay."""
        return not self.settled and self.lapsed is None
