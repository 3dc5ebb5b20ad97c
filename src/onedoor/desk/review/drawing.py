"""Everything that a case page shows to one officer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.cases import queries
from onedoor.cases.rules import events as e
from onedoor.cases.rules.papers import cited
from onedoor.desk.frame import actor_of, rail
from onedoor.desk.inbox.asking import address, asked
from onedoor.desk.inbox.rows import lines
from onedoor.desk.nexts import turns
from onedoor.desk.review import joint, photos
from onedoor.desk.review.automatic import checked
from onedoor.desk.review.consulting import consulted
from onedoor.desk.review.crews import crews
from onedoor.desk.review.earlier import opinions
from onedoor.desk.review.endings import requested
from onedoor.desk.review.hearing import heard, span
from onedoor.desk.review.offered import Offer
from onedoor.desk.review.offers import apart, merged, mine, offers, outcome_names, without
from onedoor.desk.review.overlooked import asks, overlooked
from onedoor.desk.review.paying import payments, tariffs
from onedoor.desk.review.promises import promised, receivable, verifiable
from onedoor.desk.review.publicity import published, unanswered
from onedoor.desk.review.upward import sent_up
from onedoor.kernel.clock import GROUND_NAMES, Ground, local_date
from onedoor.orgs import queries as orgs
from onedoor.ui import cases as parts
from onedoor.ui import story
from onedoor.ui.attribution import shares
from onedoor.ui.filled import acted_words
from onedoor.ui.ledgers import accounts
from onedoor.ui.members import member_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpRequest

    from onedoor.cases.queries import CasePage
    from onedoor.desk.nexts import Turn
    from onedoor.kernel.actor import Actor
    from onedoor.ui.parts import Moment

TABS = {
    "application": gettext_lazy("申请与材料"),
    "story": gettext_lazy("经过"),
    "clocks": gettext_lazy("时限"),
    "papers": gettext_lazy("文书"),
    "seen": gettext_lazy("谁看过"),
}


BESIDE = 20  # rows of the inbox beside a case: what comes next, not all


@dataclass(frozen=True, slots=True)
class Stale:
    """The page from which an act came was older than the case: the version that it showed, and what that means."""

    version: int
    message: str


def drawn(request: HttpRequest, page: CasePage, *, stale: Stale | None = None) -> dict[str, object]:
    """The context of the case page."""
    actor, today = actor_of(request), local_date(timezone.now())
    tab = request.GET.get("tab", "")
    return {
        "rail": rail(request),
        "page": page,
        "case": page.case,
        "state": parts.state_tag(page.case.state, page.case.outcome),
        "tabs": TABS,
        "tab": tab if tab in TABS else "application",
        "consulted": consulted(page, on=today),
        "heard": heard(page),
        "published": published(page),
        "checked": checked(page),
        "payments": payments(page, on=today),
        "sent_up": sent_up(page, on=today),
        "unanswered": unanswered(page),
        "requested": requested(page),
        "clocks": parts.clock_boxes(page),
        **(counting(page, on=today) if tab == "clocks" else {}),
        "members": member_lines(page, by=actor),
        **joint.shown(page, on=today),
        "facts": parts.answer_facts(page),
        "materials": parts.material_rows(page),
        "photos": photos.photo_rows(page),
        "pictures": photos.ACCEPTS,
        "moments": story.moments(page, officers=True),
        "seen": seen(page),
        "papers": parts.papers(page),
        "owed": promised(page),
        "waits": page.case.open and any(not one.asked for one in queries.owing_of(page)),
        "overlooked": overlooked(page),
        "acted": acted_words(page.case.number),
        "stale": stale,
        "changes": changes(page, stale.version) if stale and stale.version else (),
        **beside(request, page, by=actor, on=today),
        **acting(request, page, by=actor, on=today),
    }


def counting(page: CasePage, *, on: date) -> dict[str, object]:
    """The limits, those that run and those that ended, and whose the time was."""
    found = accounts(page, on=on)
    return {
        "running": [each for each in found if each.running],
        "ended": [each for each in found if not each.running],
        "shares": shares(page, at=timezone.now()),
    }


def beside(request: HttpRequest, page: CasePage, *, by: Actor, on: date) -> dict[str, object]:
    """The list on the left, with the conditions that the officer came with."""
    want = asked(request)
    rows = queries.inbox(by=by, want=want, on=on, size=BESIDE + 1)
    return {
        "rows": lines(rows[:BESIDE], today=on, by=by, current=page.case.number),
        "beyond": len(rows) > BESIDE,
        "q": want.q,
        "query": address(want),
        "keep": address(want).replace("?", "&", 1),
    }


def acting(request: HttpRequest, page: CasePage, *, by: Actor, on: date) -> dict[str, object]:
    """The acts on the right, with what was typed in them."""
    kept = queries.kept_apart(page.case, page.item, by=by, on=on)
    offered = tuple(sorted(without(offers(page, by=by), kept), key=lambda offer: offer.folded))
    whose = turns(page, by=by, on=on, kept=kept)
    return {
        "turns": [turn for turn in whose if not turn.elsewhere],
        "elsewhere": [turn for turn in whose if turn.elsewhere],
        "offers": offered,
        "open": opened(offered, whose, typed=request.POST.get("offer", "")),
        "done": [step for step in page.steps if step.key in page.case.results],
        "grounds": grounds(page),
        "outcomes": outcome_names(page).items(),
        "basis": cited(page.item.basis[0]) if page.item.basis else "",
        "earliest_end": on + timedelta(days=1),
        "typed": defaultdict(str, request.POST.dict()),
        "ticked": request.POST.getlist("key"),
        "asking": joint.asking(page, request.POST),
        "overlooking": asks(page, request.POST),
        **joint.drawn(page, request.POST, offered),
        "words": queries.opinions(by=by, item=page.case.item),
        "merged": () if kept else merged(page, by=by),
        "apart": apart(page, kept, by=by),
        **convening(page, offered, on=on),
        "crews": crews(page, offered, request.POST, by=by, on=on),
        "earlier": opinions(page),
        "tariffs": tariffs(page) if any(offer.key == "set_charges" for offer in offered) else (),
        "receivable": receivable(page, by=by),
        "verifiable": verifiable(page, by=by),
        "receiving": receiving(page, offered, by=by, on=on),
    }


def opened(offered: Sequence[Offer], whose: Sequence[Turn], *, typed: str) -> str:
    """The form that stands open: what was typed in, else the first that usually comes next and is no colleague's."""
    if typed in {offer.id for offer in offered}:
        return typed
    theirs = {turn.task for turn in whose if turn.colleague}
    return next((offer.id for offer in offered if not offer.folded and offer.task not in theirs), "")


