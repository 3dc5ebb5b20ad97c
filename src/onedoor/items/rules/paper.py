"""格式文本 and 示范文本: the item's own form and its other papers, blank or filled in, made and not stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onedoor.documents.rules import FormChoice, FormRow, FormSection, PaperForm
from onedoor.items.rules import synthetic
from onedoor.items.rules.codes import MaterialKind, Source
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.uploads import Upload
from onedoor.items.rules.values import Item, ItemVersion, Material
from onedoor.kernel import codes
from onedoor.kernel.expr import Expr, Value, describe
from onedoor.kernel.journey import Question, QuestionKind, applicable
from onedoor.kernel.journey.cleaning import Unclean, clean
from onedoor.kernel.law import law

OWN_FORM = "form"  # in addresses: the application form itself; materials are named by their keys
APPLICATIONS = frozenset({OWN_FORM, "application"})  # keys of the application, also where it is brought on paper
TRUTH = "以上内容真实。隐瞒有关情况或者提供虚假材料的，依法承担责任。"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a kind of paper, with what a sample says there."""

    label: str
    sample: str = ""
    lines: int = 1
    choices: tuple[str, ...] = ()
    ticked: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: the words in a material's name that call for it, and what stands on it."""

    key: str
    words: tuple[str, ...]
    text: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    closing: tuple[str, ...]
    signatures: tuple[str, ...]
    frame: int


@dataclass(frozen=True, slots=True)
class Stationery:
    """All kinds of paper, and the answers of samples by words in a question's label (``items/data/paper.yaml``)."""

    kinds: tuple[Kind, ...]
    answers: tuple[tuple[tuple[str, ...], str], ...]

    def kind_of(self, name: str) -> Kind:
        """The kind for a paper of this name; the last one, which asks for no word, serves for all others."""
        return next((kind for kind in self.kinds if any(word in name for word in kind.words)), self.kinds[-1])


def stationery_from(tree: Mapping[str, Any]) -> Stationery:
    """Stationery out of its YAML tree; KeyError where something is missing."""
    answers = tuple((tuple(row["words"]), str(row["value"])) for row in tree["answers"])
    return Stationery(tuple(_kind(kind) for kind in tree["kinds"]), answers)


def _kind(tree: Mapping[str, Any]) -> Kind:
    sections = tuple((part["title"], tuple(_row(row) for row in part["rows"])) for part in tree["sections"])
    return Kind(
        tree["key"],
        tuple(tree["words"]),
        tuple(tree["text"]),
        sections,
        tuple(tree.get("closing", ())),
        tuple(tree["signatures"]),
        int(tree.get("frame", 0)),
    )


def _row(tree: Mapping[str, Any]) -> Row:
    words = tuple(map(str, tree.get("choices", ())))
    return Row(tree["label"], str(tree.get("sample", "")), int(tree.get("lines", 1)), words, int(tree.get("ticked", 0)))


@law("行政许可法", 30)
def paper_key(material: Material) -> str:
    """Under which name a material can be had blank and as a sample; "" for what other organs issue.

    Every 申请表格文书 can, and whatever its item says has a blank. The application itself is the item's own form.
    """
    if material.source is Source.FORM or (material.kind is MaterialKind.FORM and material.key in APPLICATIONS):
        return OWN_FORM
    ours = material.kind is MaterialKind.FORM or material.blank_form or material.blank_file or material.sample_file
    return material.key if ours else ""


def papers_of(item: Item) -> tuple[tuple[str, str], ...]:
    """All papers of an item that can be had: key and name, the application form first."""
    own = ((OWN_FORM, form_name(item)),) if item.form.pages or uploaded(item, OWN_FORM) else ()
    others = tuple((paper_key(m), m.name) for m in item.materials if paper_key(m) not in {"", OWN_FORM})
    return own + others


def uploaded(item: Item, key: str, *, sample: bool = False) -> Upload | None:
    """The file that its organ uploaded in place of a paper, blank or filled in; None where the paper is made."""
    held = (m.sample_file if sample else m.blank_file for m in item.materials if paper_key(m) == key)
    return next((upload for upload in held if upload), None)


