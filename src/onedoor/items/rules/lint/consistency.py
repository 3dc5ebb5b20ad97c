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
from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.values import Item
from onedoor.kernel.law import Article, law
from onedoor.kernel.tree import Path

_PHONE = re.compile(r"0\d{2,3}-\d{7,8}(-\d{1,6})?|12345")
_FULLY_ONLINE = {OnlineDepth.ACCEPTANCE, OnlineDepth.HANDLING, OnlineDepth.RESULT}
_ENDINGS = {
    "凭证": None,
    "证": ResultKind.LICENCE,
    "证书": ResultKind.LICENCE,
    "文": ResultKind.DOCUMENT,
    "批复": ResultKind.DOCUMENT,
}
_COUNTY = re.compile(r"\w{1,8}?(?:县|旗)(?!级)")
_TRIAL = re.compile(r"（[^）]*）$")


@rule(
    "time.on_the_spot",
    "当场办结的是即办件",
    basis="GB/T 39046-2020 A.6 办件类型",
    remedy="让办件类型与承诺时限一致",
)
def on_the_spot(item: Item, lists: Lists) -> Iterator[Remark]:
    """承诺时限为即办 ⇔ 即办件."""
    at_once = item.clock.promised.number == 0
    if at_once and item.project_type is not ProjectType.ON_THE_SPOT:
        yield Remark(("project_type",), '承诺时限是当场办结，办件类型应当是即办件（"1"）')
    if not at_once and item.project_type is ProjectType.ON_THE_SPOT:
        yield Remark(
            ("clock", "promised", "number"), '即办件的承诺时限应当是 0（当场办结），否则办件类型改为承诺件（"2"）'
        )


@rule(
    "result.name",
    "结果名称与结果类型一致",
    basis="事项库一致性规则：结果名称与结果类型",
    remedy="按结果名称选择证照、批文或者其他",
)
def result_name(item: Item, lists: Lists) -> Iterator[Remark]:
    """…证 → 证照, …文/批复 → 批文."""
    result = item.result
    if result.kind is ResultKind.NONE:
        return
    ending = next((kind for end, kind in _ENDINGS.items() if result.name.endswith(end)), None)
    if ending and ending is not result.kind:
        yield Remark(("result", "kind"), f"结果名称“{result.name}”的结果类型应当是 {ending.value}")


@rule(
    "result.sample",
    "有审批结果的附结果样本",
    basis="行政许可法第三十条；事项库一致性规则：结果样本",
    remedy="补上结果样本的文件名；没有审批结果的，把结果类型改为 none",
)
def result_sample(item: Item, lists: Lists) -> Iterator[Remark]:
    """A result has a sample."""
    if item.result.kind is not ResultKind.NONE and not item.result.sample:
        yield Remark(("result", "sample"), f"结果“{item.result.name}”没有样本")


@rule(
    "visits.reason",
    "到办事现场次数与原因、办理形式一致",
    basis="事项库一致性规则：到办事现场次数",
    remedy="核对到现场次数，写明必须到现场的原因，或者补上办理形式",
)
def visits(item: Item, lists: Lists) -> Iterator[Remark]:
    """到现场次数 against reason and courier."""
    if item.visits < 0 or item.visits > 9:
        yield Remark(("visits",), "到办事现场次数应当是 0 到 9")
    if item.visits and not item.visit_reason:
        yield Remark(("visit_reason",), "到办事现场次数不是 0 的，应当写明必须现场办理的原因")
    if not item.visits and item.visit_reason:
        yield Remark(("visit_reason",), "到办事现场次数是 0 的，不填必须现场办理的原因，请删去")
    if not item.visits and not item.online and HandleForm.COURIER not in item.handle_forms:
        yield Remark(("handle_forms",), '一次不跑又不支持网办的，办理形式应当包括快递申请（"4"）')


@rule(
    "visits.depth",
    "到现场次数与网办深度一致",
    basis="事项库一致性规则：网办深度与到现场次数",
    remedy="全程网办的把到现场次数改为 0；要到现场的，网办深度不写受理、办理、结果反馈三项",
)
def visits_depth(item: Item, lists: Lists) -> Iterator[Remark]:
    """Who must come does not do everything online; what is not online has no depth."""
    if item.visits and set(item.online_depth) >= _FULLY_ONLINE:
        yield Remark(("visits",), "全程网办（深度含受理、办理、结果反馈）的，到办事现场次数应当是 0")
    if not item.online and item.online_depth:
        yield Remark(("online_depth",), "不支持网办的，不填网上办理深度")


