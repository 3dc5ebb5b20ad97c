"""利害关系人 at the desk: looked up in the registers by number, or named as they say where no register has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases import queries
from onedoor.cases.rules.hearing import Newcomer
from onedoor.cases.rules.tasks import target_of
from onedoor.desk.review.hearing import hearing_acts
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_id_number, why_not_uscc
from onedoor.kernel.errors import FieldError, Forbidden, Invalid
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading

if TYPE_CHECKING:
    from onedoor.desk.review.posted import Posted

PURPOSE = "列明利害关系人：核对身份，通知本人"


def newcomer(p: Posted) -> Newcomer:
    """Whoever the form names. With a number, name and party are the register's; Invalid where no register has it.

    The read of a person is recorded with the case, and shown to that person.
    """
    number, mobile, concern = normalise(p.text("party_number")), p.text("mobile"), p.text("concern")
    if not number:
        return Newcomer(p.text("name"), mobile, concern)
    if not why_not_id_number(number, local_date(p.at)):
        party, name = _person(p, number)
    elif not why_not_uscc(number):
        entity = registries.entity_by_uscc(number)
        party, name = (entity.ref, entity.facts.name) if entity else ("", "")
    else:
        raise Invalid(
            [FieldError("party_number", _("号码不对：请填 18 位身份证号或者统一社会信用代码，核对最后一位。"))]
        )
    if not party:
        told = _("登记库里没有这个号码。请核对；确实没有登记的，清空号码，填写姓名和手机。")
        raise Invalid([FieldError("party_number", told)])
    return Newcomer(name, mobile, concern, party)


def _person(p: Posted, number: str) -> tuple[str, str]:
    """Forbidden, and nobody is looked up, where this officer may not name anybody in this case now."""
    page = queries.case_page(p.number, by=p.by, on=local_date(p.at))
    if "name_interested" not in dict(hearing_acts(page, by=p.by)):
        raise Forbidden
    reading = Reading(PURPOSE, p.at, case=p.number, target=target_of(page.case))
    found = registries.find_person_by_id_number(number, by=p.by, reading=reading)
    if found is None:
        return "", ""
    if not found.phone and not p.text("mobile"):
        raise Invalid([FieldError("mobile", _("登记库里没有这个人的电话，请填手机：通知要发到手机上。"))])
    return found.ref, found.name