def grounds(page: CasePage) -> list[tuple[Ground, str]]:
    """The special procedures that an officer starts; a hearing starts with its request or its announcement."""
    found = (allowed.ground for allowed in page.item.clock.grounds if allowed.ground is not Ground.HEARING)
    return [(ground, GROUND_NAMES[ground]) for ground in found]


def convening(page: CasePage, offered: Sequence[Offer], *, on: date) -> dict[str, object]:
    """When a hearing may be held, and who may preside."""
    if not any(offer.key == "convene_hearing" for offer in offered):
        return {}
    calendar = areas.calendar(page.case.area)
    return {"span": span(page, calendar=calendar, on=on), "presiders": queries.presiders(page.case, on=on)}


def receiving(page: CasePage, offered: Sequence[Offer], *, by: Actor, on: date) -> list[tuple[str, str, object]]:
    """Each task that may be handed over, with the colleagues who could take it."""
    if not any(offer.key == "hand_over" for offer in offered):
        return []
    owed = mine(page, by=by)
    able = {(task.act, task.organ): task for task in owed}  # who can do one can do the others
    others = {
        key: [one for one in queries.receivers(page.case, task, on=on) if one.ref != by.ref]
        for key, task in able.items()
    }
    return [(task.key, task.name, others[task.act, task.organ]) for task in owed]


def seen(page: CasePage) -> tuple[Moment, ...]:
    """Which officer opened which material when."""
    opened = {fact.seq: fact.actor for fact in page.facts if isinstance(fact.event, e.MaterialOpened)}
    names = orgs.names_of(set(opened.values()))
    return story.moments_of(page, lambda fact: fact.seq in opened, note=lambda fact: names.get(fact.actor, fact.actor))


def changes(page: CasePage, version: int) -> tuple[Moment, ...]:
    """What happened behind the version that an old page showed: who, when, what."""
    since = {fact.seq: fact.actor for fact in queries.changes_since(page.case.id, version)}
    names = orgs.names_of(set(since.values()))
    return story.moments_of(
        page,
        lambda fact: fact.seq in since,
        note=lambda fact: getattr(fact.event, "officer", "") or names.get(fact.actor, ""),
    )
