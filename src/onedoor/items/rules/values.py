"""事项 as values: one implementation list (实施清单) of one organ, complete by 行政许可法 §30 and the national tables.

An item with ``members`` is a bundle (一件事): form, materials and plan come from those (``rules.bundles``).
The field names are the keys of the YAML files; ``rules.codec`` reads and writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.items.rules.codes import (
    Audience,
    Delivery,
    HandleForm,
    ItemKind,
    ItemState,
    Level,
    MaterialForm,
    MaterialKind,
    Necessity,
    OnlineDepth,
    OrganKind,
    PowerSource,
    ProjectType,
    ResultKind,
    Scope,
    Source,
)
from onedoor.items.rules.given import Filled, Fixed, Taken
from onedoor.items.rules.promises import NO_PROMISE, NO_TOLERANCE, Instant, Promise, Tolerance
from onedoor.items.rules.uploads import Upload
from onedoor.kernel.clock import ClockProfile, Ground, Limit
from onedoor.kernel.expr import Expr
from onedoor.kernel.journey import Form
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Plan


@dataclass(frozen=True, slots=True)
class Basis:
    """设定依据: law, its number (文号), the article and what it says."""

    law: str
    document: str = ""
    article: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """受理条件 or 许可条件; none may stand without its basis (优化营商环境条例 §35)."""

    text: str
    by_law: Article


@dataclass(frozen=True, slots=True)
class Material:
    """One material (申请材料). ``tolerated``: 容缺后补 is allowed; ``when``: asked only where this holds.

    ``pledge``: on what it rests that a written promise may replace this proof (证明事项告知承诺), "" where none may.
    """

    key: str
    name: str
    kind: MaterialKind
    by_law: Article
    necessity: Necessity = Necessity.REQUIRED
    form: MaterialForm = MaterialForm.EITHER
    source: Source = Source.APPLICANT
    source_detail: str = ""
    issued_by: str = ""
    originals: int = 0
    copies: int = 0
    spec: str = ""
    instruction: str = ""
    criteria: str = ""
    blank_form: str = ""
    blank_file: Upload | None = None
    sample: str = ""
    sample_file: Upload | None = None
    tolerated: bool = False
    tolerated_days: int = 0
    pledge: str = ""
    when: Expr | None = None
    notes: str = ""

    @property
    def exempt(self) -> bool:
        """免提交: the platform fetches it from a licence or another department."""
        return self.source in (Source.LICENCE, Source.SHARED, Source.FORM)

    @property
    def brought(self) -> bool:
        """Whether the applicant brings it: not what is 免提交, nor what another body makes and sends in itself."""
        return self.source is Source.APPLICANT


@dataclass(frozen=True, slots=True)
class Reduction:
    """减免: who pays less, or nothing, where ``when`` holds; none without its basis. ``cents`` as in Fee."""

    when: Expr
    standard: str
    basis: str
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """收费项目. ``cents``: the fixed amount in 分, or None where ``standard`` describes a tariff."""

    name: str
    standard: str
    basis: str
    cents: int | None = None
    reducible: bool = False
    reduction_basis: str = ""
    when: Expr | None = None
    notes: str = ""
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class ShorterLimit:
    """分情形承诺时限: where ``when`` holds, the organ promises less than it promises everybody; never more."""

    key: str
    when: Expr
    limit: Limit


@dataclass(frozen=True, slots=True)
class Faq:
    """常见问题."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a situation's question."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Situation:
    """情形: one plain question; its answer is a fact named ``key`` that conditions of materials, steps and fees use.

    ``known``: the answer by what registers know (``offers.SCHEMA``); where it comes to one, nobody is asked.
    """

    key: str
    question: str
    options: tuple[Option, ...]
    hint: str = ""
    when: Expr | None = None
    known: Expr | None = None


@dataclass(frozen=True, slots=True)
class FlowStage:
    """办理流程, one row: stage, who, within what, by which standard, with what result."""

    name: str
    owner: str
    limit: str
    criteria: str
    result: str


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """特别程序 that this item may need. Only a ``ground`` of its clock profile stops the clock; others do not."""

    name: str
    by_law: Article
    limit: str
    ground: Ground | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """办理地点."""

    name: str
    address: str
    hours: str
    window: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """咨询方式 and 监督投诉方式: two different telephones with area code."""

    enquiry: str
    complaint: str
    online: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """审批结果. ``months``: validity, None = 长期. ``template``: what documents renders; ``sample``: its picture."""

    kind: ResultKind
    name: str
    months: int | None = None
    validity: str = ""
    template: str = ""
    sample: str = ""
    licence_type: str = ""
    area: str = ""
    renewal: str = ""
    inspection: str = ""  # 年检、年报
    replaces: str = ""  # the question that names the licence whose place this one takes (变更, 延续)
    by_law: Article | None = None


