"""办事指南 of one item: every element that 行政许可法 §30 and 国务院令第716号 demand, as parts of a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from onedoor.items.rules import ProjectType, Source
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.paper import OWN_FORM, paper_key
from onedoor.kernel.clock import Approver, StartEvent
from onedoor.kernel.expr import describe, facts, holds
from onedoor.kernel.expr.nodes import All, AnyOf, Not
from onedoor.portal.find import labels
from onedoor.portal.find.papers import Paper, papers, result_sample
from onedoor.ui.parts import ClockBox, Fact, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from onedoor.items.rules import ItemVersion, Material, Situation
    from onedoor.kernel.clock import Limit, Renewal
    from onedoor.kernel.expr import Expr

Code = TypeVar("Code", bound=StrEnum)
APPROVERS = {Approver.ORGAN_HEAD: "本机关负责人批准", Approver.GOVERNMENT_LEADER: "本级人民政府负责人批准"}


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
class Guide:
    """The parts of the page."""

    item: ItemVersion
    tags: tuple[Tag, ...]
    clock: ClockBox
    basics: tuple[Fact, ...]
    materials: tuple[MaterialRow, ...]
    left_out: int
    situations: tuple[SituationChoice, ...]
    limits: tuple[Fact, ...]
    services: tuple[Fact, ...]
    result: tuple[Fact, ...]
    own_form: Paper | None
    result_sample: str


def guide_of(item: ItemVersion, chosen: Mapping[str, str]) -> Guide:
    """The guide. ``chosen``: answers to the item's situations; materials that they rule out are counted, not shown."""
    answers = {s.key: chosen[s.key] for s in item.situations if _is_option(s, chosen.get(s.key, ""))}
    needed = [m for m in item.materials if may_be_needed(m.when, answers)]
    words, offered = labels_of(item), papers(item)
    return Guide(
        item=item,
        tags=tuple(_tags(item)),
        clock=clock_of(item),
        basics=tuple(_basics(item)),
        materials=tuple(_material(m, words, answers, offered=offered) for m in needed),
        left_out=len(item.materials) - len(needed),
        situations=tuple(
            SituationChoice(s, answers.get(s.key, ""))
            for s in item.situations
            if s.when is None or _surely(s.when, answers)
        ),
        limits=tuple(_limits(item)),
        services=tuple(_services(item)),
        result=tuple(_result(item)),
        own_form=offered.get(OWN_FORM),
        result_sample=result_sample(item),
    )


def may_be_needed(when: Expr | None, answers: Mapping[str, str]) -> bool:
    """Whether a condition holds or might still hold: a fact that is not known yet rules nothing out."""
    return when is None or _might(when, answers)


def _might(expr: Expr, answers: Mapping[str, str]) -> bool:
    match expr:
        case All(parts):
            return all(_might(part, answers) for part in parts)
        case AnyOf(parts):
            return any(_might(part, answers) for part in parts)
        case Not(part):
            return not _surely(part, answers)
    return bool(facts(expr) - answers.keys()) or holds(expr, answers)


def _surely(expr: Expr, answers: Mapping[str, str]) -> bool:
    match expr:
        case All(parts):
            return all(_surely(part, answers) for part in parts)
        case AnyOf(parts):
            return any(_surely(part, answers) for part in parts)
        case Not(part):
            return not _might(part, answers)
    return not facts(expr) - answers.keys() and holds(expr, answers)


def _is_option(situation: Situation, value: str) -> bool:
    return any(option.value == value for option in situation.options)


def _tags(item: ItemVersion) -> Iterator[Tag]:
    yield Tag(labels.KINDS[item.kind], Tone.TODO)
    if item.project_type is ProjectType.ON_THE_SPOT:
        yield Tag("当场办结", Tone.GO)
    if item.online:
        yield Tag("可全程网办" if item.visits == 0 else "可网上申请", Tone.GO)
    if item.visits == 0:
        yield Tag("不用跑现场", Tone.GO)
    if not item.fees:
        yield Tag("不收费", Tone.GO)


def clock_of(item: ItemVersion) -> ClockBox:
    """How long it takes, large, with the law's own limit and the article behind it."""
    clock = item.clock
    lines = [labels.STARTS[clock.promised.start] + "。"]
    if clock.legal and str(clock.legal) != str(clock.promised):
        lines.append(f"法定 {_spaced(clock.legal)}，本机关承诺 {_spaced(clock.promised)}。")
    on_the_spot = item.project_type is ProjectType.ON_THE_SPOT
    basis = [f"依据{clock.legal.basis}" if clock.legal.article else clock.legal.basis] if clock.legal else []
    return ClockBox("承诺办结", "当场办结" if on_the_spot else _spaced(clock.promised), lines, [b for b in basis if b])


def _renewal(renewal: Renewal) -> str:
    last, first = _spaced(renewal.window), renewal.earliest
    when = f"有效期届满前 {_spaced(first)}至 {last}之间提出" if first else f"有效期届满 {last}前提出"
    return f"{when}\n依据：{renewal.window.basis}"


