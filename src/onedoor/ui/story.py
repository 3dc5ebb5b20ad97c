"""办理经过: each fact of a case as one line, in the words of the design system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases.rules import events as e
from onedoor.cases.rules.automatic import CHECKED_BY
from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.events import hearing as h
from onedoor.cases.rules.events import overlooked as o
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.phases import OUTCOME_NAMES
from onedoor.cases.rules.telling import INNER
from onedoor.cases.rules.values import PHOTOS, REQUEST_NAMES, AcceptedBy, Ending
from onedoor.documents.rules import chinese_date, chinese_moment, yuan
from onedoor.items import queries as items
from onedoor.kernel.clock import GROUND_NAMES
from onedoor.kernel.plan import StepKind
from onedoor.ui.parts import Moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.events import Fact as Told


def moments(page: CasePage, *, officers: bool) -> tuple[Moment, ...]:
    """办理经过. Officers' names are shown on official acts; what an officer merely opened is for officers. A step that
    the platform did by a rule, or that was done by paying, is one line, which says so.
    """
    told = []
    for fact in page.facts:
        if isinstance(fact.event, INNER) and not officers:
            continue
        if isinstance(fact.event, e.StepCompleted) and _told_already(fact.event, page):
            continue
        told.append(Moment(_sentence(fact.event, page), fact.at, note=getattr(fact.event, "officer", "")))
    return tuple(told)


def _told_already(event: e.StepCompleted, page: CasePage) -> bool:
    kinds = {step.key: step.kind for step in page.item.plan.steps}
    return event.officer == CHECKED_BY or kinds.get(event.step) is StepKind.PAYMENT


def moments_of(page: CasePage, wanted: Callable[[Told], bool], *, note: Callable[[Told], str]) -> tuple[Moment, ...]:
    """Those lines of 办理经过 that are wanted, each with a note of one's own."""
    return tuple(Moment(_sentence(fact.event, page), fact.at, note=note(fact)) for fact in page.facts if wanted(fact))


def worded(kind: type[e.Event]) -> bool:
    """Whether there are words for events of this kind."""
    return kind in _WORDED or kind in _SENTENCES


def _sentence(event: e.Event, page: CasePage) -> str:
    own = _WORDED.get(type(event))
    return own(event, page) if own else str(_SENTENCES[type(event)])


def _accepted_sentence(event: e.Accepted, _page: CasePage) -> str:
    if event.how is AcceptedBy.RULE:
        return _("按公开的规则自动受理")
    if event.how.deemed:
        return _("视为受理：逾期未答复，自%(date)s起算") % {"date": chinese_date(event.effective)}
    return str(_SENTENCES[e.Accepted])


def _moved_sentence(event: e.DatesMoved, _page: CasePage) -> str:
    if event.after is None:
        return str(_SENTENCES[e.DatesMoved])
    return _("放假安排公布或者调整，期限重新计算到%(date)s") % {"date": chinese_date(event.after)}


def _refused_sentence(event: e.AcceptanceRefused, _page: CasePage) -> str:
    return OUTCOME_NAMES[event.outcome]


def _special_sentence(event: e.SpecialProcedureStarted, _page: CasePage) -> str:
    return _("进入特别程序：%(ground)s") % {"ground": GROUND_NAMES[event.ground]}


def _joint_sentence(event: e.MemberSpoke | e.VisitManned | e.VisitLeft | e.VisitSigned, page: CasePage) -> str:
    """What the organ of one member did on the whole."""
    if isinstance(event, e.MemberSpoke):
        said = _("材料意见：还缺") if event.materials else _("材料意见：齐全")
    else:
        said = str(_ON_A_VISIT[type(event)])
    return _("%(name)s：%(said)s") % {"name": _step_name(event.member, page), "said": said}


def _called_sentence(event: e.VisitCalled, _page: CasePage) -> str:
    when = {"when": chinese_moment(event.meets), "count": len(event.members)}
    return _("约定%(when)s 联合踏勘，%(count)s 项一起去") % when


def _member_sentence(event: e.MemberOpened | e.MemberClosed | e.MembersCancelled, page: CasePage) -> str:
    if isinstance(event, e.MembersCancelled):
        names = "、".join(_step_name(key, page) for key in event.members)
        told = {"refused": _step_name(event.because, page), "names": names}
        return _("%(refused)s没有批准，%(names)s不再开始") % told
    name = _step_name(event.member, page)
    if isinstance(event, e.MemberOpened):
        return _("%(name)s开始办理") % {"name": name}
    return f"{name}：{OUTCOME_NAMES[event.outcome]}"


def _convened_sentence(event: e.HearingConvened, _page: CasePage) -> str:
    flag = _("（受理的人主持，一人兼任，已标记）") if event.merged_duties else ""
    return _("通知听证的时间、地点%(flag)s") % {"flag": flag}


