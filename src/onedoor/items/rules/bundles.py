"""一件事: a bundle is an item whose form, materials, fees and plan are those of its members, each fact asked once.

A fact of a member is named ``member_key`` in the bundle, or by the name under which the bundle shares it. What is
derived here is derived anew at each publication; a case answers the bundle once, and each member gets its portion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from onedoor.items.rules.bundled_promises import promised, tolerance
from onedoor.items.rules.given import Fixed, Gives
from onedoor.items.rules.supplied import given_to, unsupplied, without_supplied
from onedoor.items.rules.values import Condition, Fee, FlowStage, Item, Material, Member, Shared, Situation
from onedoor.kernel.expr import Expr, Value, simplify, substitute
from onedoor.kernel.expr.nodes import All, AnyOf, Fact, Literal
from onedoor.kernel.journey import Form, Page, Question, QuestionKind
from onedoor.kernel.journey.cleaning import clean
from onedoor.kernel.law import law
from onedoor.kernel.plan import Plan, Step, StepKind
from onedoor.kernel.tree import Fault

COMMON: Final = "common"  # the pages on which stands what several members ask for
ON_A_PAGE: Final = 6
"""More questions on one page tire people."""
ALWAYS: Final = Literal(True)
NEVER: Final = Literal(False)
_DAYS: Final = {QuestionKind.DATE, QuestionKind.PAST_DATE}
MISSING: Final = Literal(())  # a fact that nobody is asked: no comparison with it holds


@dataclass(frozen=True)
class Naming:
    """How the facts and materials of the members are named in their bundle."""

    bundle: Item

    @cached_property
    def facts(self) -> dict[tuple[str, str], str]:
        """Member and its fact → the shared name."""
        return _names(self.bundle.shared_facts)

    @cached_property
    def own(self) -> frozenset[str]:
        """The shared names under which the bundle asks itself."""
        return frozenset(one.key for one in self.bundle.shared_facts if one.own)

    @cached_property
    def materials(self) -> dict[tuple[str, str], str]:
        """Member and its material → the shared name."""
        return _names(self.bundle.shared_materials)

    def fact(self, member: str, key: str) -> str:
        """The name of a member's fact; what the platform supplies (``applicant.kind``) is the same everywhere."""
        return key if "." in key else self.facts.get((member, key), f"{member}_{key}")

    def material(self, member: str, key: str) -> str:
        """The name of a member's material."""
        return self.materials.get((member, key), f"{member}_{key}")

    def condition(self, member: Member, item: Item, *conditions: Expr | None) -> Expr | None:
        """Conditions of a member's item together, over the bundle's facts; ``Literal(False)`` where they never hold."""
        known = self._known(member, item)
        return _all(substitute(when, known) for when in conditions if when is not None)

    def _known(self, member: Member, item: Item) -> dict[str, Expr]:
        """What stands for each fact of a member: its name here, the bundle's own answer, or nothing for ever."""
        held = self._held.get(member.key)
        if held is None:
            own = [s.key for s in item.situations] + [q.key for q in item.form.questions]
            held = {key: Fact(self.fact(member.key, key)) for key in own}
            held |= {one.fact: Literal(_answer(item, one)) for one in member.fixed}
            for situation in item.situations:  # each hangs only on those before it
                if situation.when is not None and _all([substitute(situation.when, held)]) == NEVER:
                    held[situation.key] = MISSING
            self._held[member.key] = held
        return held

    @cached_property
    def _held(self) -> dict[str, dict[str, Expr]]:
        return {}


def _names(shared: Iterable[Shared]) -> dict[tuple[str, str], str]:
    return {(name.partition(".")[0], name.partition(".")[2]): one.key for one in shared for name in one.of}


@law("行政许可法", "26(2)")
def compose(bundle: Item, members: Mapping[str, Item]) -> Item:
    """The bundle with all that comes from its members (by their keys); composing twice changes nothing.

    Raises KeyError where an item is missing: ``faults`` says so first.
    """
    union = _Union(bundle, [(member, members[member.key]) for member in bundle.members])
    return _settled(
        replace(
            bundle,
            situations=tuple(union.situations()),
            form=Form((*union.common(), *union.pages())),
            materials=tuple(union.materials()),
            conditions=tuple(union.conditions("conditions")),
            prohibited=tuple(union.conditions("prohibited")),
            fees=tuple(union.fees()),
            flow=tuple(union.flow()),
            tolerance=tolerance(item for _, item in union.parts),
            plan=Plan(tuple(union.steps()), bundle.plan.acceptance),
            cooperating=tuple(dict.fromkeys(union.others())),
            members=tuple(replace(member, version=getattr(item, "id", 0)) for member, item in union.parts),
        )
    )


