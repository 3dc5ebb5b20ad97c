"""初步审查意见: what is sent to the upper level, with a list of all that goes along."""

from __future__ import annotations

from dataclasses import replace

from onedoor.cases.rules.application import FORM
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.lifecycle import is_permit
from onedoor.cases.rules.numbering import Paper
from onedoor.cases.rules.papers.citing import cited, in_words
from onedoor.cases.rules.papers.issued import Issued
from onedoor.cases.rules.papers.noting import ERASED
from onedoor.cases.rules.papers.writing import Matter, as_kind, head_of
from onedoor.cases.rules.values import Verdict
from onedoor.documents import rules as documents
from onedoor.kernel.law import law

_ADVICE = {Verdict.PASSED: "经初审，符合条件，建议准予。", Verdict.FAILED: "经初审，不符合条件，建议不予。"}


@law("行政许可法", 35, 43)
def _report(matter: Matter, one: Issued) -> documents.Document:
    event, case, item = as_kind(u.ReportedUpward, one.fact), matter.case, matter.item
    names = {material.key: material.name for material in item.materials} | {FORM: "申请表"}
    return documents.UpwardReport(
        head=replace(head_of(matter, one), addressee=event.organ, agent=""),
        applicant=case.applicant_name or ERASED,
        accepted_on=case.accepted or case.received,
        advice=_ADVICE[event.verdict],
        opinion=event.opinion or ERASED,
        way=event.way,
        materials=tuple(names.get(key, key) for key in event.materials) or ("申请表",),
        basis=tuple(in_words(cited(basis)) for basis in item.basis[:1]),
        within=str(event.limit) if event.limit else "",
        permit=is_permit(item),
    )


WRITERS = {Paper.UPWARD: _report}