def _inner_sentence(event: e.MaterialOpened | e.HandedOver, page: CasePage) -> str:
    """What only officers read."""
    if isinstance(event, e.MaterialOpened):
        return _("打开材料：%(name)s") % {"name": _material(event.material, page)}
    return _("移交给%(name)s：%(reason)s") % {"name": event.to_name, "reason": event.reason or _("（理由已删除）")}


def _material(key: str, page: CasePage) -> str:
    if key.startswith(PHOTOS):
        return _("现场照片")
    return next((material.name for material in page.item.materials if material.key == key), key)


def _step_name(key: str, page: CasePage) -> str:
    """A step by its name in the version of the case, or in one that it came from."""
    earlier = (items.version(f.event.from_version) for f in page.facts if isinstance(f.event, e.CaseMoved))
    steps = (step for item in (page.item, *earlier) for step in item.plan.steps)
    return next((step.name for step in steps if step.key == key), key)


def _overlooked_sentence(event: o.OverlookedAsked, page: CasePage) -> str:
    names = "、".join(_material(key, page) for key in event.materials)
    return _("追加请求：%(names)s。是我们漏看的，可以补，也可以不补；办理期限照算") % {"names": names}


def _cancelled_sentence(event: e.StepsCancelled, page: CasePage) -> str:
    names = "、".join(_step_name(key, page) for key in event.steps)
    return _("%(refused)s不符合，%(names)s不再办理") % {"refused": _step_name(event.because, page), "names": names}


def _step_sentence(event: e.StepCompleted | e.StepSentBack | e.Decided, page: CasePage) -> str:
    name = _step_name(event.step, page)
    if isinstance(event, e.StepSentBack):
        return _("退回重办：%(name)s") % {"name": name}
    flag = _("（一人兼任，已标记）") if event.merged_duties else ""
    if isinstance(event, e.Decided) and event.deemed:
        return _("有效期届满前没有作出决定，视为准予延续")
    if isinstance(event, e.Decided):
        return _("作出决定：%(outcome)s%(flag)s") % {"outcome": OUTCOME_NAMES[event.outcome], "flag": flag}
    return f"{name}：{_('通过') if event.verdict == 'passed' else _('不符合')}{flag}"


def _checked_sentence(event: e.RegisterChecked, page: CasePage) -> str:
    """自动核验: what came of it; what the registers said is for officers alone."""
    told = {"name": _step_name(event.step, page), "rule": event.rule.rstrip("。")}
    if event.met:
        return _("%(name)s：系统自动核验，符合公开的规则“%(rule)s”") % told
    return _("%(name)s：系统不能自动确认，转人工核对") % told


def _payment_sentence(event: e.PaymentAsked | e.PaymentExempted | e.PaymentReceived, _page: CasePage) -> str:
    if isinstance(event, e.PaymentExempted):
        return _("免缴：%(basis)s") % {"basis": event.basis}
    amount = yuan(event.cents)
    if isinstance(event, e.PaymentReceived):
        return _("已缴费 %(amount)s，票据号 %(receipt)s") % {"amount": amount, "receipt": event.receipt}
    return _("通知缴费 %(amount)s，最迟%(until)s缴") % {"amount": amount, "until": chinese_date(event.until)}


def _relief_sentence(event: e.ReliefDecided, _page: CasePage) -> str:
    return _("批准减免费用") if event.granted else _("没有批准减免费用")


def _request_sentence(event: n.HolderRequested | n.HolderRequestRefused, _page: CasePage) -> str:
    what = {"what": REQUEST_NAMES[event.what]}
    return _("持证人申请%(what)s") % what if isinstance(event, n.HolderRequested) else _("不予%(what)s") % what


def _upward_sentence(event: e.ReportedUpward | u.UpperReturned | u.UpperToldOfWithdrawal, _page: CasePage) -> str:
    return str(_UPWARD[type(event)]) % {"organ": event.organ}


def _above_sentence(event: e.UpperDecided | u.UpperDecidedAfterWithdrawal, _page: CasePage) -> str:
    told = {"organ": event.organ, "outcome": OUTCOME_NAMES[event.outcome], "number": event.number}
    if isinstance(event, e.UpperDecided):
        return _("%(organ)s作出决定：%(outcome)s（%(number)s）") % told
    return _("撤回以后收到%(organ)s的决定：%(outcome)s（%(number)s），只存档，不照它办") % told


def _ended_sentence(event: n.ResultEnded, _page: CasePage) -> str:
    return _("撤销准予的决定") if event.ending is Ending.REVOKED else _("注销")


_UPWARD: dict[type[e.Event], StrOrPromise] = {
    e.ReportedUpward: gettext_lazy("初审完毕，连同全部材料报%(organ)s决定"),
    u.UpperReturned: gettext_lazy("%(organ)s退回补充审查，申请人不用再交材料"),
    u.UpperToldOfWithdrawal: gettext_lazy("已告知%(organ)s：申请人已经撤回"),
}

_ON_A_VISIT: dict[type[e.Event], StrOrPromise] = {
    e.VisitManned: gettext_lazy("报了联合踏勘人员"),
    e.VisitLeft: gettext_lazy("不参加联合踏勘，单独去"),
    e.VisitSigned: gettext_lazy("签了联合踏勘记录"),
}


