"""Rules of procedure: clocks, powers and remedies."""

from __future__ import annotations

from collections.abc import Iterator

from onedoor.items.rules.codes import ItemKind, Level, Necessity, PowerSource, ProjectType, Scope
from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.promises import Lapse
from onedoor.items.rules.values import Item
from onedoor.kernel.clock import OWN_LAW_ALONE, Ground, Limit, ProfileKind
from onedoor.kernel.law import law
from onedoor.kernel.tree import Path

PROFILES = {
    ItemKind.PERMIT: {ProfileKind.PERMIT},
    ItemKind.CONFIRMATION: {ProfileKind.CONFIRMATION, ProfileKind.REGISTRATION},
    ItemKind.BENEFIT: {ProfileKind.BENEFIT},
    ItemKind.SERVICE: {ProfileKind.SERVICE, ProfileKind.REGISTRATION},
}
OTHERS = {ProfileKind.OTHER, ProfileKind.REGISTRATION, ProfileKind.SERVICE}
PERMIT_LAW = "行政许可法"
_PASSED_DOWN = {PowerSource.HANDED_DOWN, PowerSource.AUTHORISED_ABOVE, PowerSource.ENTRUSTED_ABOVE}
_LEVELS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "乡镇级", "6": "村级"}


@law("行政许可法", 32, 42, 50)
@rule(
    "clock.profile",
    "时限类型与事项类型一致",
    basis="行政许可法第三十二条、第四十二条、第五十条只适用于行政许可",
    remedy="按事项类型选择时限类型",
)
def profile(item: Item, lists: Lists) -> Iterator[Remark]:
    """The profile fits the item type; deemed renewal is for permits alone, deemed acceptance also for a registration
    whose own law has it (不动产登记暂行条例 §17(2)).
    """
    clock = item.clock
    if clock.kind not in PROFILES.get(item.kind, OTHERS):
        yield Remark(("clock", "kind"), f"时限类型 {clock.kind.value} 与事项类型 {item.kind.value} 不一致")
    if clock.kind is ProfileKind.PERMIT:
        if clock.acceptance is None:
            yield Remark(("clock", "acceptance"), "行政许可应当有五日受理期限（行政许可法第三十二条）")
        if clock.legal is None and not item.members:  # each member has its own
            yield Remark(("clock", "legal"), "行政许可应当有法定办结时限")
        return
    own_article = clock.kind is ProfileKind.REGISTRATION and clock.acceptance and clock.acceptance.article
    if (clock.silence_accepts or clock.supplement_silence_accepts) and not own_article:
        yield Remark(("clock", "silence_accepts"), "逾期不告知视为受理只适用于行政许可和法律另有规定的登记，请删去")
    if clock.renewal is not None:
        yield Remark(("clock", "renewal"), "视为准予延续只适用于行政许可，请删去")


@rule(
    "clock.own_law",
    "不是行政许可的，期限不引用行政许可法",
    basis="行政许可法的期限只适用于行政许可",
    remedy="引用本事项自己的法律，或者写承诺",
)
def own_law(item: Item, lists: Lists) -> Iterator[Remark]:
    """Other items take their limits from their own law or the promise, never from 行政许可法."""
    clock = item.clock
    if item.kind is ItemKind.PERMIT:
        return
    for path, limit in _limits(item):
        if limit.article and limit.article.law.endswith(PERMIT_LAW):
            yield Remark((*path, "article"), "本事项不是行政许可，期限不能引用行政许可法，请引用本事项的法律或者承诺")
    if clock.extension and clock.extension.article.law.endswith(PERMIT_LAW):
        yield Remark(("clock", "extension", "article"), "本事项不是行政许可，延期不能引用行政许可法")


@rule(
    "clock.basis",
    "每个期限有数字、单位、起算点和依据",
    basis="每个期限应当有数字、单位、起算点和依据",
    remedy="补上依据（article 或者 note）和大于 0 的数字",
)
def limit_basis(item: Item, lists: Lists) -> Iterator[Remark]:
    """Every limit says on what it rests."""
    for path, limit in _limits(item):
        promised = path[-1] in ("promised", "limit")
        if not limit.basis:
            yield Remark(path, "期限没有依据：请写 article（法条）或者 note（承诺等）")
        if limit.number < 0 or (limit.number == 0 and not promised):
            yield Remark((*path, "number"), "期限应当大于 0；只有承诺时限可以是 0（当场办结）")
    if item.clock.legal and item.clock.legal.article is None:
        yield Remark(("clock", "legal", "article"), "法定时限应当引用法条")