def _settled(whole: Item) -> Item:
    """Without what another member always supplies."""
    names = Naming(whole)
    return without_supplied(
        whole,
        materials={names.material(member.key, one.material) for member in whole.members for one in member.taken},
        facts={names.fact(member.key, one.fact) for member in whole.members for one in member.filled},
    )


@dataclass(frozen=True)
class _Union:
    """The members with their items, on the way to one form and one set of materials."""

    bundle: Item
    parts: list[tuple[Member, Item]]

    @cached_property
    def names(self) -> Naming:
        return Naming(self.bundle)

    def _when(self, member: Member, item: Item, *conditions: Expr | None) -> Expr | None:
        """Where the member is called for, and its own conditions hold."""
        return _all(filter(None, (member.when, self.names.condition(member, item, *conditions))))

    def situations(self) -> Iterator[Situation]:
        own = [s for s in self.bundle.situations if not self._derived(s.key)]
        found: dict[str, list[tuple[Situation, Expr | None]]] = {}
        for member, item in self.parts:
            for situation in item.situations:
                name = self.names.fact(member.key, situation.key)
                if not _fixed(member, situation.key) and name not in self.names.own:
                    found.setdefault(name, []).append((situation, self._when(member, item, situation.when)))
        yield from own
        for name, asking in found.items():
            if (when := _any(each for _, each in asking)) != NEVER:
                yield replace(asking[0][0], key=name, when=when, known=None)

    def _derived(self, key: str) -> bool:
        shared = {one.key for one in self.bundle.shared_facts} - self.names.own
        return key in shared or any(key.startswith(f"{member.key}_") for member in self.bundle.members)

    def common(self) -> Iterator[Page]:
        """What several members ask for comes first, a few questions on a page."""
        questions = list(self._common())
        for number, first in enumerate(range(0, len(questions), ON_A_PAGE), 1):
            some = tuple(questions[first : first + ON_A_PAGE])
            yield Page(f"{COMMON}_{number}", "几个部门都要的信息", some, hint="只填一次，各部门共用。")

    def _common(self) -> Iterator[Question]:
        asked = {f"{m.key}.{q.key}": (m, item, page, q) for m, item in self.parts for page, q in _questions(item)}
        for shared in self.bundle.shared_facts:
            found = [asked[name] for name in shared.of if name in asked]
            if found and (when := _any(self._when(m, item, page.when, q.when) for m, item, page, q in found)) != NEVER:
                required = any(q.required for *_, q in found)
                yield replace(found[0][3], key=shared.key, when=when, required=required)

    def pages(self) -> Iterator[Page]:
        for member, item in self.parts:
            for page in item.form.pages:
                own = tuple(self._own(member, item, page))
                if own and (when := self._when(member, item, page.when)) != NEVER:
                    key, hint = f"{member.key}_{page.key}", page.hint or f"{member.name}要用。"
                    yield Page(key, page.title, own, when=when, hint=hint)

    def _own(self, member: Member, item: Item, page: Page) -> Iterator[Question]:
        """The questions of a page that no other member asks and that the bundle does not answer itself."""
        for question in page.questions:
            if (member.key, question.key) not in self.names.facts and not _fixed(member, question.key):
                sources = {one.of for one in member.filled if one.fact == question.key}
                asked = self.names.condition(member, item, question.when)
                when = _all(filter(None, (asked, *self._unsupplied(sources))))
                if when != NEVER:
                    yield replace(question, key=self.names.fact(member.key, question.key), when=when)

    def materials(self) -> Iterator[Material]:
        found: dict[str, list[tuple[Material, Expr | None]]] = {}
        for member, item in self.parts:
            for material in item.materials:
                sources = {one.of for one in member.taken if one.material == material.key}
                when = _all(filter(None, (self._when(member, item, material.when), *self._unsupplied(sources))))
                if when != NEVER:
                    found.setdefault(self.names.material(member.key, material.key), []).append((material, when))
        for name, wanting in found.items():
            made = replace(wanting[0][0], key=name, when=_any(when for _, when in wanting))
            yield promised(made, [material for material, _ in wanting], within=self.bundle.clock.promised)

    def _unsupplied(self, sources: set[str]) -> tuple[Expr, ...]:
        return unsupplied(sources, [other for other, _ in self.parts])

    def others(self) -> Iterator[str]:
        """Who takes part beside the lead: the organs of the members, and with whom each does its part."""
        yield from (item.organ_name for _, item in self.parts if item.organ != self.bundle.organ)
        yield from (name for _, item in self.parts for name in item.cooperating if name != self.bundle.organ_name)

    def conditions(self, field: str) -> Iterator[Condition]:
        """Each says of which members it is a condition, unless all of them have it."""
        found: dict[Condition, list[str]] = {}
        for member, item in self.parts:
            for one in getattr(item, field):
                found.setdefault(one, []).append(member.name)
        for one, names in found.items():
            yield one if len(names) == len(self.parts) else replace(one, text=f"{'、'.join(names)}：{one.text}")

    def fees(self) -> Iterator[Fee]:
        for member, item in self.parts:
            for fee in item.fees:
                if (when := self._when(member, item, fee.when)) != NEVER:
                    yield replace(fee, name=f"{member.name}：{fee.name}", when=when)

    def flow(self) -> Iterator[FlowStage]:
        lead = self.bundle.organ_name
        yield FlowStage("统一受理", lead, "五个工作日内", "材料一次收齐，缺的一次告知", "受理通知书，或者补正告知书")
        for member, item in self.parts:
            limit, criteria = f"受理后{item.clock.promised}内", f"见{item.name}的办事指南"
            yield FlowStage(f"{member.name}：审查、决定", item.organ_name, limit, criteria, item.result.name)
        yield FlowStage("办结", lead, f"受理后{self.bundle.clock.promised}内", "各项都已决定", "一次告知全部结果")
        yield FlowStage("送达", lead, "按各证的送达期限", "按申请人选的方式", "全部证照和文书")

    def steps(self) -> Iterator[Step]:
        for member, item in self.parts:
            needs = dict.fromkeys([*member.after, *given_to(member)])
            yield Step(
                member.key,
                member.name,
                StepKind.CHILD,
                item.organ,
                tuple(needs),
                item.clock.promised,
                member.when,
            )


