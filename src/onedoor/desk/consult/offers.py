"""What the acting pane offers for one question: each act with its fields, the first one open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from onedoor.hotline.rules import State
from onedoor.kernel.clock import local_date
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.orgs import queries as orgs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from onedoor.hotline import rules
    from onedoor.hotline.queries import Powers


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: its label, the button's words, its questions, what stands in them, templates to choose from."""

    key: str
    label: str
    button: str
    questions: tuple[Question, ...] = ()
    values: Mapping[str, str] | None = None
    templates: tuple[str, ...] = ()
    hint: str = ""


def offers_of(
    one: rules.Question, may: Powers, service: rules.Service, *, at: datetime, template: str = ""
) -> tuple[Offer, ...]:
    """The acts that this officer may try now; the commands decide. ``template``: how the answer begins."""
    return tuple(_offers(one, may, service, at=at, opening=service.templates.get(template, "")))


def _offers(one: rules.Question, may: Powers, service: rules.Service, *, at: datetime, opening: str) -> Iterator[Offer]:
    if one.state is State.DISPATCHED and may.answer:
        yield _answer(one, service, opening)
    if one.state is State.CHECKING and may.check:
        yield Offer("check", _("审核通过"), _("通过并发出"), hint=(one.draft.text or "") if one.draft else "")
        yield Offer("send_back", _("退回修改"), _("退回"), (_reason(_("哪里要改")),))
    if one.state in {State.WAITING, State.DISPATCHED} and may.dispatch and not one.final:
        yield _dispatch(one)
    if one.state is State.DISPATCHED and may.answer and _returnable(one, service, at):
        rule = service.return_rule(local_date(at))
        yield Offer(
            "return",
            _("退回派单台"),
            _("退回"),
            (_reason(_("为什么不归本机关，该由谁答复")),),
            hint=rule.basis,
        )
    if not one.open and may.answer:
        yield _withdraw() if one.published else _publish(one)


def _returnable(one: rules.Question, service: rules.Service, at: datetime) -> bool:
    span = service.return_rule(local_date(at)).span
    return not one.final and one.dispatched_at is not None and at - one.dispatched_at <= span


def _answer(one: rules.Question, service: rules.Service, opening: str) -> Offer:
    checked = service.needs_check(one.organ)
    button = _("送负责人审核") if checked else _("答复，并告诉提问人")
    field = Question("answer", _("答复"), QuestionKind.TEXTAREA, max_length=1000)
    return Offer("answer", _("答复"), button, (field,), {"answer": opening}, tuple(service.templates))


def _dispatch(one: rules.Question) -> Offer:
    known = orgs.organs(timezone.localdate())
    organs = tuple(Option(organ.code, organ.name) for organ in known if organ.code != one.organ)
    final = Question(
        "final", _("裁定"), QuestionKind.CHOICES, options=(Option("yes", _("裁定由它答复，不得再退")),),
        required=False,
    )  # fmt: skip
    asked = (
        Question("organ", _("由谁答复"), QuestionKind.CHOICE, options=organs),
        final,
        _reason(_("说明"), False),
    )
    return Offer("dispatch", _("派单"), _("派单"), asked)


def _publish(one: rules.Question) -> Offer:
    hint = _("公开后人人可见。改写成一般的问法，不要留姓名、电话、证件号和具体情形。")
    asked = Question("asked", _("公开的问题"), QuestionKind.TEXTAREA, max_length=1000)
    answered = Question("answered", _("公开的答复"), QuestionKind.TEXTAREA, max_length=1000)
    last = one.turn.answer
    values = {"asked": one.turn.text or "", "answered": (last.text or "") if last else ""}
    return Offer("publish", _("公开为问答"), _("公开"), (asked, answered), values, hint=hint)


def _withdraw() -> Offer:
    return Offer("withdraw", _("撤下公开的问答"), _("撤下"), (_reason(_("为什么撤下")),))


def _reason(label: str, required: bool = True) -> Question:
    return Question("reason", label, QuestionKind.TEXTAREA, required=required, max_length=1000)
