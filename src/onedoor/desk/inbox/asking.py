"""From the address of a page to what is asked of the inbox, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.cases import queries
from onedoor.cases.rules.clocks import Alarm
from onedoor.cases.rules.docket import EVERYONE, Wanted, wanted
from onedoor.desk.inbox.rows import TONES, WORDS
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

ACT_NAMES = {
    Act.ACCEPT: gettext_lazy("受理"),
    Act.REVIEW: gettext_lazy("审查"),
    Act.DECIDE: gettext_lazy("决定"),
    Act.DELIVER: gettext_lazy("送达"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition that can be set or taken away by a link."""

    label: str
    count: int
    href: str
    on: bool
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """One condition of many values."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def asked(request: HttpRequest) -> Wanted:
    """What the address asks of the inbox."""
    return wanted(request.GET.dict())


def address(want: Wanted) -> str:
    """The conditions as the end of an address: "?level=red", or "" where none is given."""
    given = want.given()
    return f"?{urlencode(given)}" if given else ""


def panel(want: Wanted, *, by: Actor, on: date) -> dict[str, object]:
    """Everything that the inbox offers beside its list: colours, acts, the other conditions, saved filters."""
    found = queries.facets(by=by, on=on)
    levels = found.levels
    places = {code: areas.path(code.ljust(12, "0")) for code in found.areas}
    return {
        "facets": found,
        "levels": tuple(
            _chip(
                want,
                ("level", level.value),
                label=str(WORDS[level]),
                count=levels.get(level.value, 0),
                tone=TONES[level],
            )
            for level in (Alarm.RED, Alarm.YELLOW, Alarm.GREEN)
        ),
        "acts": tuple(
            _chip(want, ("act", act.value), label=str(name), count=found.acts[act.value])
            for act, name in ACT_NAMES.items()
            if act.value in found.acts
        ),
        "selects": (
            _select(want, "item", label=_("事项"), values={code: name for code, name in found.items}),
            _select(want, "area", label=_("乡镇"), values=places),
            _select(want, "organ", label=_("机关"), values={code: organ_name(code) for code in found.organs}),
        ),
        "everyone": EVERYONE,
        "saved": tuple((name, address(held) or "?", held == want) for name, held in queries.saved_filters(by=by)),
        "query": address(want),
    }


def organ_name(code: str) -> str:
    """The short name of an organ; its code where it is unknown."""
    try:
        found = orgs.organ(code)
    except NotFound:
        return code
    return found.short_name or found.name


def _chip(want: Wanted, condition: tuple[str, str], *, label: str, count: int, tone: str = "") -> Chip:
    given, (name, value) = want.given(), condition
    on = given.get(name) == value
    rest = {key: held for key, held in given.items() if key != name} | ({} if on else {name: value})
    return Chip(label, count, f"?{urlencode(rest)}", on, tone)


def _select(want: Wanted, name: str, *, label: str, values: dict[str, str]) -> Select:
    options = tuple(sorted(values.items(), key=lambda pair: pair[1]))
    return Select(name, label, options, want.given().get(name, ""))