@rule(
    "visits.most",
    "到现场次数不超过“最多跑一次”",
    basis="国办发〔2018〕45号",
    remedy="用网上申请、邮寄、共享代替到现场；确需到现场的，在原因里写明法律依据",
    severity=Severity.WARNING,
)
def visits_most(item: Item, lists: Lists) -> Iterator[Remark]:
    """到现场次数 against what is usual today."""
    if lists.most_visits < item.visits <= 9:
        message = f"要到现场 {item.visits} 次，一般不超过 {lists.most_visits} 次"
        yield Remark(("visits",), message, basis=lists.basis["most_visits"])


@rule(
    "contacts.phones",
    "咨询和投诉电话不同，都带本地区号",
    basis="事项库一致性规则：咨询与投诉电话",
    remedy="写两个不同的、带区号的电话",
)
def phones(item: Item, lists: Lists) -> Iterator[Remark]:
    """Two different telephones; every telephone with the area code of the place."""
    contacts = item.contacts
    if contacts.enquiry == contacts.complaint:
        yield Remark(("contacts", "complaint"), "投诉电话不能和咨询电话相同")
    home = max((c for c in lists.area_codes if item.area.startswith(c)), key=len, default="")
    code = lists.area_codes.get(home, "")
    for path, number in _numbers(item):
        if not _PHONE.fullmatch(number):
            yield Remark(path, f"“{number}”不是带区号的电话，请写成 {code or '0875'}-7120001")
        elif code and number.startswith("0") and not number.startswith(f"{code}-"):
            yield Remark(path, f"“{number}”不是本地区号 {code}，请核对", basis=lists.basis["area_codes"])


def _numbers(item: Item) -> Iterator[tuple[Path, str]]:
    yield ("contacts", "enquiry"), item.contacts.enquiry
    yield ("contacts", "complaint"), item.contacts.complaint
    yield from ((("places", i, "phone"), place.phone) for i, place in enumerate(item.places) if place.phone)
    for i, other in enumerate(item.implementers):
        yield ("implementers", i, "contacts", "enquiry"), other.contacts.enquiry
        yield ("implementers", i, "contacts", "complaint"), other.contacts.complaint


@rule(
    "topics.audience",
    "主题与服务对象一致",
    basis="事项库一致性规则：服务对象与主题分类",
    remedy="从主题分类表中选与服务对象一致的主题",
)
def topics(item: Item, lists: Lists) -> Iterator[Remark]:
    """Each topic belongs to an audience that the item serves; each audience has a topic."""
    for_person, for_others = Audience.PERSON in item.audiences, any(a is not Audience.PERSON for a in item.audiences)
    allowed = (lists.topics_person if for_person else frozenset()) | (
        lists.topics_company if for_others else frozenset()
    )
    for index, topic in enumerate(item.topics):
        if topic not in lists.topics_person | lists.topics_company:
            yield Remark(("topics", index), f"没有“{topic}”这个主题，请从主题分类表中选")
        elif topic not in allowed:
            yield Remark(("topics", index), f"主题“{topic}”与服务对象不一致，请改主题或者服务对象")
    if for_person and not lists.topics_person.intersection(item.topics):
        yield Remark(("topics",), "面向自然人的事项应当有面向自然人的主题")
    if for_others and not lists.topics_company.intersection(item.topics):
        yield Remark(("topics",), "面向法人的事项应当有面向法人的主题")


@law("行政许可法", 30)
@rule(
    "permit.guide",
    "行政许可的指南完整",
    basis="行政许可法第三十条；办事指南应当完整",
    remedy="补上常见问题和缺少的办理环节",
)
def permit_guide(item: Item, lists: Lists) -> Iterator[Remark]:
    """A permit has a question answered and at least five stages, with 受理, 审查, 决定, 办结 and 送达 among them."""
    if item.kind is not ItemKind.PERMIT:
        return
    if not item.faqs:
        yield Remark(("faqs",), "行政许可至少要有一个常见问题")
    names = [stage.name for stage in item.flow]
    missing = [words[0] for words in lists.stages if not any(word in name for word in words for name in names)]
    if missing or len(names) < len(lists.stages):
        wanted = "、".join(missing) or "更多环节"
        yield Remark(("flow",), f"行政许可的办理流程至少五个环节，缺少：{wanted}")


@rule(
    "materials.catch_all",
    "没有兜底性材料",
    basis="安阳市政务服务条例第十三条；行政许可法第三十一条",
    remedy="把要交的材料逐项列出，不用的删去",
)
def catch_all(item: Item, lists: Lists) -> Iterator[Remark]:
    """兜底性材料 is forbidden: list each one."""
    for index, material in enumerate(item.materials):
        if any(word in material.name for word in lists.catch_all):
            yield Remark(("materials", index, "name"), f"“{material.name}”是兜底性材料，请逐项列出具体材料")


