"""一件事: how far each member of a bundle's case is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from onedoor.cases import models
from onedoor.cases.queries.cases import CasePage, visible_to
from onedoor.cases.rules.values import Outcome, State
from onedoor.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Part:
    """One member that this applicant needs. ``state`` is None while it waits for ``after``, or will never begin
    because of ``refused``; ``number`` is "" where this actor may not open its case.
    """

    key: str
    name: str
    organ: str
    number: str = ""
    state: State | None = None
    outcome: Outcome | None = None
    due: date | None = None
    after: tuple[str, ...] = ()
    refused: str = ""


def parts_of(page: CasePage, *, by: Actor) -> tuple[Part, ...]:
    """The members of a bundle's case that were called for, in its order; none where the item is no bundle.

    Whoever may see the whole may know how far its parts are, also where one of them is not theirs to open.
    """
    if not page.item.members:
        return ()
    rows = {row.number: row for row in models.Case.objects.filter(joint=page.case.number)}
    mine = set(visible_to(by).filter(joint=page.case.number).values_list("number", flat=True))
    names = {member.key: member.name for member in page.item.members}
    found = []
    for step in page.item.plan.steps:
        child, refused = page.case.children.get(step.key), page.case.cancelled.get(step.key, "")
        if step.key not in page.case.steps and not refused:
            continue
        part = Part(step.key, step.name, step.organ, refused=names.get(refused, ""))
        if child:
            row = rows[child.number]
            shown = child.number if child.number in mine else ""
            outcome = Outcome(row.outcome) if row.outcome else None
            part = replace(part, number=shown, state=State(row.state), outcome=outcome, due=row.due)
        elif not refused:
            waits = tuple(names[key] for key in step.after if key in page.case.steps and key not in page.case.results)
            part = replace(part, after=waits)
        found.append(part)
    return tuple(found)
