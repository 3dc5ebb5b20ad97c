"""What became of a submitting request: for whoever presses the button twice, or comes back to the receipt."""

from __future__ import annotations

from onedoor.cases import models
from onedoor.cases.queries.cases import visible_to
from onedoor.cases.queries.keys import query_secret
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.application import Receipt, password
from onedoor.kernel.actor import Actor


def receipt_of(key: str, *, by: Actor) -> Receipt | None:
    """The receipt of the application that this actor handed in under this key; None where there is none."""
    sent = models.Submission.objects.filter(actor=by.ref, key=key).values_list("pk", flat=True).first()
    row = whole(visible_to(by)).filter(pk=sent).first() if sent else None
    if row is None:
        return None
    case = case_of(row)
    secret = password(case.number, query_secret())
    return Receipt(case.number, secret, case.received, row.due, row.provisional, repeated=True)
