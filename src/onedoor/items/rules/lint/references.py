"""Rules of reference: codes, keys, conditions, and what registers already know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onedoor.items.rules.codes import HandleForm, MaterialKind, Source
from onedoor.items.rules.facts import schema_of
from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.offers import SCHEMA as REGISTERED
from onedoor.items.rules.paper import paper_key, uploads_of
from onedoor.items.rules.values import Item
from onedoor.kernel import codes, expr, journey
from onedoor.kernel.law import law
from onedoor.kernel.tree import Path


@rule(
    "codes.valid",
    "编码符合规则",
    basis="事项编码规则：基本编码 12 位、实施编码 31 位、业务办理项编码 33 位",
    remedy="按编码规则核对",
)
def item_codes(item: Item, lists: Lists) -> Iterator[Remark]:
    """All codes are well formed, and the basic code says the item's own type."""
    if why := codes.why_not_uscc(item.organ):
        yield Remark(("organ",), f"实施主体编码有误：{why}")
    if why := codes.why_not_item_code(item.basic_code):
        yield Remark(("basic_code",), why)
    elif item.basic_code[2:4] != item.kind.value:
        yield Remark(
            ("basic_code",), f"基本编码第 3、4 位是 {item.basic_code[2:4]}，与事项类型 {item.kind.value} 不一致"
        )
    if not (len(item.sequence) == 2 and item.sequence.isascii() and item.sequence.isdigit()):
        yield Remark(("sequence",), "办理项序号应当是两位数字")
    for index, other in enumerate(item.implementers):
        if why := codes.why_not_uscc(other.organ):
            yield Remark(("implementers", index, "organ"), f"实施主体编码有误：{why}")
    if why := codes.why_not_division(item.area):
        yield Remark(("area",), why)


@rule(
    "keys.unique",
    "同一事项内名称不重复",
    basis="同一事项内名称不能重复",
    remedy="给重复的一项换个名称",
)
def unique_keys(item: Item, lists: Lists) -> Iterator[Remark]:
    """Materials have their own keys and names, shorter limits their keys; situations and questions share one set."""
    yield from _doubles("materials", "key", [m.key for m in item.materials])
    yield from _doubles("materials", "name", [m.name for m in item.materials])
    questions = [question.key for page in item.form.pages for question in page.questions]
    yield from _doubles("situations", "key", [s.key for s in item.situations])
    for index, situation in enumerate(item.situations):
        if situation.key in questions:
            yield Remark(("situations", index, "key"), f"“{situation.key}”已经是表单问题的名称，请换一个")
        if len({option.value for option in situation.options}) < max(2, len(situation.options)):
            yield Remark(("situations", index, "options"), "情形至少要有两个不同的选项")
    yield from _doubles("shorter_limits", "key", [one.key for one in item.shorter_limits])
    yield from _doubles("implementers", "organ", [item.organ, *(other.organ for other in item.implementers)])


def _doubles(where: str, key: str, values: list[str]) -> Iterator[Remark]:
    for value, times in Counter(values).items():
        if times > 1:
            last = len(values) - 1 - values[::-1].index(value)
            yield Remark((where, last, key), f"“{value}”重复了 {times} 次")


@rule(
    "conditions.resolve",
    "条件引用的数据项和选项存在",
    basis="条件引用的数据项应当存在，选项应当能选到",
    remedy="核对数据项名称和选项的值",
)
def conditions(item: Item, lists: Lists) -> Iterator[Remark]:
    """Every ``when`` is a condition on facts that exist."""
    schema = schema_of(item)
    for path, when in conditions_of(item):
        if path[0] != "form":
            for message in expr.check(when, schema, expected=expr.Kind.BOOL):
                yield Remark(path, message)
    yield from _by_register(item)
    questions = {question.key for question in item.form.questions}
    known = {key: kind for key, kind in schema.items() if key not in questions}
    for fault in journey.check(item.form, known):
        yield Remark(("form", *fault.path), fault.message)


def _by_register(item: Item) -> Iterator[Remark]:
    """What a register answers, and the rules that the platform holds against registers and answers."""
    schema = {**schema_of(item), **REGISTERED}
    for index, situation in enumerate(item.situations):
        for message in expr.check(situation.known, REGISTERED, expected=expr.Kind.TEXT) if situation.known else ():
            yield Remark(("situations", index, "known"), message)
    rules: list[tuple[Path, expr.Expr]] = [(("instant",), item.instant.when)] if item.instant else []
    rules += [(("plan", "steps", at, "check"), s.check.when) for at, s in enumerate(item.plan.steps) if s.check]
    for path, when in rules:
        for message in expr.check(when, schema, expected=expr.Kind.BOOL):
            yield Remark((*path, "when"), message)


def conditions_of(item: Item) -> Iterator[tuple[Path, expr.Expr]]:
    """All conditions of an item with their places."""
    for path, when in _all_whens(item):
        if when is not None:
            yield (*path, "when"), when


