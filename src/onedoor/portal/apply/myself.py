"""就是本人: whoever fills in is often also the manager, the head or the safety officer whom the form asks for.

Nobody is taken for one before they say so; then the register's own words are put in, and may be corrected.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.kernel.journey import QuestionKind
from onedoor.portal.apply.known import fields_of
from onedoor.portal.visitor import own_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from onedoor.items.rules import ItemVersion
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.journey import Question

_DUTIES = re.compile("人员|负责人|责任人|专门负责|经理|司机|驾驶员|药师|园长|监事|工程师")  # not 孩子, 配偶, 死者
_OWN = {
    QuestionKind.PERSON_NAME: "person.name",
    QuestionKind.ID_NUMBER: "person.id_number",
    QuestionKind.MOBILE: "person.phone",
}


def offered(questions: Iterable[Question], *, by: Actor) -> frozenset[str]:
    """The keys of questions for the name of somebody with a duty, where this visitor may say: that is me."""
    asked = (
        q.key for q in questions if q.kind is QuestionKind.PERSON_NAME and not q.prefill and _DUTIES.search(q.label)
    )
    return frozenset(asked) if own_party(by) else frozenset()


def own_answers(
    item: ItemVersion, questions: Iterable[Question], key: str, *, by: Actor, at: datetime
) -> Mapping[str, str]:
    """The visitor's own name, number and telephone for the questions about this somebody; the read is recorded."""
    fields = fields_of(item, own_party(by), by=by, at=at, wanted=set(_OWN.values()), purpose=_("填写本人"))
    whose = key.partition("_")[0]
    return {
        question.key: fields[_OWN[question.kind]]
        for question in questions
        if question.key.partition("_")[0] == whose and fields.get(_OWN.get(question.kind, ""))
    }
