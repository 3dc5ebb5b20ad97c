"""委托书 shown at the counter: asked for where somebody acts for the applicant and nothing is recorded yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.access.rules import APPLICANT_ACTS, MandateKind, MandateTerms, check_terms
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind, clean_page
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from onedoor.hall.rules import Visit
    from onedoor.vault.rules import StoredFile

EVIDENCE = "shown-mandate"  # where the scan of the paper lies; no material's key holds a hyphen
_FIELDS = {"valid_to": "mandate_until", "evidence": f"materials.{EVIDENCE}", "principal": "mandate_kind"}


def form_of(visit: Visit) -> Form:
    """What is asked of the paper; a company's agent needs no kind."""
    asked = (_scope(), _until()) if visit.for_entity else (_kind(), _scope(), _until())
    return Form((Page(EVIDENCE, _("委托书"), asked),))


def _kind() -> Question:
    kinds = (
        Option(str(MandateKind.DELEGATION), _("委托书"), _("申请人签名的委托书和双方身份证")),
        Option(str(MandateKind.GUARDIAN), _("监护人"), _("替未成年人办，凭户口簿或者出生医学证明")),
    )
    return Question("mandate_kind", _("凭什么代办"), QuestionKind.CHOICE, options=kinds)


def _scope() -> Question:
    scopes = (Option("this", _("只办这一项")), Option("all", _("全部事项")))
    return Question("mandate_scope", _("委托办理哪些事项"), QuestionKind.CHOICE, options=scopes)


def _until() -> Question:
    return Question("mandate_until", _("到哪一天为止"), QuestionKind.DATE, hint=_("照委托书填写，当天仍有效。"))


def typed(visit: Visit, data: QueryDict) -> Mapping[str, str | list[str]]:
    """What was typed, or the commonest case on a fresh page."""
    if "mandate_scope" not in data and "mandate_until-year" not in data:
        return {"mandate_kind": str(MandateKind.DELEGATION), "mandate_scope": "this"}
    return raw_answers(data, form_of(visit).questions)


def terms_of(
    visit: Visit, given: Mapping[str, str | list[str]], *, item: str, scans: tuple[StoredFile, ...], today: date
) -> MandateTerms:
    """The mandate that the paper gives. Raises Invalid with every fault, each at its field."""
    cleaned = clean_page(form_of(visit), EVIDENCE, given, today=today)
    errors = list(cleaned.errors)
    if not scans:
        errors.append(FieldError(f"materials.{EVIDENCE}", _("请扫描或拍照上传委托书（证明材料）和双方身份证件。")))
    if errors:
        raise Invalid(errors)
    kind = MandateKind.COMPANY_AGENT if visit.for_entity else MandateKind(str(cleaned.values["mandate_kind"]))
    terms = MandateTerms(
        kind=kind,
        principal=visit.applicant,
        agent=visit.stands,
        acts=APPLICANT_ACTS,
        valid_from=today,
        valid_to=date.fromisoformat(str(cleaned.values["mandate_until"])),
        items=None if cleaned.values["mandate_scope"] == "all" else frozenset({item}),
        evidence=scans[0].id,
    )
    if kind is not MandateKind.GUARDIAN:  # a child's age is asked of the register when the mandate is recorded
        try:
            check_terms(terms, on=today)
        except Invalid as fault:
            raise Invalid(map(_own, fault.errors)) from fault
    return terms


def at_field(error: FieldError) -> FieldError:
    """A fault of the mandate (``mandate.…``), at the field of this page; any other as it is."""
    context, _, name = error.field.partition(".")
    if context != "mandate":
        return error
    return FieldError(_FIELDS.get(name, "mandate_kind"), error.message)


def _own(error: FieldError) -> FieldError:
    return FieldError(_FIELDS.get(error.field, "mandate_kind"), error.message)