def form_name(item: Item) -> str:
    """The name of the application form: that of the material it stands for, else made from the item's."""
    return next((m.name for m in item.materials if paper_key(m) == OWN_FORM), f"{item.name}申请表")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who fills a sample in, and on which day: nothing of it belongs to anybody."""

    stationery: Stationery
    today: date
    area: str
    place: Callable[[str], str]

    def answer(self, question: Question) -> object:
        """A believable answer that the question accepts, else a plain synthetic one."""
        if question.options or question.kind in _AS_THEY_ARE:
            return synthetic.answer(question, today=self.today, area=self.area)
        for words, value in self.stationery.answers:
            if any(word in question.label for word in words) and _accepts(question, value, self.today):
                return value
        return synthetic.answer(question, today=self.today, area=self.area)

    def shown(self, question: Question, value: object) -> str:
        """The answer as it is written on paper."""
        if question.kind is QuestionKind.AREA:
            return self.place(str(value))
        if question.kind in {QuestionKind.DATE, QuestionKind.PAST_DATE}:
            day = date.fromisoformat(str(value))
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{value}{' ' + question.unit if question.unit else ''}"


_AS_THEY_ARE = frozenset(
    {QuestionKind.AREA, QuestionKind.YES_NO, QuestionKind.ID_NUMBER, QuestionKind.USCC, QuestionKind.MOBILE}
)


def _accepts(question: Question, value: str, today: date) -> bool:
    try:
        return clean(question, value, today) is not None
    except Unclean:
        return False


def sample_answers(item: Item, *, writer: Writer) -> dict[str, object]:
    """Answers to every question that the first situation of an item asks. Deterministic."""
    entity = {question.prefill.partition(".")[0] for question in item.form.questions} & {"entity"}
    facts: dict[str, Value] = {"applicant.kind": "entity" if entity else "person", "applicant.agent": False}
    facts |= synthetic.situations(item)
    given: dict[str, object] = {}
    while open_ := [q for _, qs in applicable(item.form, given, facts=facts) for q in qs if q.key not in given]:
        given[open_[0].key] = writer.answer(open_[0])
    return given


@law("行政许可法", "29(1)")
def own_form(item: ItemVersion, *, writer: Writer | None = None) -> PaperForm:
    """The item's form on paper: every question where blank, those of one believable case where a writer fills it in."""
    given = sample_answers(item, writer=writer) if writer else {}
    words = labels_of(item)
    sections = []
    for page in item.form.pages:
        asked = [question for question in page.questions if writer is None or question.key in given]
        rows = tuple(_answered(question, given.get(question.key), writer=writer, words=words) for question in asked)
        if rows:
            sections.append(FormSection(title=page.title, rows=rows, note=_only(page.when, words, writer)))
    return PaperForm(
        title=form_name(item),
        organ=item.organ_name,
        item=item.name,
        edition=f"第 {item.number} 版",
        sections=(*_situations(item, writer), *sections),
        closing=(TRUTH,),
        signatures=("申请人（签名或者盖章）",),
        notes=("本表不收费，可以打印填写，也可以在网上填写，效力相同。", "不会填的，到窗口请工作人员帮助填写。"),
        sample=writer is not None,
    )


def _situations(item: Item, writer: Writer | None) -> tuple[FormSection, ...]:
    chosen = synthetic.situations(item) if writer else {}
    rows = tuple(
        FormRow(
            label=situation.question.rstrip("？?"),
            choices=tuple(
                FormChoice(label=o.label, ticked=chosen.get(situation.key) == o.value) for o in situation.options
            ),
        )
        for situation in item.situations
        if writer is None or situation.key in chosen
    )
    return (FormSection(title="您的情形", rows=rows),) if rows else ()


def _answered(question: Question, value: object, *, writer: Writer | None, words: Mapping[str, str]) -> FormRow:
    only = _only(question.when, words, writer)
    more = "（选填）" if not question.required and writer is None else ""
    unit = f"（{question.unit}）" if question.unit and writer is None else ""
    row = FormRow(label=f"{question.label}{unit}{more}", hint="；".join(filter(None, (only, _hint(question, writer)))))
    if question.options or question.kind is QuestionKind.YES_NO:
        return replace(row, choices=_boxes(question, value))
    if writer is not None:
        return replace(row, value=writer.shown(question, value))
    return replace(row, lines=4 if question.kind is QuestionKind.TEXTAREA else 1)


def _boxes(question: Question, value: object) -> tuple[FormChoice, ...]:
    if question.kind is QuestionKind.YES_NO:
        return FormChoice(label="是", ticked=value is True), FormChoice(label="否", ticked=value is False)
    chosen = value if isinstance(value, list) else [value]
    return tuple(FormChoice(label=option.label, ticked=option.value in chosen) for option in question.options)


def _hint(question: Question, writer: Writer | None) -> str:
    return question.hint if writer is None else ""


def _only(when: Expr | None, words: Mapping[str, str], writer: Writer | None) -> str:
    return f"只在这种情形填写：{describe(when, words)}" if when is not None and writer is None else ""


@law("行政许可法", "29(1)")
def other_paper(item: ItemVersion, material: Material, stationery: Stationery, *, sample: bool = False) -> PaperForm:
    """委托书, 承诺书, 说明 …: what the kind of paper says, about this item and this material."""
    kind = stationery.kind_of(material.name)
    told = {
        "item": item.name, "organ": item.organ_name, "name": material.name, "told": material.instruction,
        "id": codes.make_id_number("530524", date(1960, 5, 12), 2),
        "id2": codes.make_id_number("530524", date(1985, 8, 3), 1),
    }  # fmt: skip
    sections = tuple(
        FormSection(title=title, rows=tuple(_line(row, told, sample=sample) for row in rows))
        for title, rows in kind.sections
    )
    return PaperForm(
        title=material.name,
        organ=item.organ_name,
        item=item.name,
        edition=f"第 {item.number} 版",
        sections=sections,
        text=_filled(kind.text, told),
        closing=_filled(kind.closing, told),
        signatures=kind.signatures,
        notes=tuple(filter(None, (f"工作人员会看：{material.criteria}" if material.criteria else "", "本表不收费。"))),
        frame=kind.frame,
        sample=sample,
    )


def _line(row: Row, told: Mapping[str, str], *, sample: bool) -> FormRow:
    boxes = tuple(FormChoice(label=word, ticked=sample and n < row.ticked) for n, word in enumerate(row.choices))
    value = row.sample.format_map(told) if sample and not boxes else ""
    return FormRow(label=row.label, value=value, lines=row.lines, choices=boxes)


def _filled(texts: Sequence[str], told: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(text for text in (text.format_map(told).strip() for text in texts) if text)


def uploads_of(item: Item) -> Iterator[tuple[int, str, Upload]]:
    """Every upload of an item: the number of its material, the field, the file."""
    for number, material in enumerate(item.materials):
        for field, held in (("blank_file", material.blank_file), ("sample_file", material.sample_file)):
            if held is not None:
                yield number, field, held