def _questions(item: Item) -> Iterator[tuple[Page, Question]]:
    for page in item.form.pages:
        for question in page.questions:
            yield page, question


def _answer(item: Item, fixed: Fixed) -> Value:
    """The value as its question takes it (``yes`` is true); raises Unclean where it does not."""
    question = next((q for q in item.form.questions if q.key == fixed.fact), None)
    return (clean(question, fixed.value, date.max) if question else None) or fixed.value


def _fixed(member: Member, key: str) -> bool:
    return any(one.fact == key for one in member.fixed)


def _all(conditions: Iterable[Expr]) -> Expr | None:
    """Where all of them hold; None = always."""
    found = simplify(All(tuple(dict.fromkeys(conditions))))
    return None if found == ALWAYS else found


def _any(conditions: Iterable[Expr | None]) -> Expr | None:
    """Where any of them holds; None = always."""
    found = simplify(AnyOf(tuple(dict.fromkeys(when or ALWAYS for when in conditions))))
    return None if found == ALWAYS else found


@dataclass(frozen=True, slots=True)
class Portion:
    """What one member gets of the bundle's application, under its own names."""

    answers: Mapping[str, Value]
    situations: Mapping[str, str]
    materials: Mapping[str, tuple[str, ...]]


def portion(
    bundle: Item, member: Member, item: Item, *, facts: Mapping[str, Value], files: Mapping[str, tuple[str, ...]]
) -> Portion:
    """One member's share of the cleaned answers and the files of the whole application."""
    names, given = Naming(bundle), {one.fact: one.value for one in member.fixed}
    asked = [*(s.key for s in item.situations), *(q.key for q in item.form.questions)]
    told = {key: value for key in asked if (value := facts.get(names.fact(member.key, key))) is not None} | given
    own = {m.key: files.get(names.material(member.key, m.key), ()) for m in item.materials}
    return Portion(
        answers={q.key: told[q.key] for q in item.form.questions if q.key in told},
        situations={s.key: str(told[s.key]) for s in item.situations if s.key in told},
        materials={key: found for key, found in own.items() if found},
    )


def materials_of(bundle: Item, member: str) -> frozenset[str]:
    """The materials of the bundle that this member needs, by their names there."""
    shared = {one.key: {name.partition(".")[0] for name in one.of} for one in bundle.shared_materials}
    return frozenset(
        material.key
        for material in bundle.materials
        if member in shared.get(material.key, {_member_of(material.key, bundle)})
    )


