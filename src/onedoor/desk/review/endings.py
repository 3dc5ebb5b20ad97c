"""After a grant, at the desk: which acts are offered, and how they are read from a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases import commands
from onedoor.cases.queries import may
from onedoor.cases.rules.events.ending import HolderRequested
from onedoor.cases.rules.requesting import open_request
from onedoor.cases.rules.tasks import CHECK
from onedoor.cases.rules.values import REQUEST_NAMES, Case, Ending, Outcome, Request, State
from onedoor.desk.review.crews import crew
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import FieldError, Invalid

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.desk.review.posted import Posted


def ending_acts(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """核查承诺, 补发, 撤销和注销: key and label of each that may be done now."""
    case = page.case
    if case.state is not State.CLOSED or case.outcome is not Outcome.GRANTED or case.ended:
        return ()
    check = next((task for task in page.tasks if task.key == CHECK), None)
    revokes = may(case, Act.REVOKE, by=by)
    reissues = bool(case.licence) and (revokes or may(case, Act.DELIVER, by=by))
    asked = open_request(case)
    refusal = _("不同意%(what)s") % {"what": REQUEST_NAMES[asked.what]} if asked else ""
    ends = ("end_result", _("撤销、注销"), revokes and not case.above)  # what the upper level decided only it ends
    anew = ("reissue", _("补发证照"), reissues and not (asked and asked.what is Request.CANCEL))
    found = (
        ("check", check.name if check else "", bool(check) and may(case, Act.REVIEW, by=by)),
        *((ends, anew) if asked and asked.what is Request.CANCEL else (anew, ends)),
        ("refuse_request", refusal, bool(asked) and revokes),
    )
    return tuple((key, label) for key, label, offered in found if offered)


@dataclass(frozen=True, slots=True)
class Requested:
    """What the holder asks for: in words, why, since when, under which receipt."""

    what: Request
    name: str
    reasons: str
    on: date
    document: str


def requested(page: CasePage) -> Requested | None:
    """The holder's request that waits for an answer; None where there is none."""
    asked = open_request(page.case)
    if asked is None:
        return None
    told = [f.event.reasons for f in page.facts if isinstance(f.event, HolderRequested)]
    return Requested(asked.what, REQUEST_NAMES[asked.what], told[-1] or _("（已删除）"), asked.on, asked.document)


def check(p: Posted) -> Case:
    """事后核查."""
    if p.text("held") not in {"yes", "no"}:
        raise Invalid([FieldError("held", _("请选择与承诺一致或者不一致。"))])
    officers = crew(p)
    held, finding = p.text("held") == "yes", p.text("opinion")
    return commands.check_promise(
        p.number, by=p.by, at=p.at, held=held, finding=finding, officers=officers, version=p.version
    )


def reissue(p: Posted) -> Case:
    """补发."""
    return commands.reissue_licence(p.number, by=p.by, at=p.at, reasons=p.text("reasons"), version=p.version)


def refuse_request(p: Posted) -> Case:
    """不予补发、不予注销."""
    return commands.refuse_request(
        p.number, by=p.by, at=p.at, reasons=p.text("reason"), article=p.text("article"), version=p.version
    )


def end_result(p: Posted) -> Case:
    """撤销、注销."""
    ending = p.choice("ending", Ending, _("请选择撤销或者注销。"))
    reasons, article = p.text("reasons"), p.text("article")
    return commands.end_result(
        p.number, by=p.by, at=p.at, ending_=ending, reasons=reasons, article=article, version=p.version
    )
