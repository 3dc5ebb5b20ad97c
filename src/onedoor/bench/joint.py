"""One thing of five departments for ``bench cases``: five items with the same plan, and the bundle made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from onedoor.items.rules import Item
    from onedoor.items.rules.values import Shared

DEPARTMENTS: Final = 5
PREFIX: Final = "11530524"
FIRST_SUBJECT: Final = 99_000_000  # no organ of the sample county has such a number


def members(item: Item) -> tuple[Item, ...]:
    """The same item at five organs."""
    from onedoor.kernel.codes import make_uscc

    return tuple(
        replace(item, organ=make_uscc(PREFIX, f"{FIRST_SUBJECT + n:08}"), organ_name=f"{item.organ_name}（{n}）")
        for n in range(1, DEPARTMENTS + 1)
    )


def bundle(items: tuple[Item, ...]) -> Item:
    """The bundle of these items, led by the organ of the first; every fact and every material is that of all."""
    from onedoor.items.rules.codes import ItemKind, ResultKind
    from onedoor.items.rules.values import Member
    from onedoor.kernel.clock import ClockProfile, ProfileKind
    from onedoor.kernel.journey import Form
    from onedoor.kernel.plan import Plan

    lead = items[0]
    return replace(
        lead,
        name="性能测试（一件事）",
        kind=ItemKind("20"),
        basic_code="002099999000",
        clock=ClockProfile(ProfileKind.SERVICE, acceptance=None, legal=None, promised=lead.clock.promised),
        members=tuple(Member(f"member_{n}", one.code, one.organ_name) for n, one in enumerate(items, 1)),
        shared_facts=_shared(question.key for page in lead.form.pages for question in page.questions),
        shared_materials=_shared(material.key for material in lead.materials),
        materials=(),
        form=Form(()),
        flow=(),
        plan=Plan(()),
        result=replace(lead.result, kind=ResultKind.NONE),
    )


def _shared(keys: Any) -> tuple[Shared, ...]:
    from onedoor.items.rules.values import Shared

    numbers = range(1, DEPARTMENTS + 1)
    return tuple(Shared(key, tuple(f"member_{n}.{key}" for n in numbers)) for key in keys)


def live(number: str, *, act: Callable[..., Any]) -> tuple[str, ...]:
    """One whole thing from the one acceptance to the fifth decision; the numbers of the members' cases.

    ``act``: does and times a command by its name; here as elsewhere the results are made by the worker.
    """
    from onedoor.cases import commands
    from onedoor.cases.rules.values import Outcome, Verdict

    whole = act("accept", commands.accept, number)
    children = tuple(child.number for child in whole.children.values())
    for step in ("opinion_1", "opinion_2", "review"):
        for child in children:
            act("step", commands.complete_step, child, step=step, verdict=Verdict.PASSED, opinion="无异议。")
    for child in children:
        words = {"reasons": "符合条件。", "article": "第三十八条"}
        act("decide", commands.decide, child, outcome=Outcome.GRANTED, **words)
    return children
