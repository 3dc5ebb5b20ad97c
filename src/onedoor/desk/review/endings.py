"""After a grant, at the desk: which acts are offered, and how they are read from a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases import commands
from onedoor.cases.queries import may
from onedoor.cases.rules.tasks import CHECK
from onedoor.cases.rules.values import Case, Ending, Outcome, State
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import FieldError, Invalid

if TYPE_CHECKING:
    from onedoor.cases.queries import CasePage
    from onedoor.desk.review.acts import Posted


def ending_acts(page: CasePage, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """核查承诺, 补发, 撤销和注销: key and label of each that may be done now."""
    case = page.case
    if case.state is not State.CLOSED or case.outcome is not Outcome.GRANTED or case.ended:
        return ()
    check = next((task for task in page.tasks if task.key == CHECK), None)
    revokes = may(case, Act.REVOKE, by=by)
    reissues = bool(case.licence) and (revokes or may(case, Act.DELIVER, by=by))
    found = (
        ("check", check.name if check else "", bool(check) and may(case, Act.REVIEW, by=by)),
        ("reissue", _("补发证照"), reissues),
        ("end_result", _("撤销、注销"), revokes),
    )
    return tuple((key, label) for key, label, offered in found if offered)


def check(p: Posted) -> Case:
    """事后核查."""
    if p.text("held") not in {"yes", "no"}:
        raise Invalid([FieldError("held", _("请选择与承诺一致或者不一致。"))])
    names = p.text("officers").replace("，", "、").replace(",", "、").replace(" ", "、")
    officers = tuple(name for name in names.split("、") if name)
    held, finding = p.text("held") == "yes", p.text("opinion")
    return commands.check_promise(
        p.number, by=p.by, at=p.at, held=held, finding=finding, officers=officers, version=p.version
    )


def reissue(p: Posted) -> Case:
    """补发."""
    return commands.reissue_licence(p.number, by=p.by, at=p.at, reasons=p.text("reasons"), version=p.version)


def end_result(p: Posted) -> Case:
    """撤销、注销."""
    ending = p.choice("ending", Ending, _("请选择撤销或者注销。"))
    reasons, article = p.text("reasons"), p.text("article")
    return commands.end_result(
        p.number, by=p.by, at=p.at, ending_=ending, reasons=reasons, article=article, version=p.version
    )
