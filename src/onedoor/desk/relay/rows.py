"""What is taken in for elsewhere, in the words of the design system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.registries import queries as registries
from onedoor.relay import queries
from onedoor.relay.rules import UNDECIDED, Mode, Relay, Stage, Wait
from onedoor.ui.parts import Moment, Tag, Tone

if TYPE_CHECKING:
    from datetime import date

MODES = {Mode.COLLECT: gettext_lazy("异地代收代办"), Mode.JOINT: gettext_lazy("多地联办")}
STAGES = {
    Stage.TAKEN: (gettext_lazy("等转递"), Tone.TODO),
    Stage.SENT: (gettext_lazy("已转递"), Tone.WAIT),
    Stage.ARRIVED: (gettext_lazy("对方已收到"), Tone.WAIT),
    Stage.ACCEPTED: (gettext_lazy("对方已受理"), Tone.WAIT),
    Stage.ASKED: (gettext_lazy("对方要求补正"), Tone.TODO),
    Stage.REFUSED: (gettext_lazy("没有受理，等退还原件"), Tone.TODO),
    Stage.DECIDED: (gettext_lazy("结果已回来，等领取"), Tone.TODO),
    Stage.HANDED: (gettext_lazy("已交付"), Tone.GO),
    Stage.WITHDRAWN: (gettext_lazy("已撤回，等退还原件"), Tone.TODO),
    Stage.RETURNED: (gettext_lazy("原件已退还"), Tone.STOP),
}
TOLD = {
    Stage.SENT: gettext_lazy("转递：%(told)s"),
    Stage.ARRIVED: gettext_lazy("对方收到材料 %(told)s"),
    Stage.ACCEPTED: gettext_lazy("对方受理 %(told)s"),
    Stage.ASKED: gettext_lazy("对方要求补正：%(told)s"),
    Stage.REFUSED: gettext_lazy("对方没有受理：%(told)s"),
    Stage.DECIDED: gettext_lazy("结果回到窗口：%(outcome)s %(told)s"),
    Stage.HANDED: gettext_lazy("结果交给%(told)s"),
    Stage.WITHDRAWN: gettext_lazy("申请人撤回 %(told)s"),
    Stage.RETURNED: gettext_lazy("原件退还：%(told)s"),
}
MAY_BE_SILENT = {Stage.ARRIVED, Stage.ACCEPTED, Stage.DECIDED, Stage.WITHDRAWN}
ACTS = {
    "send": (gettext_lazy("转递"), {Stage.TAKEN, Stage.ASKED}),
    "arrive": (gettext_lazy("登记对方收到"), {Stage.SENT}),
    "answer": (gettext_lazy("登记对方答复"), {Stage.SENT, Stage.ARRIVED}),
    "decide": (gettext_lazy("登记结果"), {Stage.ARRIVED, Stage.ACCEPTED}),
    "hand": (gettext_lazy("交付结果"), {Stage.DECIDED}),
    "return": (gettext_lazy("退还原件"), {Stage.REFUSED, Stage.WITHDRAWN}),
    "withdraw": (gettext_lazy("申请人撤回"), UNDECIDED),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: how far it is, for how many days nothing was heard, since when somebody should ask."""

    number: str
    item: str
    organ: str
    applicant: str
    tag: Tag
    days: int
    late: Wait | None


def row_of(relay: Relay, *, today: date) -> Row:
    """One as a line."""
    words, tone = STAGES[relay.stage]
    wait = queries.wait(relay)
    last = relay.turns[-1].on if relay.turns else relay.taken_at.date()
    name = registries.party(relay.applicant).name
    organ = f"{relay.decider.organ}（{relay.decider.place}）"
    return Row(
        relay.number,
        relay.item,
        organ,
        name,
        Tag(str(words), tone),
        (today - last).days if relay.open else 0,
        wait if wait and wait.until < today else None,
    )


def turns(relay: Relay) -> tuple[Moment, ...]:
    """经过: every turn, as both faces tell it."""
    first = Moment(_("窗口收件"), relay.taken_at, note=relay.officer)
    gone = _("（已删除）")
    found = [
        Moment(
            str(
                TOLD[one.stage]
                % {"told": one.told or ("" if one.stage in MAY_BE_SILENT else gone), "outcome": relay.outcome}
            ).strip(),
            one.on,
            note=one.officer,
        )
        for one in relay.turns
    ]
    return (first, *found)


def offered(relay: Relay) -> tuple[tuple[str, str], ...]:
    """What may be recorded now: key and label."""
    return tuple((key, str(label)) for key, (label, stages) in ACTS.items() if relay.stage in stages)
