"""The eleven consistency rules of 事项库 checkers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onedoor.items.rules.codes import (
    Audience,
    HandleForm,
    ItemKind,
    MaterialKind,
    OnlineDepth,
    ProjectType,
    ResultKind,
    Source,
)
from onedoor.items.rules.lint.findings import Remark, Severity, Tables, rule
from onedoor.items.rules.values import Item
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.law import Article, law
from onedoor.kernel.tree import Path

_PHONE = re.compile(r"0\d{2,3}-\d{7,8}(-\d{1,6})?|12345")
_FULLY_ONLINE = {OnlineDepth.ACCEPTANCE, OnlineDepth.HANDLING, OnlineDepth.RESULT}
_ENDINGS = {
    "证": ResultKind.LICENCE,
    "证书": ResultKind.LICENCE,
    "文": ResultKind.DOCUMENT,
    "批复": ResultKind.DOCUMENT,
}
_IN_DAYS = {Unit.WORKDAY: 1.4, Unit.DAY: 1.0, Unit.MONTH: 30.0}


@rule("time.on_the_spot", "GB/T 39046-2020 A.6 办件类型")
def on_the_spot(item: Item, tables: Tables) -> Iterator[Remark]:
    """承诺时限为即办 ⇔ 即办件."""
    at_once = item.clock.promised.number == 0
    if at_once and item.project_type is not ProjectType.ON_THE_SPOT:
        yield Remark(("project_type",), '承诺时限是当场办结，办件类型应当是即办件（"1"）')
    if not at_once and item.project_type is ProjectType.ON_THE_SPOT:
        yield Remark(
            ("clock", "promised", "number"), '即办件的承诺时限应当是 0（当场办结），否则办件类型改为承诺件（"2"）'
        )


@law("行政许可法", 42)
@rule("time.promised_within_legal", "行政许可法第四十二条；承诺只能缩短法定时限")
def promised_within_legal(item: Item, tables: Tables) -> Iterator[Remark]:
    """承诺时限 ≤ 法定时限; in different units or from different starts the longer reading is asked for a look."""
    promised, legal = item.clock.promised, item.clock.legal
    if legal is None:
        return
    if promised.unit is legal.unit and promised.number > legal.number:
        yield Remark(("clock", "promised", "number"), f"承诺时限 {promised} 超过法定时限 {legal}，请改短")
    elif promised.unit is not legal.unit and _days(promised) > _days(legal):
        yield Remark(("clock", "promised"), f"承诺时限 {promised} 可能超过法定时限 {legal}，请改用相同的单位并改短")
    elif _later(promised.start, legal.start):
        yield Remark(("clock", "promised", "start"), "承诺时限的起算点晚于法定时限，请改为相同的起算点")


def _days(limit: Limit) -> float:
    return limit.number * _IN_DAYS[limit.unit]


def _later(promised: StartEvent, legal: StartEvent) -> bool:
    order = [StartEvent.RECEIVED, StartEvent.COMPLETE, StartEvent.ACCEPTED, StartEvent.DECIDED]
    return order.index(promised) > order.index(legal)


@rule("result.name", "事项库一致性规则：结果名称与结果类型")
def result_name(item: Item, tables: Tables) -> Iterator[Remark]:
    """…证 → 证照, …文/批复 → 批文; a result has a sample."""
    result = item.result
    if result.kind is ResultKind.NONE:
        return
    ending = next((kind for end, kind in _ENDINGS.items() if result.name.endswith(end)), None)
    if ending and ending is not result.kind:
        yield Remark(("result", "kind"), f"结果名称「{result.name}」的结果类型应当是 {ending.value}")
    if not result.sample:
        yield Remark(("result", "sample"), "有审批结果的应当附结果样本")


@rule("visits.reason", "事项库一致性规则：到办事现场次数")
def visits(item: Item, tables: Tables) -> Iterator[Remark]:
    """到现场次数 against reason, online depth and courier."""
    if item.visits < 0 or item.visits > 9:
        yield Remark(("visits",), "到办事现场次数应当是 0 到 9")
    if item.visits and not item.visit_reason:
        yield Remark(("visit_reason",), "到办事现场次数不是 0 的，应当写明必须现场办理的原因")
    if not item.visits and item.visit_reason:
        yield Remark(("visit_reason",), "到办事现场次数是 0 的，不填必须现场办理的原因，请删去")
    if not item.visits and not item.online and HandleForm.COURIER not in item.handle_forms:
        yield Remark(("handle_forms",), '一次不跑又不支持网办的，办理形式应当包括快递申请（"4"）')
    if item.visits and set(item.online_depth) >= _FULLY_ONLINE:
        yield Remark(("visits",), "全程网办（深度含受理、办理、结果反馈）的，到办事现场次数应当是 0")
    if not item.online and item.online_depth:
        yield Remark(("online_depth",), "不支持网办的，不填网上办理深度")


@law("行政许可法", 58, 59)
@rule("fees.complete", "行政许可法第五十八条、第五十九条")
def fees(item: Item, tables: Tables) -> Iterator[Remark]:
    """收费 → basis, project, standard; 不收费 → no online payment; a permit's fee needs law or 行政法规."""
    for index, fee in enumerate(item.fees):
        for key in ("name", "standard", "basis"):
            if not getattr(fee, key):
                yield Remark(("fees", index, key), "收费的，应当写明收费项目、收费标准和收费依据")
        if fee.reducible and not fee.reduction_basis:
            yield Remark(("fees", index, "reduction_basis"), "允许减免的，应当写明减免依据")
        if item.kind is ItemKind.PERMIT and any(word in fee.basis for word in tables.norms_not):
            yield Remark(("fees", index, "basis"), "行政许可收费应当有法律、行政法规依据，规范性文件不能作依据")
    if not item.fees and item.online_payment:
        yield Remark(("online_payment",), "不收费的，不得支持网上支付，请改为 false")