def _spaced(limit: Limit) -> str:
    return str(limit).replace(str(limit.number), f"{limit.number} ", 1)


def _basics(item: ItemVersion) -> Iterator[Fact]:
    yield Fact("办理机关", item.organ_name + (f"（受{item.entrusted_by}委托）" if item.entrusted_by else ""))
    yield Fact("机关性质", labels.ORGAN_KINDS[item.organ_kind])
    yield Fact("事项类型", labels.KINDS[item.kind])
    yield Fact("服务对象", _words(labels.AUDIENCES, item.audiences))
    yield Fact("办件类型", labels.PROJECT_TYPES[item.project_type])
    yield Fact("行使层级", labels.LEVELS[item.level])
    yield Fact("权力来源", labels.POWER_SOURCES[item.power_source])
    if item.cooperating:
        yield Fact("联办机构", "、".join(item.cooperating))
    yield Fact("业务办理项编码", item.code)


def _services(item: ItemVersion) -> Iterator[Fact]:
    yield Fact("办理形式", _words(labels.HANDLE_FORMS, item.handle_forms))
    if item.online_depth:
        yield Fact("网上可办到", _words(labels.DEPTHS, item.online_depth))
    yield Fact("到现场次数", f"{item.visits} 次" + (f"：{item.visit_reason}" if item.visit_reason else ""))
    yield Fact("通办范围", labels.SCOPES[item.scope])
    offers = (
        ("进驻政务大厅", item.in_hall), ("一窗受理", item.one_window), ("可预约", item.appointment),
        ("可快递收发", item.courier), ("自助终端可办", item.terminal), ("可代办", item.agent),
        ("有老年人专门服务", item.elderly_friendly), ("可网上支付", item.online_payment),
    )  # fmt: skip
    yield Fact("可用服务", "、".join(name for name, offered in offers if offered) or "窗口办理")


def _words(table: Mapping[Code, str], values: Iterable[Code]) -> str:
    return "、".join(table[value] for value in values)


def _material(
    material: Material, words: Mapping[str, str], answers: Mapping[str, str], *, offered: Mapping[str, Paper]
) -> MaterialRow:
    undecided = material.when is not None and not _surely(material.when, answers)
    tolerated = f"可容缺后补，{material.tolerated_days} 个工作日内补齐" if material.tolerated else ""
    return MaterialRow(
        name=material.name,
        source=Tag(labels.SOURCES[material.source], _source_tone(material)),
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
    return f"{material.issued_by}出具" if material.issued_by else ""


def _material_details(material: Material) -> Iterator[tuple[str, str]]:
    copies = [f"原件 {material.originals} 份"] if material.originals else []
    copies += [f"复印件 {material.copies} 份"] if material.copies else []
    yield "份数", "，".join(copies)
    yield "形式", "，".join(part for part in (labels.MATERIAL_FORMS[material.form], material.spec) if part)
    yield "审查要点", material.criteria
    yield "依据", str(material.by_law)
    yield "备注", material.notes


def _limits(item: ItemVersion) -> Iterator[Fact]:
    clock = item.clock
    if clock.acceptance:
        late = "；逾期不告知的，自收到申请材料之日起即为受理" if clock.silence_accepts else ""
        yield _limit("是否受理", clock.acceptance, late)
    if clock.legal:
        yield _limit("法定办结", clock.legal)
    yield _limit("承诺办结", clock.promised)
    if clock.extension:
        more = clock.extension
        unit = "个工作日" if more.unit.value == "workday" else "日"
        yield Fact("可延长", f"{more.number} {unit}，须经{APPROVERS[more.approver]}并告知理由\n依据：{more.article}")
    if clock.delivery:
        yield _limit("送达", clock.delivery)
    if clock.renewal:
        yield Fact("延续", _renewal(clock.renewal))
    if item.limit_notes:
        yield Fact("说明", item.limit_notes)


def _limit(name: str, limit: Limit, more: str = "") -> Fact:
    start = "" if limit.start is StartEvent.DECIDED else f"，{labels.STARTS[limit.start]}"
    basis = f"\n依据：{limit.basis}" if limit.basis else ""
    return Fact(name, f"{_spaced(limit)}{start}{more}{basis}")


def _result(item: ItemVersion) -> Iterator[Fact]:
    result = item.result
    yield Fact("结果名称", f"{result.name}（{labels.RESULT_KINDS[result.kind]}）" if result.name else "无")
    yield Fact("有效期", result.validity or (f"{result.months} 个月" if result.months else "长期"))
    pairs: Sequence[tuple[str, str]] = (
        ("有效地域", result.area), ("延续", result.renewal), ("年检年报", result.inspection),
        ("依据", str(result.by_law) if result.by_law else ""),
    )  # fmt: skip
    yield from (Fact(name, value) for name, value in pairs if value)
    yield Fact("怎样拿到", _words(labels.DELIVERIES, item.delivery))