def _limits(item: Item) -> Iterator[tuple[Path, Limit]]:
    """All limits of an item's clocks with their places."""
    clock = item.clock
    named = (
        ("acceptance", clock.acceptance), ("legal", clock.legal), ("promised", clock.promised),
        ("delivery", clock.delivery),
    )  # fmt: skip
    yield from ((("clock", key), limit) for key, limit in named if limit)
    yield from ((("shorter_limits", index, "limit"), row.limit) for index, row in enumerate(item.shorter_limits))


@law("行政许可法", 42)
@rule(
    "clock.extension",
    "延长的期限和它延长的期限用一个单位",
    basis="延长期限的天数加在法定时限和承诺时限上，按那个时限的单位计算",
    remedy="把 extension 的 unit 改成法定时限的单位，承诺时限也用这个单位",
)
def extension_unit(item: Item, lists: Lists) -> Iterator[Remark]:
    """Ten working days more on a limit of months would be ten months."""
    clock = item.clock
    extended = [limit for limit in (clock.legal, clock.promised) if limit]
    if clock.extension and any(limit.unit is not clock.extension.unit for limit in extended):
        yield Remark(("clock", "extension", "unit"), "延长期限的单位和法定时限、承诺时限的单位不一样")


@law("行政许可法", 45)
@rule(
    "clock.grounds",
    "只有法律规定的特别程序停止计时",
    basis="行政许可法第四十五条",
    remedy="删去 ground，把这段时间计入期限",
)
def grounds(item: Item, lists: Lists) -> Iterator[Remark]:
    """Only what the law names stops a clock; 现场踏勘, 公示, 集体讨论, 缴费 do not, 征求意见 by the item's own law."""
    for index, procedure in enumerate(item.special_procedures):
        path = ("special_procedures", index, "ground")
        if procedure.ground is None:
            continue
        own = procedure.ground is Ground.CONSULTATION and item.clock.ground(procedure.ground)
        if not own and any(word in procedure.name for word in lists.no_pause):
            yield Remark(path, f"“{procedure.name}”不停止计时，请删去 ground")
        elif item.clock.ground(procedure.ground) is None:
            yield Remark(path, "停止计时的特别程序应当列入 clock.grounds 并写明法条")
    for index, allowed in enumerate(item.clock.grounds):
        permit_law = allowed.article.law.endswith(PERMIT_LAW)
        if permit_law and (allowed.ground in OWN_LAW_ALONE or item.kind is not ItemKind.PERMIT):
            yield Remark(
                ("clock", "grounds", index, "article"), "行政许可法没有规定这种停止计时的情形，请引用本事项的法律"
            )


@rule(
    "duties.basis",
    "要求承办与审核分离的写明依据",
    basis="优化营商环境条例第四十条",
    remedy="写明规定承办与审核分离的法律、规章或者本机关制度，或者改为否",
)
def duties(item: Item, lists: Lists) -> Iterator[Remark]:
    """Whoever an item keeps from reviewing is told by which rule."""
    if item.separate_duties and not item.separate_duties_basis:
        yield Remark(("separate_duties_basis",), "要求承办与审核分离，没有写明依据")


@rule(
    "power.level",
    "权力层级、来源和区划代码一致",
    basis="村（社区）不是行政权力的实施主体；乡镇须有法定、赋权或者委托依据",
    remedy="核对行使层级、权力来源、委托部门和区划代码",
)
def power_level(item: Item, lists: Lists) -> Iterator[Remark]:
    """A village implements only public services; entrusted power names who entrusts."""
    if item.level is Level.VILLAGE and item.kind is not ItemKind.SERVICE:
        yield Remark(("level",), "村（社区）不能实施行政权力事项，只能是公共服务、代办或者受理点")
    entrusted = item.power_source in (PowerSource.ENTRUSTED_ABOVE, PowerSource.ENTRUSTED_PEER)
    if entrusted and not item.entrusted_by:
        yield Remark(("entrusted_by",), "权力来源是委托的，应当写明委托部门")
    if item.level is Level.COUNTY and not item.area.endswith("000000"):
        yield Remark(("area",), "县级事项的区划代码应当以六个 0 结尾")
    if item.level is Level.TOWNSHIP and (not item.area.endswith("000") or item.area.endswith("000000")):
        yield Remark(("area",), "乡镇级事项的区划代码应当是乡镇的 12 位代码")
    if item.level is Level.TOWNSHIP and item.scope in (Scope.NATION, Scope.PROVINCE):
        yield Remark(("scope",), "乡镇级事项的通办范围一般不超过全县，请核对", Severity.WARNING)