_WORDED: dict[type[e.Event], Callable[[Any, CasePage], str]] = {
    e.Accepted: _accepted_sentence,
    e.AcceptanceRefused: _refused_sentence,
    e.DatesMoved: _moved_sentence,
    e.SpecialProcedureStarted: _special_sentence,
    e.RegisterChecked: _checked_sentence,
    **dict.fromkeys((e.StepCompleted, e.StepSentBack, e.Decided), _step_sentence),
    **dict.fromkeys((e.PaymentAsked, e.PaymentExempted, e.PaymentReceived), _payment_sentence),
    e.ReliefDecided: _relief_sentence,
    e.StepsCancelled: _cancelled_sentence,
    **dict.fromkeys((e.MemberSpoke, e.VisitManned, e.VisitLeft, e.VisitSigned), _joint_sentence),
    e.VisitCalled: _called_sentence,
    e.HearingConvened: _convened_sentence,
    o.OverlookedAsked: _overlooked_sentence,
    **dict.fromkeys((e.MemberOpened, e.MemberClosed, e.MembersCancelled), _member_sentence),
    **dict.fromkeys((e.MaterialOpened, e.HandedOver), _inner_sentence),
    n.ResultEnded: _ended_sentence,
    **dict.fromkeys((n.HolderRequested, n.HolderRequestRefused), _request_sentence),
    **dict.fromkeys(_UPWARD, _upward_sentence),
    **dict.fromkeys((e.UpperDecided, u.UpperDecidedAfterWithdrawal), _above_sentence),
}
"""The events whose line has words of its own."""

_SENTENCES: dict[type[e.Event], StrOrPromise] = {
    e.Submitted: gettext_lazy("提交申请"),
    e.Accepted: gettext_lazy("受理"),
    e.SupplementRequested: gettext_lazy("一次性告知补正"),
    e.SupplementReceived: gettext_lazy("收到补正材料"),
    e.SpecialProcedureEnded: gettext_lazy("特别程序结束"),
    e.OpinionFellSilent: gettext_lazy("征求的意见到期没有答复"),
    e.LateOpinionGiven: gettext_lazy("补来征求的意见"),
    e.LateOpinionAnswered: gettext_lazy("对补来的意见作出答复"),
    e.Extended: gettext_lazy("批准延长期限"),
    e.PaymentLeftToOfficer: gettext_lazy("费用按标准计算，由工作人员核定"),
    e.PaymentLapsed: gettext_lazy("缴费期限已满，没有缴费"),
    e.ReliefProposed: gettext_lazy("提出减免费用"),
    e.PublicityStarted: gettext_lazy("开始公示"),
    e.ObjectionRecorded: gettext_lazy("公示期间收到异议"),
    e.ObjectionAnswered: gettext_lazy("对公示期间的异议作出答复"),
    h.InterestedNamed: gettext_lazy("列明利害关系人"),
    h.StatementMade: gettext_lazy("收到陈述意见"),
    e.HearingRightTold: gettext_lazy("告知听证权利"),
    h.HearingAsked: gettext_lazy("要求听证"),
    h.HearingWaived: gettext_lazy("放弃听证"),
    e.HearingAnnounced: gettext_lazy("公告举行听证"),
    e.HearingRecorded: gettext_lazy("听证笔录签字"),
    p.MaterialsTolerated: gettext_lazy("容缺受理：承诺的材料以后补交"),
    p.OwedReceived: gettext_lazy("收到补交的材料"),
    o.OverlookedDeclined: gettext_lazy("申请人答复：不补追加请求的材料"),
    p.ToleranceLapsed: gettext_lazy("承诺后补的材料没有按时交来"),
    n.PromiseChecked: gettext_lazy("核查告知承诺"),
    n.RectificationOrdered: gettext_lazy("责令限期整改"),
    n.LicenceReissued: gettext_lazy("补发证照，原来的作废"),
    n.HolderRequestTakenBack: gettext_lazy("持证人撤回补发、注销的申请"),
    p.PledgeVerified: gettext_lazy("核查代替证明的承诺"),
    e.Closed: gettext_lazy("办结"),
    e.Delivered: gettext_lazy("送达"),
    e.Withdrawn: gettext_lazy("申请人撤回"),
    e.AgencyEnded: gettext_lazy("代办结束，由申请人本人接着办"),
    e.Rated: gettext_lazy("申请人评价"),
    e.DatesMoved: gettext_lazy("放假安排公布或者调整，期限重新计算"),
    e.JointClosed: gettext_lazy("一件事办结"),
    e.VisitRecorded: gettext_lazy("联合踏勘完成，记录已齐"),
    e.JointDelivered: gettext_lazy("统一出件"),
    e.CaseMoved: gettext_lazy("办理环节按新公布的清单调整，已办的环节有效"),
    e.CaseMovedBack: gettext_lazy("撤回调整，仍按原来的环节办理"),
    e.CaseKept: gettext_lazy("决定留在原版本办理"),
}