@dataclass(frozen=True, slots=True)
class Intermediary:
    """中介服务, only by law (优化营商环境条例 §43)."""

    name: str
    by_law: Article
    provider: str
    fee: str = ""


@dataclass(frozen=True, slots=True)
class Remedies:
    """行政复议和行政诉讼渠道 (行政许可法 §38, 行政复议法 §20)."""

    text: str
    review_organ: str
    court: str


@dataclass(frozen=True, slots=True)
class Implementer:
    """Another organ that implements the same item (同一事项的其他实施主体), e.g. each of the township governments."""

    organ: str
    organ_name: str
    area: str
    places: tuple[Place, ...]
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a bundle (并联事项). ``after``: members whose results it needs; ``when``: whether it is called for.

    ``opinion``: by when its organ says what is missing, before the one notice (材料意见); None = it is not asked.
    ``version``: the published version that a case of this bundle opens; a file does not say it.
    """

    key: str
    item: str
    name: str
    after: tuple[str, ...] = ()
    when: Expr | None = None
    fixed: tuple[Fixed, ...] = ()
    taken: tuple[Taken, ...] = ()
    filled: tuple[Filled, ...] = ()
    opinion: Limit | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """A fact or material of several members (``of``: ``member.key``). ``own``: the bundle's own situation asks it."""

    key: str
    of: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """实施清单: everything a file says about one item."""

    name: str
    kind: ItemKind
    basic_code: str
    sequence: str = "01"
    local_code: str = ""
    state: ItemState = ItemState.IN_USE

    organ: str
    organ_name: str
    organ_kind: OrganKind
    level: Level
    area: str
    power_source: PowerSource
    entrusted_by: str = ""
    cooperating: tuple[str, ...] = ()

    basis: tuple[Basis, ...]
    summary: str
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...]
    audiences: tuple[Audience, ...]

    clock: ClockProfile
    project_type: ProjectType
    limit_notes: str = ""
    shorter_limits: tuple[ShorterLimit, ...] = ()
    conditions: tuple[Condition, ...]
    prohibited: tuple[Condition, ...] = ()
    quantity_limit: str = ""
    materials: tuple[Material, ...]
    situations: tuple[Situation, ...] = ()
    form: Form
    flow: tuple[FlowStage, ...]
    special_procedures: tuple[SpecialProcedure, ...] = ()
    plan: Plan
    separate_duties: bool = False
    separate_duties_basis: str = ""

    handle_forms: tuple[HandleForm, ...]
    online: bool
    online_depth: tuple[OnlineDepth, ...] = ()
    online_address: str = ""
    mobile_address: str = ""
    visits: int
    visit_reason: str = ""
    scope: Scope
    in_hall: bool = True
    one_window: bool = True
    appointment: bool = False
    courier: bool = False
    terminal: bool = False
    agent: bool = True
    elderly_friendly: bool = False
    places: tuple[Place, ...]
    contacts: Contacts

    fees: tuple[Fee, ...] = ()
    online_payment: bool = False
    result: Result
    delivery: tuple[Delivery, ...]
    promise: Promise = NO_PROMISE
    tolerance: Tolerance = NO_TOLERANCE
    instant: Instant | None = None
    intermediaries: tuple[Intermediary, ...] = ()
    remedies: Remedies
    rights: str = ""
    faqs: tuple[Faq, ...] = ()
    notes: str = ""
    implementers: tuple[Implementer, ...] = ()
    sample_values: tuple[str, ...] = ()

    members: tuple[Member, ...] = ()
    shared_facts: tuple[Shared, ...] = ()
    shared_materials: tuple[Shared, ...] = ()

    @property
    def implementation_code(self) -> str:
        """实施编码: 31 characters = organ (18) + level (1) + basic code (12)."""
        return f"{self.organ}{self.level}{self.basic_code}"

    @property
    def code(self) -> str:
        """业务办理项编码: 33 characters; the name of the item everywhere in the platform."""
        return f"{self.implementation_code}{self.sequence}"

    @property
    def family(self) -> str:
        """What the same item of all its implementing organs has in common: basic code and sequence."""
        return f"{self.basic_code}{self.sequence}"

    def material(self, key: str) -> Material:
        """The material of that key; KeyError where there is none."""
        return {material.key: material for material in self.materials}[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion(Item):
    """One published version: immutable. A case pins its ``id``."""

    id: int
    number: int
    digest: str
    published_on: date
    effective_from: date
    effective_until: date | None = None
