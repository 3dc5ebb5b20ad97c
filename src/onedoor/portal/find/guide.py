"""办事指南 of one item: every element that 行政许可法 §30 and 国务院令第716号 demand, as parts of a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases.rules.requesting import on_request
from onedoor.items.rules import ProjectType, Source
from onedoor.items.rules.codes import ResultKind
from onedoor.items.rules.facts import labels_of, may_apply, reduction_for, shorter_limit, surely_applies
from onedoor.items.rules.paper import OWN_FORM, paper_key
from onedoor.kernel.clock import Approver, StartEvent
from onedoor.kernel.expr import describe
from onedoor.kernel.plan import StepKind, schedule
from onedoor.portal.find import labels
from onedoor.portal.find.papers import Paper, papers, result_sample
from onedoor.portal.find.paying import paying
from onedoor.portal.find.ways import Way, ways
from onedoor.ui.parts import ClockBox, Fact, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from onedoor.items.rules import Fee, ItemVersion, Material, Reduction, Situation
    from onedoor.kernel.clock import Limit, Renewal
    from onedoor.kernel.plan import Step

Code = TypeVar("Code", bound=StrEnum)
APPROVERS = {
    Approver.ORGAN_HEAD: gettext_lazy("本机关负责人批准"),
    Approver.GOVERNMENT_LEADER: gettext_lazy("本级人民政府负责人批准"),
}


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One material as the guide shows it. ``condition``: asked only where this holds, in Chinese."""

    name: str
    source: Tag
    tolerated: str
    condition: str
    told: str
    origin: str
    details: tuple[Fact, ...]
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class SituationChoice:
    """One question that narrows the list of materials, with what was chosen."""

    situation: Situation
    chosen: str


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One fee; ``condition``: when it is due, where the situations told so far leave that open.

    ``reduction``: what these situations leave of it; ``reductions``: each that may still apply, with when.
    """

    fee: Fee
    condition: str
    reduction: Reduction | None = None
    reductions: tuple[tuple[str, Reduction], ...] = ()

    @property
    def waived(self) -> bool:
        """免收 in these situations."""
        return self.reduction is not None and self.reduction.cents == 0


Stage = tuple[Fact, ...]
"""Steps that begin at the same time: each with the situation that it is for, "" where it is always taken."""


@dataclass(frozen=True, slots=True)
class Guide:
    """The parts of the page. ``told``: the situation in words; ``query``: as it stands in the page's address;
    ``within``: how long all stages take together; ``paying``: when and how what is owed is paid.
    """

    item: ItemVersion
    tags: tuple[Tag, ...]
    clock: ClockBox
    basics: tuple[Fact, ...]
    materials: tuple[MaterialRow, ...]
    left_out: int
    situations: tuple[SituationChoice, ...]
    told: tuple[Fact, ...]
    query: str
    stages: tuple[Stage, ...]
    within: str
    limits: tuple[Fact, ...]
    fees: tuple[FeeRow, ...]
    paying: tuple[str, ...]
    services: tuple[Fact, ...]
    result: tuple[Fact, ...]
    own_form: Paper | None
    result_sample: str
    licensed: bool
    ways: tuple[Way, ...]


def guide_of(item: ItemVersion, chosen: Mapping[str, str]) -> Guide:
    """The guide. ``chosen``: answers to the item's situations; what they rule out is not shown."""
    answers = {s.key: chosen[s.key] for s in item.situations if _is_option(s, chosen.get(s.key, ""))}
    answers = _led_to(item, answers)
    needed = [m for m in item.materials if may_apply(m.when, answers)]
    words, offered, shorter = labels_of(item), papers(item), _sure_limit(item, answers)
    fees = tuple(_fee(fee, words, answers) for fee in item.fees if may_apply(fee.when, answers))
    return Guide(
        item=item,
        tags=tuple(_tags(item, answers)),
        clock=clock_of(item, shorter),
        basics=tuple(_basics(item)),
        materials=tuple(_material(m, words, answers, offered=offered) for m in needed),
        left_out=len(item.materials) - len(needed),
        situations=tuple(
            SituationChoice(s, answers.get(s.key, "")) for s in item.situations if surely_applies(s.when, answers)
        ),
        told=tuple(
            Fact(s.question.rstrip("？?"), words[f"{s.key}={answers[s.key]}"])
            for s in item.situations
            if s.key in answers
        ),
        query=urlencode(answers),
        stages=tuple(_stages(item, words, answers)),
        within=_within(shorter or item.clock.promised, on_the_spot=item.project_type is ProjectType.ON_THE_SPOT),
        limits=tuple(_limits(item, words, answers)),
        fees=fees,
        paying=() if all(row.waived for row in fees) else paying(item, answers),
        services=tuple(_services(item, answers)),
        result=tuple(_result(item)),
        own_form=offered.get(OWN_FORM),
        result_sample=result_sample(item),
        licensed=item.result.kind is ResultKind.LICENCE and on_request(item.kind),
        ways=ways(item, answers),
    )


