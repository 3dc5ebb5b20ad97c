"""The papers of an item before anybody holds one: forms and samples, and what its result will look like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onedoor.documents import rules as documents
from onedoor.items.rules import paper
from onedoor.items.rules.codes import ResultKind
from onedoor.items.rules.trial.values import Failure, Trouble
from onedoor.items.rules.values import Item, ItemVersion
from onedoor.kernel.errors import Invalid
from onedoor.kernel.tree import Path

RESULTS = {"licence": documents.LicenceFace.template, "decision": documents.GrantDecision.template}
"""What ``result.template`` may name, and which document that is."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One paper: where the item speaks of it, what it is called, and what stands on it."""

    path: Path
    name: str
    document: documents.Document


def as_published(item: Item, *, on: date) -> ItemVersion:
    """The item as it would be published: its first version."""
    values = {name: getattr(item, name) for name in Item.__dataclass_fields__}
    return ItemVersion(**values, id=0, number=1, digest="", published_on=on, effective_from=on)


def drawn(item: ItemVersion, *, writer: paper.Writer) -> Iterator[Drawn]:
    """Every paper that people can take from the guide, blank and filled in. ValueError where a sample has no answer."""
    if item.form.pages:
        name = paper.form_name(item)
        yield Drawn(("form",), f"空白的“{name}”", paper.own_form(item))
        yield Drawn(("form",), f"“{name}”的示范文本", paper.own_form(item, writer=writer))
    for index, material in enumerate(item.materials):
        if paper.paper_key(material) in {"", paper.OWN_FORM}:
            continue
        for told, sample in (("空白的“%s”", False), ("“%s”的示范文本", True)):
            made = paper.other_paper(item, material, writer.stationery, sample=sample)
            yield Drawn(("materials", index), told % material.name, made)


def paper_failures(item: Item, *, writer: paper.Writer) -> Iterator[Failure]:
    """What is wrong with them, without drawing them: the elements that the law requires, and the result's template."""
    papers = drawn(as_published(item, on=writer.today), writer=writer)
    while True:
        try:
            one = next(papers, None)
        except (ValueError, KeyError) as error:
            yield Failure(Trouble.PAPER, ("form",), f"申请表的示范文本做不出来：{error.args[0]}。")
            return
        if one is None:
            break
        if why := faults_of(one.document):
            yield Failure(Trouble.PAPER, one.path, f"来拿表格的人拿不到{one.name}：{why}")
    result = item.result
    if result.kind is not ResultKind.NONE and result.template not in RESULTS:
        told = f"申请办成了，却发不出“{result.name}”：没有“{result.template}”这种文书模板，可用 {'、'.join(RESULTS)}。"
        yield Failure(Trouble.PAPER, ("result", "template"), told)


def faults_of(document: documents.Document) -> str:
    """What the law requires of it and it lacks; "" where it is complete."""
    try:
        documents.check(document)
    except Invalid as invalid:
        return "".join(dict.fromkeys(error.message for error in invalid.errors))
    return ""
