"""What nobody has to bring to a bundle, or to answer there: it is the result of another of its members."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from onedoor.items.rules.lint.reach import world
from onedoor.items.rules.values import Item, Member
from onedoor.kernel.expr import Expr, simplify
from onedoor.kernel.expr.nodes import All, Literal, Not
from onedoor.kernel.journey import Form


def unsupplied(sources: Collection[str], members: Iterable[Member]) -> tuple[Expr, ...]:
    """Where none of these members' results come, as conditions that must all hold; none: nobody supplies it."""
    return tuple(Not(other.when or Literal(True)) for other in members if other.key in sources)


def without_supplied(whole: Item, *, materials: Collection[str], facts: Collection[str]) -> Item:
    """Without the materials and questions that, however people answer, are always the result of another member."""
    doubtful = {m.key: m.when for m in whole.materials if m.key in materials and m.when}
    asked = {
        question.key: simplify(All(tuple(when for when in (page.when, question.when) if when)))
        for page in whole.form.pages
        for question in page.questions
        if question.key in facts
    }
    known = world(whole, [*doubtful.values(), *asked.values()])
    never = {key for key, when in (doubtful | asked).items() if not known.possible(when)}
    pages = (
        replace(page, questions=tuple(q for q in page.questions if q.key not in never)) for page in whole.form.pages
    )
    return replace(
        whole,
        materials=tuple(m for m in whole.materials if m.key not in never),
        form=Form(tuple(page for page in pages if page.questions)),
    )


def given_to(member: Member) -> tuple[str, ...]:
    """The members whose results this one needs, as material or as answer, each once."""
    return tuple(dict.fromkeys([one.of for one in member.taken] + [one.of for one in member.filled]))