def _led_to(item: ItemVersion, answers: Mapping[str, str]) -> dict[str, str]:
    """Without the answers to questions that the others do not lead to."""
    kept: dict[str, str] = {}
    for situation in item.situations:
        if situation.key in answers and surely_applies(situation.when, kept):
            kept[situation.key] = answers[situation.key]
    return kept


def _stages(item: ItemVersion, words: Mapping[str, str], answers: Mapping[str, str]) -> Iterator[Stage]:
    """What is done with an application in this situation. Inner limits are not told: they run beside one another, and
    whoever adds them up comes to more than the promise."""
    steps = tuple(step for step in item.plan.steps if may_apply(step.when, answers))
    spans = schedule(steps, dict.fromkeys((step.key for step in steps), 1))
    for start in sorted({span.start for span in spans.values()}):
        yield tuple(_step(step, words, answers) for step in steps if spans[step.key].start == start)


def _step(step: Step, words: Mapping[str, str], answers: Mapping[str, str]) -> Fact:
    undecided = step.when is not None and not surely_applies(step.when, answers)
    only = _("只在这种情形：%(when)s") % {"when": describe(step.when, words)} if step.when and undecided else ""
    return Fact(step.name, only)


def _is_option(situation: Situation, value: str) -> bool:
    return any(option.value == value for option in situation.options)


def _tags(item: ItemVersion, answers: Mapping[str, str]) -> Iterator[Tag]:
    yield Tag(str(labels.KINDS[item.kind]), Tone.TODO)
    if item.project_type is ProjectType.ON_THE_SPOT:
        yield Tag(_("当场办结"), Tone.GO)
    to_pay = _paid_in_person(item, answers)
    stays_home = item.visits == 0 and not to_pay
    if item.online:
        yield Tag(_("可全程网办") if stays_home else _("可网上申请"), Tone.GO)
    if stays_home:
        yield Tag(_("不用您跑"), Tone.GO)
    if to_pay:
        yield Tag(_("缴费要跑一趟"), Tone.WAIT)
    if seen := _seen_on_site(item, answers):
        sure = any(surely_applies(step.when, answers) for step in seen)
        yield Tag(_("我们去看现场") if sure else _("有的情形我们去看现场"), Tone.WAIT)
    if not item.fees:
        yield Tag(_("不收费"), Tone.GO)


def _paid_in_person(item: ItemVersion, answers: Mapping[str, str]) -> bool:
    """Whether the review asks for money that is paid at the window or the bank alone."""
    return bool(paying(item, answers)) and not item.online_payment


