"""两种办法: by promise or the normal way, side by side, with what each takes and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.items.rules.facts import for_situation
from onedoor.kernel.expr import facts, holds

if TYPE_CHECKING:
    from onedoor.items.rules import ItemVersion, Option
    from onedoor.items.rules.facts import Narrowed


@dataclass(frozen=True, slots=True)
class Way:
    """One of them: what it is called, how long it takes, what is brought, what is looked at before and after."""

    name: str
    promise: bool
    limit: str
    brings: tuple[str, ...]
    before: tuple[str, ...]
    after: str


def ways(item: ItemVersion, chosen: Mapping[str, str]) -> tuple[Way, ...]:
    """Every way that the applicant may choose; none where there is no choice, or it is made by several questions."""
    when = item.promise.when
    if not item.promise.offered or when is None or len(facts(when)) != 1:
        return ()
    (key,) = facts(when)
    options = next((situation.options for situation in item.situations if situation.key == key), ())
    return tuple(_way(item, option, {**chosen, key: option.value}) for option in options)


def _way(item: ItemVersion, option: Option, answers: Mapping[str, str]) -> Way:
    narrowed, when = for_situation(item, answers), item.promise.when
    promise = when is not None and holds(when, answers)
    return Way(
        name=option.label,
        promise=promise,
        limit=_limit(narrowed),
        brings=tuple(material.name for material in narrowed.materials if material.brought),
        before=tuple(step.name for step in narrowed.steps),
        after=_after(item) if promise else _("办成以后按日常监管检查。"),
    )


def _limit(narrowed: Narrowed) -> str:
    promised = narrowed.promised
    return _("受理后%(limit)s内") % {"limit": promised} if promised.number else _("受理后当场决定")


def _after(item: ItemVersion) -> str:
    check, rectify = item.promise.check, item.promise.rectify
    if check is None or rectify is None:
        return _("办成以后核查，与承诺不符的依法处理。")
    told = _("办成以后%(check)s内核查。与承诺不符的，限%(rectify)s整改；不改或者仍不符合的，撤销。")
    return told % {"check": check, "rectify": rectify}
