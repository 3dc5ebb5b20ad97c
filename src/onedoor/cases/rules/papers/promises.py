"""承诺书 and 容缺受理通知书: what was promised, by when, and what follows where it is not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.writing import Matter, head_of
from onedoor.cases.rules.values import Pledge
from onedoor.documents import rules as documents
from onedoor.kernel.actor import Channel
from onedoor.kernel.law import law

NOT_KEPT = "没有按时交来的：不能批准，到办理期限由办理机关依法作出决定"


@law("行政许可法", 31)
def promise(matter: Matter, one: Issued) -> documents.Document:
    """承诺书: what the organ told, what the applicant promised, confirmed under the applicant's name."""
    event = one.fact.event
    if not isinstance(event, e.Submitted):
        raise TypeError(f"{event.kind} promises nothing")
    return documents.PromiseLetter(
        head=head_of(matter, one),
        told=tuple(_told(matter, event)),
        promises=tuple(_promises(matter, event)),
        consequences=tuple(_consequences(matter, event)),
        promised_by=matter.case.applicant_name or "（已删除）",
        confirmed=_confirmed(event, one.fact.channel),
        promised_at=one.fact.at,
    )


def _confirmed(event: e.Submitted, channel: str) -> str:
    if event.joint:
        return f"随一件事（{event.joint}）的申请一并确认"
    return "窗口提交，申请人在承诺书上签名" if channel == Channel.WINDOW else "登录本平台后实名电子确认"


def _told(matter: Matter, event: e.Submitted) -> Iterator[str]:
    """The conditions of the permit where the whole of it is promised; of a single material what it must show."""
    yield "承诺由申请人自愿作出。不愿意承诺的，可以按一般程序办理，效力一样。"
    if event.on_promise:
        yield from (f"{condition.text}（{condition.by_law}）" for condition in matter.item.conditions)
    for key in event.promised:
        material = matter.item.material(key)
        yield f"“{material.name}”的要求：{material.criteria or '符合法定形式'}依据：{material.by_law}。"


def _promises(matter: Matter, event: e.Submitted) -> Iterator[str]:
    item = matter.item
    for key, pledge in event.promised.items():
        material = item.material(key)
        if pledge is Pledge.LATER:
            yield f"“{material.name}”自受理之日起{material.tolerated_days}个工作日内交来。"
        else:
            yield f"“{material.name}”要证明的情况真实，符合要求，用本承诺代替这份证明。依据：{material.pledge}。"
    if event.on_promise:
        yield "符合上面告知的全部条件，决定以后保持符合；接受核查，不符合的在限期内整改。"
    yield "所填内容和提交的材料真实，愿意承担不实承诺的法律责任。"


def _consequences(matter: Matter, event: e.Submitted) -> Iterator[str]:
    rule, kinds = matter.item.tolerance, set(event.promised.values())
    if Pledge.LATER in kinds:
        yield "后补的材料交来以前，办理照常进行，办理期限照常计算，但是不能发证。"
        what = "等这份材料的那一项申请，其他各项照常办理" if matter.item.members else "申请"
        yield f"没有按时交来的：按{rule.lapse_basis}视为撤回{what}。" if rule.withdraws else f"{NOT_KEPT}。"
    promise = matter.item.promise
    if event.on_promise and promise.check and promise.rectify:
        yield f"作出决定以后{promise.check}内核查。与承诺不符的，责令在{promise.rectify}内整改。"
        yield "不改或者仍不符合的，撤销许可。"
    if Pledge.INSTEAD in kinds:
        yield "办理机关可以在决定以前或者以后核查。承诺不实的，不予批准；已经批准的，依法撤销。"


def tolerance(matter: Matter, one: Issued) -> documents.Document:
    """容缺受理通知书: each material with its last day, and that nothing is granted before it comes."""
    event, rule = one.fact.event, matter.item.tolerance
    if not isinstance(event, p.MaterialsTolerated):
        raise TypeError(f"{event.kind} tolerates nothing")
    return documents.ToleranceNotice(
        head=head_of(matter, one),
        accepted_on=matter.case.accepted or event.on,
        owed=tuple(
            documents.OwedLine(material=matter.item.material(key).name, due=day) for key, day in event.due.items()
        ),
        lapse=f"按{rule.lapse_basis}视为撤回申请" if rule.withdraws else NOT_KEPT,
        basis=(rule.basis or "本机关容缺受理的规定",),
    )


WRITERS: dict[Paper, Callable[[Matter, Issued], documents.Document]] = {
    Paper.PROMISE: promise,
    Paper.TOLERANCE: tolerance,
}