def _seen_on_site(item: ItemVersion, answers: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps for which officers come to the place: nobody goes to the hall for it, but somebody is there."""
    return tuple(s for s in item.plan.steps if s.kind is StepKind.SITE_VISIT and may_apply(s.when, answers))


def clock_of(item: ItemVersion, shorter: Limit | None = None) -> ClockBox:
    """How long it takes, large, with the law's own limit and the article behind it. ``shorter``: in this situation."""
    clock, promised = item.clock, shorter or item.clock.promised
    lines = [str(labels.STARTS[promised.start]) + "。"]
    if clock.legal and str(clock.legal) != str(promised):
        lines.append(
            _("法定 %(legal)s，本机关承诺 %(promised)s。")
            % {"legal": labels.spaced(clock.legal), "promised": labels.spaced(clock.promised)}
        )
    if shorter:
        lines.append(_("您的情形承诺 %(shorter)s。") % {"shorter": _lasts(shorter)})
    on_the_spot = item.project_type is ProjectType.ON_THE_SPOT
    headline = _("当场办结") if on_the_spot else _lasts(promised)
    return ClockBox(_("承诺办结"), headline, lines, tuple(_basis(clock.legal)))


def _sure_limit(item: ItemVersion, answers: Mapping[str, str]) -> Limit | None:
    """The shorter promise that holds whatever is still to be told."""
    sure = tuple(one for one in item.shorter_limits if surely_applies(one.when, answers))
    found = shorter_limit(replace(item, shorter_limits=sure), answers)
    return found.limit if found else None


def _lasts(limit: Limit) -> str:
    return labels.spaced(limit) if limit.number else _("当场办结")


def _within(limit: Limit, *, on_the_spot: bool) -> str:
    if on_the_spot or not limit.number:
        return _("这些都当场做完。")
    told = _("这些一共不超过 %(limit)s，%(start)s。") % {
        "limit": labels.spaced(limit),
        "start": labels.STARTS[limit.start],
    }
    return told + _("同时进行的一起办，时间不相加。")


def _basis(limit: Limit | None) -> Iterator[str]:
    if limit and limit.basis:
        yield _("依据%(basis)s") % {"basis": limit.basis} if limit.article else limit.basis


def _renewal(renewal: Renewal) -> str:
    last, first = labels.spaced(renewal.window), renewal.earliest
    when = (
        _("有效期届满前 %(first)s至 %(last)s之间提出") % {"first": labels.spaced(first), "last": last}
        if first
        else _("有效期届满 %(last)s前提出") % {"last": last}
    )
    return _("%(when)s\n依据：%(basis)s") % {"when": when, "basis": renewal.window.basis}


def _basics(item: ItemVersion) -> Iterator[Fact]:
    yield Fact(
        _("办理机关"),
        item.organ_name
        + (_("（受%(entrusted_by)s委托）") % {"entrusted_by": item.entrusted_by} if item.entrusted_by else ""),
    )
    yield Fact(_("机关性质"), str(labels.ORGAN_KINDS[item.organ_kind]))
    yield Fact(_("事项类型"), str(labels.KINDS[item.kind]))
    yield Fact(_("服务对象"), _words(labels.AUDIENCES, item.audiences))
    yield Fact(_("办件类型"), str(labels.PROJECT_TYPES[item.project_type]))
    yield Fact(_("行使层级"), str(labels.LEVELS[item.level]))
    yield Fact(_("权力来源"), str(labels.POWER_SOURCES[item.power_source]))
    if item.cooperating:
        yield Fact(_("联办机构"), "、".join(item.cooperating))
    yield Fact(_("业务办理项编码"), item.code)


def _services(item: ItemVersion, answers: Mapping[str, str]) -> Iterator[Fact]:
    yield Fact(_("办理形式"), _words(labels.HANDLE_FORMS, item.handle_forms))
    if item.online_depth:
        yield Fact(_("网上可办到"), _words(labels.DEPTHS, item.online_depth))
    yield Fact(_("您要跑几次"), "\n".join(_visits(item, answers)))
    yield Fact(_("通办范围"), str(labels.SCOPES[item.scope]))
    offers = (
        (_("进驻政务大厅"), item.in_hall), (_("一窗受理"), item.one_window), (_("可预约"), item.appointment),
        (_("可快递收发"), item.courier), (_("自助终端可办"), item.terminal), (_("可代办"), item.agent),
        (_("有老年人专门服务"), item.elderly_friendly), (_("可网上支付"), item.online_payment),
    )  # fmt: skip
    yield Fact(_("可用服务"), "、".join(name for name, offered in offers if offered) or _("窗口办理"))


def _visits(item: ItemVersion, answers: Mapping[str, str]) -> Iterator[str]:
    yield _("%(visits)s 次") % {"visits": item.visits} + (f"：{item.visit_reason}" if item.visit_reason else "")
    if _paid_in_person(item, answers):
        yield _("缴费另要跑一趟：到窗口，或者到银行。")
    for step in _seen_on_site(item, answers):
        told = _("%(step)s是我们去，请您或者您委托的人在场。") % {"step": step.name}
        yield told if surely_applies(step.when, answers) else _("有的情形要看现场：%(told)s") % {"told": told}


def _words(table: Mapping[Code, StrOrPromise], values: Iterable[Code]) -> str:
    return "、".join(str(table[value]) for value in values)


def _fee(fee: Fee, words: Mapping[str, str], answers: Mapping[str, str]) -> FeeRow:
    undecided = fee.when is not None and not surely_applies(fee.when, answers)
    sure = tuple(one for one in fee.reductions if surely_applies(one.when, answers))
    open_ = (one for one in fee.reductions if one not in sure and may_apply(one.when, answers))
    return FeeRow(
        fee,
        describe(fee.when, words) if fee.when and undecided else "",
        reduction_for(replace(fee, reductions=sure), answers),
        tuple((describe(one.when, words), one) for one in open_),
    )


def _material(
    material: Material, words: Mapping[str, str], answers: Mapping[str, str], *, offered: Mapping[str, Paper]
) -> MaterialRow:
    undecided = material.when is not None and not surely_applies(material.when, answers)
    tolerated = (
        _("可容缺后补，%(tolerated_days)s 个工作日内补齐") % {"tolerated_days": material.tolerated_days}
        if material.tolerated
        else ""
    )
    return MaterialRow(
        name=material.name,
        source=Tag(str(labels.SOURCES[material.source]), _source_tone(material)),
        tolerated=tolerated,
        condition=describe(material.when, words) if material.when is not None and undecided else "",
        told=material.instruction,
        origin="；".join(part for part in (material.source_detail, _issuer(material)) if part),
        details=tuple(Fact(name, value) for name, value in _material_details(material) if value),
        paper=offered.get(paper_key(material)),
    )


def _source_tone(material: Material) -> Tone:
    return {Source.APPLICANT: Tone.TODO, Source.OTHER: Tone.NONE}.get(material.source, Tone.GO)


def _issuer(material: Material) -> str:
    return _("%(issued_by)s出具") % {"issued_by": material.issued_by} if material.issued_by else ""


def _material_details(material: Material) -> Iterator[tuple[str, str]]:
    copies = [_("原件 %(originals)s 份") % {"originals": material.originals}] if material.originals else []
    copies += [_("复印件 %(copies)s 份") % {"copies": material.copies}] if material.copies else []
    yield _("份数"), "，".join(copies)
    yield _("形式"), "，".join(part for part in (str(labels.MATERIAL_FORMS[material.form]), material.spec) if part)
    yield _("审查要点"), material.criteria
    yield _("依据"), str(material.by_law)
    yield _("备注"), material.notes


def _limits(item: ItemVersion, words: Mapping[str, str], answers: Mapping[str, str]) -> Iterator[Fact]:
    clock = item.clock
    if clock.acceptance:
        late = _("；逾期不告知的，自收到申请材料之日起即为受理") if clock.silence_accepts else ""
        yield _limit(_("是否受理"), clock.acceptance, late)
    if clock.legal:
        yield _limit(_("法定办结"), clock.legal)
    yield _limit(_("承诺办结"), clock.promised)
    open_ = (one for one in item.shorter_limits if may_apply(one.when, answers))
    yield from (_limit(describe(one.when, words), one.limit) for one in open_)
    if clock.extension:
        more = clock.extension
        unit = _("个工作日") if more.unit.value == "workday" else _("日")
        yield Fact(
            _("可延长"),
            _("%(number)s %(unit)s，须经%(approver)s并告知理由\n依据：%(basis)s")
            % {"number": more.number, "unit": unit, "approver": APPROVERS[more.approver], "basis": more.article},
        )
    if clock.delivery:
        yield _limit(_("送达"), clock.delivery)
    if clock.renewal:
        yield Fact(_("延续"), _renewal(clock.renewal))
    if item.limit_notes:
        yield Fact(_("说明"), item.limit_notes)


def _limit(name: str, limit: Limit, more: str = "") -> Fact:
    start = "" if limit.start is StartEvent.DECIDED else f"，{labels.STARTS[limit.start]!s}"
    basis = _("\n依据：%(basis)s") % {"basis": limit.basis} if limit.basis else ""
    return Fact(name, f"{_lasts(limit)}{start if limit.number else ''}{more}{basis}")


def _result(item: ItemVersion) -> Iterator[Fact]:
    result = item.result
    yield Fact(_("结果名称"), f"{result.name}（{labels.RESULT_KINDS[result.kind]!s}）" if result.name else _("无"))
    yield Fact(
        _("有效期"),
        result.validity or (_("%(months)s 个月") % {"months": result.months} if result.months else _("长期")),
    )
    pairs: Sequence[tuple[str, str]] = (
        (_("有效地域"), result.area), (_("延续"), result.renewal), (_("年检年报"), result.inspection),
        (_("依据"), str(result.by_law) if result.by_law else ""),
    )  # fmt: skip
    yield from (Fact(name, value) for name, value in pairs if value)
    yield Fact(_("怎样拿到"), _words(labels.DELIVERIES, item.delivery))