@law("优化营商环境条例", 35)
@rule(
    "conditions.catch_all",
    "没有兜底性条件",
    basis="优化营商环境条例第三十五条；行政许可法第三十条",
    remedy="逐项写出法律、法规、规章规定的具体条件，没有的删去",
)
def catch_all_conditions(item: Item, lists: Lists) -> Iterator[Remark]:
    """A condition that leaves open what is asked is none."""
    for key, rows in (("conditions", item.conditions), ("prohibited", item.prohibited)):
        for index, row in enumerate(rows):
            if any(word in row.text for word in lists.catch_all_conditions):
                yield Remark((key, index, "text"), f"“{_short(row.text)}”没有说明是什么条件，请逐项列出")


@law("优化营商环境条例", 35)
@rule(
    "basis.by_law",
    "条件和材料有法律、法规、规章依据",
    basis="优化营商环境条例第三十五条",
    remedy="换成法律、法规、规章的条款；没有的，删去这个条件或者材料",
)
def by_law(item: Item, lists: Lists) -> Iterator[Remark]:
    """No condition and no material without law, regulation or rule; a notice is none, nor is a county's own paper."""
    usual = Severity.ERROR if item.kind is ItemKind.PERMIT else Severity.WARNING
    county = _COUNTY.match(item.organ_name)
    for path, article in _cited(item):
        name = _TRIAL.sub("", article.law)
        if name.endswith(lists.norms_not):
            yield Remark(path, f"“{article.law}”不是法律、法规、规章，不能据以增设条件或者材料", usual)
        elif not name.endswith(lists.norms):
            yield Remark(path, f"“{article.law}”看不出是法律、法规、规章，请写全称", Severity.WARNING)
        elif county and name.startswith(county.group()):
            yield Remark(path, f"“{article.law}”是县里的文件，县级不能制定法规、规章，不能据以增设条件或者材料", usual)
    if not item.basis:
        yield Remark(("basis",), "应当写明设定依据")


@law("行政许可法", 14, 15, 17)
@rule(
    "basis.permit",
    "行政许可由法律、法规或者国务院决定设定",
    basis="行政许可法第十四条、第十五条、第十七条",
    remedy="在设定依据里写明设定许可的法律、法规或者国务院决定；没有的，不得作为行政许可实施",
)
def permit_source(item: Item, lists: Lists) -> Iterator[Remark]:
    """A permit is set up by law, regulation or a State Council decision; a rule of a ministry cannot."""
    high = any(is_high(row.law, lists) for row in item.basis)
    if item.kind is ItemKind.PERMIT and item.basis and not high:
        named = "、".join(f"《{row.law}》" for row in item.basis)
        yield Remark(("basis",), f"设定依据只有{named}，规章和规范性文件不能设定行政许可")


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


def _cited(item: Item) -> Iterator[tuple[Path, Article]]:
    yield from ((("conditions", i, "by_law"), row.by_law) for i, row in enumerate(item.conditions))
    yield from ((("prohibited", i, "by_law"), row.by_law) for i, row in enumerate(item.prohibited))
    yield from ((("materials", i, "by_law"), row.by_law) for i, row in enumerate(item.materials))


@law("优化营商环境条例", 43, 44)
@rule(
    "basis.intermediary",
    "中介服务和证明事项有法律、法规或者国务院决定依据",
    basis="优化营商环境条例第四十三条、第四十四条",
    remedy="补上依据；没有的，删去，或者改为核查、承诺",
)
def intermediary(item: Item, lists: Lists) -> Iterator[Remark]:
    """中介服务 and 证明事项 need law, regulation or a State Council decision."""
    for index, service in enumerate(item.intermediaries):
        if not is_high(service.by_law.law, lists):
            yield Remark(("intermediaries", index, "by_law"), "中介服务应当有法律、法规或者国务院决定依据，否则请删去")
    for index, material in enumerate(item.materials):
        proof = material.kind is MaterialKind.CERTIFICATE and material.name.endswith("证明")
        if proof and material.source is Source.APPLICANT and not is_high(material.by_law.law, lists):
            yield Remark(
                ("materials", index, "by_law"), "证明事项应当有法律、法规或者国务院决定依据，否则改为核查或者承诺"
            )


def is_high(name: str, lists: Lists) -> bool:
    """Law, regulation or State Council decision: 食品安全法 is, 某某管理办法 is not."""
    name = _TRIAL.sub("", name)
    return name.endswith(lists.norms_high) and not name.endswith(lists.norms_low)