@rule("contacts.phones", "事项库一致性规则：咨询与投诉电话")
def phones(item: Item, tables: Tables) -> Iterator[Remark]:
    """Two different telephones, both with area code."""
    contacts = item.contacts
    if contacts.enquiry == contacts.complaint:
        yield Remark(("contacts", "complaint"), "投诉电话不能和咨询电话相同")
    for key, number in (("enquiry", contacts.enquiry), ("complaint", contacts.complaint)):
        if not _PHONE.fullmatch(number):
            yield Remark(("contacts", key), f"「{number}」不是带区号的电话，请写成 0875-7120001")


@rule("topics.audience", "事项库一致性规则：服务对象与主题分类")
def topics(item: Item, tables: Tables) -> Iterator[Remark]:
    """Each topic belongs to an audience that the item serves; each audience has a topic."""
    for_person, for_others = Audience.PERSON in item.audiences, any(a is not Audience.PERSON for a in item.audiences)
    allowed = (tables.topics_person if for_person else frozenset()) | (
        tables.topics_company if for_others else frozenset()
    )
    for index, topic in enumerate(item.topics):
        if topic not in tables.topics_person | tables.topics_company:
            yield Remark(("topics", index), f"没有「{topic}」这个主题，请从主题分类表中选")
        elif topic not in allowed:
            yield Remark(("topics", index), f"主题「{topic}」与服务对象不一致，请改主题或者服务对象")
    if for_person and not tables.topics_person.intersection(item.topics):
        yield Remark(("topics",), "面向自然人的事项应当有面向自然人的主题")
    if for_others and not tables.topics_company.intersection(item.topics):
        yield Remark(("topics",), "面向法人的事项应当有面向法人的主题")


@law("行政许可法", 30)
@rule("permit.guide", "行政许可法第三十条；办事指南应当完整")
def permit_guide(item: Item, tables: Tables) -> Iterator[Remark]:
    """A permit has a question answered and at least five stages, with 受理, 审查, 决定, 办结 and 送达 among them."""
    if item.kind is not ItemKind.PERMIT:
        return
    if not item.faqs:
        yield Remark(("faqs",), "行政许可至少要有一个常见问题")
    names = [stage.name for stage in item.flow]
    missing = [words[0] for words in tables.stages if not any(word in name for word in words for name in names)]
    if missing or len(names) < len(tables.stages):
        wanted = "、".join(missing) or "更多环节"
        yield Remark(("flow",), f"行政许可的办理流程至少五个环节，缺少：{wanted}")


@rule("materials.catch_all", "安阳市政务服务条例第十三条；行政许可法第三十一条")
def catch_all(item: Item, tables: Tables) -> Iterator[Remark]:
    """兜底性材料 is forbidden: list each one."""
    for index, material in enumerate(item.materials):
        if any(word in material.name for word in tables.catch_all):
            yield Remark(("materials", index, "name"), f"「{material.name}」是兜底性材料，请逐项列出具体材料")


@law("优化营商环境条例", 35)
@rule("basis.by_law", "优化营商环境条例第三十五条")
def by_law(item: Item, tables: Tables) -> Iterator[Remark]:
    """No condition and no material without law, regulation or rule; a notice is none."""
    usual = Severity.ERROR if item.kind is ItemKind.PERMIT else Severity.WARNING
    for path, article in _cited(item):
        if any(word in article.law for word in tables.norms_not):
            yield Remark(path, f"「{article.law}」不是法律、法规、规章，不能据以增设条件或者材料", usual)
        elif not article.law.endswith(tables.norms):
            yield Remark(path, f"「{article.law}」看不出是法律、法规、规章，请写全称", Severity.WARNING)
    if not item.basis:
        yield Remark(("basis",), "应当写明设定依据")


def _cited(item: Item) -> Iterator[tuple[Path, Article]]:
    yield from ((("conditions", i, "by_law"), row.by_law) for i, row in enumerate(item.conditions))
    yield from ((("prohibited", i, "by_law"), row.by_law) for i, row in enumerate(item.prohibited))
    yield from ((("materials", i, "by_law"), row.by_law) for i, row in enumerate(item.materials))


@law("优化营商环境条例", 43, 44)
@rule("basis.intermediary", "优化营商环境条例第四十三条、第四十四条")
def intermediary(item: Item, tables: Tables) -> Iterator[Remark]:
    """中介服务 and 证明事项 need law, regulation or a State Council decision."""
    for index, service in enumerate(item.intermediaries):
        if not _high(service.by_law, tables):
            yield Remark(("intermediaries", index, "by_law"), "中介服务应当有法律、法规或者国务院决定依据，否则请删去")
    for index, material in enumerate(item.materials):
        proof = material.kind is MaterialKind.CERTIFICATE and material.name.endswith("证明")
        if proof and material.source is Source.APPLICANT and not _high(material.by_law, tables):
            yield Remark(
                ("materials", index, "by_law"), "证明事项应当有法律、法规或者国务院决定依据，否则改为核查或者承诺"
            )


def _high(article: Article, tables: Tables) -> bool:
    """Law, regulation or State Council decision: 食品安全法 is, 某某管理办法 is not."""
    return article.law.endswith(tables.norms_high) and not article.law.endswith(tables.norms_low)
