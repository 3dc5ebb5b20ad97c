"""Fees (收费): only those of the 目录清单, complete, with a basis that may set them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from onedoor.items.rules.codes import ItemKind
from onedoor.items.rules.lint.consistency import is_high
from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.reach import world
from onedoor.items.rules.lint.references import conditions_of
from onedoor.items.rules.lint.tables import AllowedFee, Lists
from onedoor.items.rules.values import Fee, Item, Reduction
from onedoor.kernel.expr import Expr
from onedoor.kernel.law import law
from onedoor.kernel.plan import StepKind

_NAMES = re.compile(r"[；;，、,《》\n]")
_ARTICLE = re.compile(r"（.*|第[一二三四五六七八九十百零]+条.*|\d.*")


@law("行政许可法", 58, 59)
@rule(
    "fees.complete",
    "收费的写明项目、标准和依据",
    basis="行政许可法第五十八条、第五十九条",
    remedy="补上收费项目、标准、依据；不收费的关闭网上支付",
)
def complete(item: Item, lists: Lists) -> Iterator[Remark]:
    """收费 → basis, project, standard; 不收费 → no online payment; a permit's fee needs law or 行政法规."""
    for index, fee in enumerate(item.fees):
        for key in ("name", "standard", "basis"):
            if not getattr(fee, key):
                yield Remark(("fees", index, key), "收费的，应当写明收费项目、收费标准和收费依据")
        if fee.reducible and not fee.reduction_basis:
            yield Remark(("fees", index, "reduction_basis"), "允许减免的，应当写明减免依据")
        if item.kind is ItemKind.PERMIT and fee.basis and not _by_law(fee, lists):
            yield Remark(
                ("fees", index, "basis"), "行政许可收费应当有法律、行政法规依据，规章和规范性文件不能单独作依据"
            )
    if item.fees and not item.online_payment and item.online:
        yield Remark(("online_payment",), "收费并且支持网办的，一般应当支持网上支付", Severity.WARNING)
    if not item.fees and item.online_payment:
        yield Remark(("online_payment",), "不收费的，不得支持网上支付，请改为 false")


@law("行政许可法", 59)
@rule(
    "fees.asked",
    "缴费环节有费可收，一件只缴一次",
    basis="行政许可法第五十九条；收费应当按照公布的项目和标准",
    remedy="删去缴费环节，或者写上收费项目；两个缴费环节并成一个，或者分给不同的情形",
)
def asked(item: Item, lists: Lists) -> Iterator[Remark]:
    """缴费 stands in a plan where some situation that calls for it owes a fee, once for each application."""
    paid = [(at, step) for at, step in enumerate(item.plan.steps) if step.kind is StepKind.PAYMENT]
    if not paid:
        return
    facts = world(item, (when for _, when in conditions_of(item)))

    def together(*whens: Expr | None) -> bool:
        return facts.possible(*(when for when in whens if when is not None))

    for at, step in paid:
        if not any(together(step.when, fee.when) for fee in item.fees):
            told = f"有缴费环节“{step.name}”，可是没有哪种情形在这个环节要缴费"
            yield Remark(("plan", "steps", at), told)
    for (_, one), (at, other) in combinations(paid, 2):
        if together(one.when, other.when):
            yield Remark(("plan", "steps", at), f"“{one.name}”和“{other.name}”会让同一个申请人缴两次费")


@law("行政许可法", 59)
@rule(
    "fees.reductions",
    "减免写明标准、金额和依据，并且比原来少",
    basis="行政许可法第五十九条；优化营商环境条例第二十五条",
    remedy="补上减免的标准、金额和依据；比原来多的删去",
)
def reductions(item: Item, lists: Lists) -> Iterator[Remark]:
    """A reduction by situation cites its basis, says what is left to pay, and leaves less than the list."""
    for number, fee in enumerate(item.fees):
        if fee.reductions and not fee.reducible:
            yield Remark(("fees", number, "reducible"), "写了减免情形的，reducible 应当是 true")
        for index, row in enumerate(fee.reductions):
            at = ("fees", number, "reductions", index)
            for key, name in (("standard", "减免后的标准"), ("basis", "减免依据")):
                if not getattr(row, key):
                    yield Remark((*at, key), f"“{fee.name}”的减免应当写明{name}")
            yield from (Remark((*at, "cents"), told) for told in _amount(row, fee))


def _amount(row: Reduction, fee: Fee) -> Iterator[str]:
    if row.cents is None:
        if fee.cents is not None:
            yield f"“{fee.name}”是定额，减免后收多少也要写明金额（免收写 0）"
    elif row.cents < 0 or (fee.cents is not None and row.cents >= fee.cents):
        yield f"“{fee.name}”减免以后的金额应当少于原来的，不能少于 0"


def _by_law(fee: Fee, lists: Lists) -> bool:
    return any(is_high(_ARTICLE.sub("", name).strip(), lists) for name in _NAMES.split(fee.basis))


@law("优化营商环境条例", 25)
@rule(
    "fees.listed",
    "只收目录清单上的费，按清单的标准收",
    basis="优化营商环境条例第二十五条",
    remedy="删去这项收费；确在目录清单上的，用清单上的名称和标准",
)
def listed(item: Item, lists: Lists) -> Iterator[Remark]:
    """A fee stands on the list that is in force, with the amount of the list; what was abolished is not taken.

    Public services may charge their customers what is no government fee: there it is a second look.
    """
    usual = Severity.WARNING if item.kind is ItemKind.SERVICE else Severity.ERROR
    for index, fee in enumerate(item.fees):
        found = next((one for one in lists.fees if one.name in fee.name), None)
        if not fee.name:
            continue
        if found is None:
            message = f"“{fee.name}”不在收费目录清单上，不得收取"
            yield Remark(("fees", index, "name"), message, usual, lists.basis["fees"])
        elif found.until and lists.day >= found.until:
            yield Remark(("fees", index, "name"), f"“{fee.name}”自 {found.until} 起取消", basis=found.ended_by)
        elif found.cents and fee.cents is not None and fee.cents not in found.cents:
            yield Remark(("fees", index, "cents"), _wrong_amount(fee, found), basis=found.basis)


def _wrong_amount(fee: Fee, listed_as: AllowedFee) -> str:
    amounts = "、".join(f"{cents / 100:g}" for cents in listed_as.cents)
    return f"“{fee.name}”写的是 {(fee.cents or 0) / 100:g} 元，清单上的标准是 {amounts} 元"