@law("行政许可法", 22, 24)
@rule(
    "power.lawful_level",
    "本级法定行使的权力不低于法定层级",
    basis="行政许可法第二十二条至第二十四条",
    remedy="改由有权的一级实施；确有下放、授权或者委托的，改权力来源并写明依据",
)
def lawful_level(item: Item, lists: Lists) -> Iterator[Remark]:
    """Whose law gives the power to the county or above does not have it at the township, unless it was passed down."""
    if item.level is Level.GRADED or item.power_source in _PASSED_DOWN:
        return
    rows = [row for row in lists.powers if item.kind.value in row.kinds]
    named = [row for row in rows if row.law and any(row.law in basis.law for basis in item.basis)]
    fitting = named or [row for row in rows if not row.law]
    if fitting and all(item.level.value > row.lowest for row in fitting):
        message = (
            f"这项权力依法由{_LEVELS[fitting[0].lowest]}以上行使，不能由{_LEVELS[item.level.value]}作为法定权力行使"
        )
        yield Remark(("level",), message, basis=fitting[0].basis)


@law("行政复议法", 20)
@rule(
    "remedies.told",
    "告知行政复议和行政诉讼",
    basis="行政许可法第三十八条；行政复议法第二十条",
    remedy="写明两种渠道、期限、复议机关和法院",
)
def remedies(item: Item, lists: Lists) -> Iterator[Remark]:
    """复议 and 诉讼 with their periods and bodies."""
    told = item.remedies
    if not all(word in told.text for word in ("复议", "诉讼")):
        yield Remark(("remedies", "text"), "应当告知行政复议和行政诉讼两种渠道")
    if not any(word in told.text for word in ("六十日", "60日")):
        yield Remark(("remedies", "text"), "应当告知行政复议期限（六十日）", Severity.WARNING)
    if not told.review_organ or not told.court:
        yield Remark(("remedies",), "应当写明复议机关和人民法院")


@rule(
    "materials.tolerated",
    "容缺材料标注一致，补齐日期早于办结日期",
    basis="容缺受理：承诺补齐的日期应当在办结期限之前",
    remedy="改 necessity、tolerated 或者 tolerated_days",
)
def tolerated(item: Item, lists: Lists) -> Iterator[Remark]:
    """容缺 materials are marked so twice, and are due before the decision is."""
    for index, material in enumerate(item.materials):
        if material.tolerated != (material.necessity is Necessity.TOLERATED):
            yield Remark(("materials", index, "necessity"), '容缺后补的材料，necessity 写 "3" 并且 tolerated 写 true')
        if not material.tolerated:
            continue
        if item.project_type is ProjectType.ON_THE_SPOT:
            yield Remark(("materials", index, "tolerated"), "即办件没有容缺后补")
        elif not 0 < material.tolerated_days < item.clock.promised.number:
            yield Remark(("materials", index, "tolerated_days"), "补齐期限应当大于 0 并且短于承诺时限")


@law(PERMIT_LAW, 69)
@rule(
    "promise.basis",
    "容缺、告知承诺、秒批各有依据和期限",
    basis="优化营商环境条例第十九条；行政许可法第六十九条",
    remedy="写明依据；逾期视为撤回、发证后核查、限期整改都要有规定",
)
def promised(item: Item, lists: Lists) -> Iterator[Remark]:
    """What a promise brings about rests on a rule; a permit on promise says when it is checked and put right."""
    if any(material.tolerated for material in item.materials) and not item.tolerance.basis:
        yield Remark(("tolerance", "basis"), "有容缺后补的材料，应当写明容缺受理的依据")
    if item.tolerance.lapse is Lapse.WITHDRAWN and not item.tolerance.lapse_basis:
        yield Remark(("tolerance", "lapse_basis"), "逾期视为撤回申请，应当有本地规定的依据")
    rule = item.instant
    if rule and not (rule.basis and rule.rule):
        yield Remark(("instant", "basis"), "秒批应当写明规则和依据")
    if item.promise.when is None:
        return
    for name, limit, told in (("check", item.promise.check, "核查"), ("rectify", item.promise.rectify, "限期整改")):
        if limit is None or not limit.basis or not limit.number:
            yield Remark(("promise", name), f"许可告知承诺应当写明{told}的期限和依据")
