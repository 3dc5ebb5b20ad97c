"""What was taken in for elsewhere, in the words of its applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.relay.rules import Stage
from onedoor.ui.parts import Moment, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from onedoor.relay.rules import Relay

NOW: Final[Mapping[Stage, tuple[StrOrPromise, Tone]]] = {
    Stage.TAKEN: (gettext_lazy("窗口已收到"), Tone.WAIT),
    Stage.SENT: (gettext_lazy("寄往那里"), Tone.WAIT),
    Stage.ARRIVED: (gettext_lazy("那里已收到"), Tone.WAIT),
    Stage.ACCEPTED: (gettext_lazy("那里在办"), Tone.WAIT),
    Stage.ASKED: (gettext_lazy("等您补正"), Tone.TODO),
    Stage.REFUSED: (gettext_lazy("没有受理"), Tone.STOP),
    Stage.DECIDED: (gettext_lazy("等您领取"), Tone.TODO),
    Stage.HANDED: (gettext_lazy("已经办完"), Tone.GO),
    Stage.WITHDRAWN: (gettext_lazy("已撤回"), Tone.STOP),
    Stage.RETURNED: (gettext_lazy("原件已退还"), Tone.STOP),
}
DONE: Final[Mapping[Stage, StrOrPromise]] = {
    Stage.SENT: gettext_lazy("材料转递给%(organ)s"),
    Stage.ARRIVED: gettext_lazy("%(organ)s收到材料"),
    Stage.ACCEPTED: gettext_lazy("%(organ)s受理，办理期限从这天起算"),
    Stage.ASKED: gettext_lazy("%(organ)s要求补正：%(told)s"),
    Stage.REFUSED: gettext_lazy("%(organ)s没有受理：%(told)s"),
    Stage.DECIDED: gettext_lazy("结果回到窗口：%(outcome)s"),
    Stage.HANDED: gettext_lazy("结果已经交付"),
    Stage.WITHDRAWN: gettext_lazy("您撤回了申请"),
    Stage.RETURNED: gettext_lazy("原件已经退还"),
}
NEXT: Final[Mapping[Stage, StrOrPromise]] = {
    Stage.TAKEN: gettext_lazy("窗口把材料转递给%(organ)s"),
    Stage.SENT: gettext_lazy("等%(organ)s收到"),
    Stage.ARRIVED: gettext_lazy("等%(organ)s答复是否受理"),
    Stage.ACCEPTED: gettext_lazy("%(organ)s办理，结果寄回窗口"),
    Stage.ASKED: gettext_lazy("请把要补的材料交到原来的窗口"),
    Stage.REFUSED: gettext_lazy("请带身份证到原来的窗口领回原件"),
    Stage.WITHDRAWN: gettext_lazy("请带身份证到原来的窗口领回原件；已经转递的，等退到窗口"),
    Stage.DECIDED: gettext_lazy("请带身份证到原来的窗口领取"),
}


def tag_of(relay: Relay) -> Tag:
    """How far it is, with its colour."""
    words, tone = NOW[relay.stage]
    return Tag(str(words), tone)


def steps_of(relay: Relay) -> tuple[Moment, ...]:
    """经过: what happened, and what comes next."""
    organ = relay.decider.organ
    gone = _("（已删除）")
    found = [
        Moment(str(DONE[one.stage]) % {"organ": organ, "told": one.told or gone, "outcome": relay.outcome}, one.on)
        for one in relay.turns
    ]
    coming = NEXT.get(relay.stage)
    now = (Moment(str(coming) % {"organ": organ}, state="now"),) if coming else ()
    return (Moment(_("窗口收到材料"), relay.taken_at), *found, *now)