def _member_of(key: str, bundle: Item) -> str:
    """Whose own material this is: of two members whose keys begin alike, that with the longer key."""
    return max((m.key for m in bundle.members if key.startswith(f"{m.key}_")), key=len, default="")


def faults(bundle: Item, items: Mapping[str, Item]) -> tuple[Fault, ...]:
    """Why a bundle cannot be composed of these items (by member key), each with its place; empty when it can."""
    keys = [member.key for member in bundle.members]
    found = list(_opinions(bundle))
    for index, member in enumerate(bundle.members):
        path = ("members", index)
        if member.key not in items:
            found.append(Fault((*path, "item"), "bundle.item", f"没有编码为 {member.item} 的已发布事项"))
        if member.key in keys[:index]:
            found.append(Fault((*path, "key"), "bundle.twice", f"并联事项 {member.key} 写了两次"))
        for need in {*member.after, *given_to(member)} - set(keys):
            found.append(Fault((*path, "after"), "bundle.after", f"没有并联事项 {need}"))
    if found:
        return tuple(found)
    found += [fault for index, member in enumerate(bundle.members) for fault in _unknown(index, member, items)]
    found += _unfillable(bundle, items)
    for row, one in enumerate(bundle.shared_facts):
        found += _unlike(one, bundle=bundle, items=items, path=("shared_facts", row))
    for row, one in enumerate(bundle.shared_materials):
        known = {f"{key}.{m.key}" for key, item in items.items() for m in item.materials}
        found += [
            Fault(("shared_materials", row, "of"), "bundle.material", f"没有材料 {n}") for n in set(one.of) - known
        ]
    return tuple(found)


def _opinions(bundle: Item) -> Iterator[Fault]:
    """An organ must have said what is missing before the lead has to give its one notice."""
    whole = bundle.clock.acceptance
    for index, member in enumerate(bundle.members):
        own = member.opinion
        if own and whole and own.unit is whole.unit and own.number >= whole.number:
            told = f"{member.name}提材料意见的期限应当短于受理期限，牵头部门才来得及一次告知"
            yield Fault(("members", index, "opinion"), "bundle.opinion", told)


def _unknown(index: int, member: Member, items: Mapping[str, Item]) -> Iterator[Fault]:
    item = items[member.key]
    asked = {s.key for s in item.situations} | {q.key for q in item.form.questions}
    for one in member.fixed:
        if one.fact not in asked:
            yield Fault(("members", index, "fixed"), "bundle.fixed", f"{member.name}没有 {one.fact} 这个问题")
    materials = {material.key for material in item.materials}
    for taken in member.taken:
        if taken.material not in materials:
            yield Fault(("members", index, "taken"), "bundle.taken", f"{member.name}没有材料 {taken.material}")


def _unfillable(bundle: Item, items: Mapping[str, Item]) -> Iterator[Fault]:
    """A result is told in words or as a day, to a question that no other member shares."""
    shared = _names(bundle.shared_facts)
    for index, member in enumerate(bundle.members):
        questions = items[member.key].form.questions
        written = {q.key: q.kind for q in questions if (member.key, q.key) not in shared}
        for one in member.filled:
            if written.get(one.fact) not in (_DAYS if one.gives is Gives.ISSUED else {QuestionKind.TEXT}):
                told = f"{member.name}没有单独问、能填进这项结果的 {one.fact}"
                yield Fault(("members", index, "filled"), "bundle.filled", told)


def _unlike(shared: Shared, *, bundle: Item, items: Mapping[str, Item], path: tuple[str | int, ...]) -> Iterator[Fault]:
    """A shared fact must be the same kind of answer for all, and for the bundle that asks it itself."""
    known: dict[str, object] = {}
    for key, item in items.items():
        known |= {f"{key}.{s.key}": _choice(s) for s in item.situations}
        known |= {f"{key}.{q.key}": (q.kind, tuple(o.value for o in q.options)) for q in item.form.questions}
    own = next((_choice(s) for s in bundle.situations if s.key == shared.key), None) if shared.own else None
    if shared.own and own is None:
        yield Fault((*path, "own"), "bundle.own", f"一件事自己没有情形 {shared.key}，请写上，或者去掉 own")
    for name in shared.of:
        if name not in known:
            yield Fault((*path, "of"), "bundle.fact", f"没有问题 {name}")
        elif known[name] != (own or known.get(shared.of[0], known[name])):
            yield Fault((*path, "of"), "bundle.unlike", f"{name} 与 {shared.key} 不是同一种回答，不能合并")


def _choice(situation: Situation) -> object:
    return "situation", tuple(option.value for option in situation.options)
