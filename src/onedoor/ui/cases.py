"""A case in the words and parts of the design system, as both faces show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.cases.queries import sent_papers
from onedoor.cases.rules.application import asked
from onedoor.cases.rules.clocks import CLOCK_NAMES, Running
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import Outcome, PaperForm, Pledge
from onedoor.documents.rules import chinese_date
from onedoor.items.rules.codes import Source
from onedoor.kernel.clock import Unit, local_date
from onedoor.kernel.codes import mask_id, mask_phone
from onedoor.kernel.errors import NotFound
from onedoor.kernel.journey import QuestionKind
from onedoor.orgs import queries as orgs
from onedoor.ui.parts import ClockBox, Fact, Tag, Tone

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage, SentPaper
    from onedoor.cases.rules.values import State
    from onedoor.items.rules import Material
    from onedoor.kernel.expr import Value
    from onedoor.kernel.journey import Question

UNITS = {Unit.WORKDAY: gettext_lazy("个工作日"), Unit.DAY: gettext_lazy("日"), Unit.MONTH: gettext_lazy("日")}
MASKS = {
    QuestionKind.ID_NUMBER: mask_id,
    QuestionKind.MOBILE: mask_phone,
    QuestionKind.PHONE: mask_phone,
}
SOURCES = {
    Source.APPLICANT: (gettext_lazy("自行提交"), Tone.NONE),
    Source.LICENCE: (gettext_lazy("电子证照 · 免提交"), Tone.GO),
    Source.SHARED: (gettext_lazy("部门共享 · 免提交"), Tone.GO),
    Source.FORM: (gettext_lazy("由申请表生成"), Tone.GO),
    Source.OTHER: (gettext_lazy("其他来源"), Tone.NONE),
}
PROMISED = {
    Pledge.LATER: gettext_lazy("承诺后补"),
    Pledge.INSTEAD: gettext_lazy("承诺代替"),
}
PAPER_FORMS = {
    PaperForm.ORIGINAL: gettext_lazy("原件"),
    PaperForm.COPY: gettext_lazy("复印件"),
    PaperForm.BOTH: gettext_lazy("复印件，已核对原件"),
}


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """One material of the case with its files."""

    key: str
    name: str
    note: str
    source: Tag
    files: tuple[str, ...]


def state_tag(state: State, outcome: Outcome | None) -> Tag:
    """How far a case is, for officers: 准予 in green, what is under way in amber, any other end without colour."""
    if outcome is None:
        return Tag(STATE_NAMES[state], Tone.WAIT)
    return Tag(OUTCOME_NAMES[outcome], Tone.GO if outcome is Outcome.GRANTED else Tone.NONE)


def clock_boxes(page: CasePage) -> tuple[ClockBox, ...]:
    """Every running limit: what is left, the article, what is excluded and why."""
    return tuple(clock_box(running, page) for running in page.clocks)


def _headline(left: int, unit: str) -> str:
    """Days left, or days over (negative), in words."""
    if left < 0:
        return _("已超 %(over)s %(unit)s") % {"over": -left, "unit": unit}
    return _("还剩 %(left)s %(unit)s") % {"left": left, "unit": unit} if left else _("今天到期")


def clock_box(running: Running, page: CasePage) -> ClockBox:
    """One limit as a box."""
    unit = UNITS[running.clock.limit.unit]
    late = running.left < 0
    headline = _headline(running.left, str(unit))
    due = running.due.date
    lines = [_("最迟%(year)s年%(month)s月%(day)s日") % {"year": due.year, "month": due.month, "day": due.day}]
    if running.due.provisional:
        lines[0] += _("（暂定：该年放假安排尚未公布）")
    stops = dict.fromkeys(stop.name for stop in running.clock.exclusions)
    lines += [_("%(ground)s期间依法不计入。") % {"ground": name} for name in stops]
    if running.clock.added:
        lines.append(_("已批准延长 %(added)s %(unit)s。") % {"added": running.clock.added, "unit": unit})
    name = CLOCK_NAMES[running.kind]
    tone = Tone.STOP if late else Tone.TODO if running.left <= 1 else Tone.NONE
    return ClockBox(name, headline, tuple(lines), (_("依据：%(basis)s") % {"basis": running.clock.limit.basis},), tone)


def organ_name(page: CasePage, code: str) -> str:
    """The name of an organ that has a part in the case."""
    if code == page.item.organ:
        return page.item.organ_name
    try:
        return orgs.organ(code).name
    except NotFound:
        return page.item.organ_name


def answer_facts(page: CasePage, *, masked: bool = False) -> tuple[Fact, ...]:
    """The form as it was filled in; hidden questions were never asked. ``masked``: numbers shown in part."""
    if page.answers is None:
        return (Fact(_("申请信息"), _("个人信息已依法删除。")),)
    situations = [
        Fact(situation.question, _label(situation.options, page.answers[situation.key]))
        for situation in page.item.situations
        if situation.key in page.answers
    ]
    questions = [
        Fact(question.label, _told(page, question, masked=masked))
        for question in page.item.form.questions
        if question.key in page.answers
    ]
    return (*situations, *questions)


def _told(page: CasePage, question: Question, *, masked: bool) -> str:
    """One answer, and whence it came where no person gave it."""
    value = shown(question, (page.answers or {})[question.key], masked=masked)
    source = page.case.filled.get(question.key)
    return value + "\n" + _("系统从%(source)s自动填入，不能改") % {"source": source} if source else value


def shown(question: Question, value: Value, *, masked: bool = False) -> str:
    """One answer in words."""
    if masked and question.kind in MASKS:
        return MASKS[question.kind](str(value))
    if question.kind is QuestionKind.YES_NO:
        return _("是") if value else _("否")
    if question.kind is QuestionKind.AREA:
        return areas.path(str(value))
    if isinstance(value, list | tuple):
        return "、".join(_label(question.options, each) for each in value)
    return _label(question.options, value) + (f" {question.unit}" if question.unit else "")


def _label(options: object, value: object) -> str:
    found = [option.label for option in options if option.value == value]  # type: ignore[attr-defined]
    return found[0] if found else str(value)


def material_rows(page: CasePage) -> tuple[MaterialRow, ...]:
    """The materials of this situation, each with its source and its files."""
    return tuple(
        MaterialRow(
            material.key,
            material.name,
            "；".join(filter(None, (_on_paper(page, material.key), material.criteria))),
            _from(page, material),
            page.case.materials.get(material.key, ()),
        )
        for material in asked(page.item, page.answers or {})
    )


def _from(page: CasePage, material: Material) -> Tag:
    promised = page.case.promised.get(material.key)
    return Tag(str(PROMISED[promised]), Tone.WAIT) if promised else source_tag(material.source)


def source_tag(source: Source) -> Tag:
    """Where a material comes from."""
    words, tone = SOURCES[source]
    return Tag(str(words), tone)


def _on_paper(page: CasePage, key: str) -> str:
    form = page.case.paper.get(key)
    return _("窗口已收纸质%(form)s") % {"form": PAPER_FORMS[form]} if form else ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One document that was sent: ``key`` names it in an address, ``state`` says whether it was read or served."""

    key: str
    name: str
    number: str
    dated: date
    to: str
    state: str


def papers(page: CasePage) -> tuple[PaperRow, ...]:
    """The documents of the case, the earliest first, each as it was sent."""
    return tuple(
        PaperRow(one.key, one.name(page.item), one.number, one.dated, sent.to, _paper_state(sent, page))
        for sent in sent_papers(page)
        for one in (sent.issued,)
    )


def _paper_state(sent: SentPaper, page: CasePage) -> str:
    case, paper = page.case, sent.issued.paper
    if paper is Paper.DECISION and case.delivered:
        return _("%(date)s送达") % {"date": chinese_date(case.delivered)}
    if paper is Paper.INTAKE:
        return _("当面交付")
    if sent.read_at:
        return _("%(date)s已读") % {"date": chinese_date(local_date(sent.read_at))}
    return _("已通知，还没有读") if sent.told_at else _("还没有通知")