def _all_whens(item: Item) -> Iterator[tuple[Path, expr.Expr | None]]:
    yield from ((("materials", i), row.when) for i, row in enumerate(item.materials))
    yield from ((("situations", i), row.when) for i, row in enumerate(item.situations))
    yield from ((("fees", i), row.when) for i, row in enumerate(item.fees))
    for number, fee in enumerate(item.fees):
        yield from ((("fees", number, "reductions", i), row.when) for i, row in enumerate(fee.reductions))
    yield ("promise",), item.promise.when
    yield from ((("shorter_limits", i), row.when) for i, row in enumerate(item.shorter_limits))
    yield from ((("plan", "steps", i), row.when) for i, row in enumerate(item.plan.steps))
    for number, page in enumerate(item.form.pages):
        yield ("form", "pages", number), page.when
        yield from ((("form", "pages", number, "questions", i), q.when) for i, q in enumerate(page.questions))


@rule(
    "situations.used",
    "情形影响材料、环节、费用、时限或者表单",
    basis="情形应当影响材料、环节、费用、时限或者表单",
    remedy="删去这个情形，或者在条件里用上",
    severity=Severity.WARNING,
)
def situations_used(item: Item, lists: Lists) -> Iterator[Remark]:
    """A question whose answer changes nothing should not be asked; a bundle asks what its members' steps need."""
    if item.members:
        return
    used = {name for _, when in conditions_of(item) for name in expr.facts(when)}
    for index, situation in enumerate(item.situations):
        if situation.key not in used:
            yield Remark(("situations", index), f"情形“{situation.question}”没有被任何条件用到，请删去或者用上")


@rule(
    "form.asks",
    "网办事项有表单",
    basis="网办事项应当有表单",
    remedy="补上表单，或者改为不支持网办",
)
def form_asks(item: Item, lists: Lists) -> Iterator[Remark]:
    """An item that is handled online has a form with questions."""
    asked = any(page.questions for page in item.form.pages)
    if item.online and not asked:
        yield Remark(("form",), "支持网办的事项应当有表单")
    by_machine = {HandleForm.WEB, HandleForm.MOBILE} & set(item.handle_forms)
    if by_machine and not item.online:
        yield Remark(("online",), "办理形式包括网上办理的，online 应当是 true")


@law("行政许可法", 29, 30)
@rule(
    "materials.guide",
    "材料写明样本、受理标准和来源",
    basis="行政许可法第二十九条、第三十条",
    remedy="补上空白表格、示范文本、受理标准或者取得方式",
    severity=Severity.WARNING,
)
def material_guide(item: Item, lists: Lists) -> Iterator[Remark]:
    """Forms have a blank and a sample; every material says what to bring and how it is judged."""
    for index, material in enumerate(item.materials):
        blank, sample = material.blank_form or material.blank_file, material.sample or material.sample_file
        if material.kind is MaterialKind.FORM and not (blank and sample):
            yield Remark(("materials", index, "blank_form"), "申请表格应当有空白表格和示范文本")
        if not material.criteria:
            yield Remark(("materials", index, "criteria"), "应当写明受理标准")
        if material.exempt and not material.source_detail:
            yield Remark(("materials", index, "source_detail"), "免提交的材料应当写明从哪里取得")


@law("行政许可法", 30)
@rule(
    "materials.papers",
    "示范文本只列平台做得出的",
    basis="行政许可法第三十条",
    remedy="删去别的机关出具的材料的示范文本",
    severity=Severity.WARNING,
)
def papers(item: Item, lists: Lists) -> Iterator[Remark]:
    """A sample is named only where the platform draws one: for what other organs issue none is promised."""
    for index, material in enumerate(item.materials):
        if material.sample and not paper_key(material):
            yield Remark(
                ("materials", index, "sample"),
                f"“{material.name}”由别的机关出具，平台做不出“{material.sample}”，请删去",
            )


@rule(
    "materials.uploads",
    "上传的表格指向一个文件",
    basis="清单的每一版指向的表格不得改变：文件以名称和内容的 SM3 摘要标明",
    remedy="在事项编辑里重新上传，或者删去，改用按清单做的表格",
)
def uploads(item: Item, lists: Lists) -> Iterator[Remark]:
    """An upload names a file with its kind, and its content."""
    for number, field, held in uploads_of(item):
        if not held.sound:
            yield Remark(("materials", number, field), f"“{held.name}”应当写明带后缀的文件名和 64 位 SM3 摘要")


@rule(
    "materials.in_registers",
    "登记簿和证照库已有的不要求提交",
    basis="已有电子证照或者共享数据的，不得要求申请人提交",
    remedy="把来源改为 licence 或者 shared",
)
def in_registers(item: Item, lists: Lists) -> Iterator[Remark]:
    """What a register or a licence already says is not asked of the applicant."""
    for index, material in enumerate(item.materials):
        known = next((word for word in lists.in_registers if word in material.name), None)
        if known and material.source is Source.APPLICANT:
            yield Remark(
                ("materials", index, "source"), f"“{known}”可以从证照库或者共享数据取得，请改为 licence 或 shared"
            )


@rule(
    "sample_values.exist",
    "示例值指向存在的字段",
    basis="示例值应当指向存在的字段",
    remedy="核对字段名称",
)
def sample_values(item: Item, lists: Lists) -> Iterator[Remark]:
    """Each name in sample_values is a field of the item."""
    for index, name in enumerate(item.sample_values):
        node: object = item
        for part in name.split("."):
            node = getattr(node, part, None)
        if node is None:
            yield Remark(("sample_values", index), f"没有 {name} 这个字段")
