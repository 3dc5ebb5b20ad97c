"""一件事: how far each member of a bundle's case is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from onedoor.cases import models
from onedoor.cases.queries.cases import CasePage, visible_to
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import carrying, visiting
from onedoor.cases.rules.delivering import Result, owed
from onedoor.cases.rules.phases import OUTCOME_NAMES, decision_name
from onedoor.cases.rules.values import Case, JointVisit, Outcome, State
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
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


def cases_of(case: Case) -> dict[str, tuple[Case, ItemVersion]]:
    """The case of each member that has begun, with its version; for the platform's own deciding."""
    rows = {row.number: case_of(row) for row in whole(models.Case.objects.filter(joint=case.number))}
    begun = ((key, case.children[key].number) for key in case.steps if key in case.children)
    held = {key: rows[number] for key, number in begun if number in rows}
    return {key: (child, items.version(child.item_version)) for key, child in held.items()}


def owing_of(page: CasePage) -> tuple[carrying.Owing, ...]:
    """What was promised and is still to come, of a bundle member by member; for whoever has opened the case."""
    children = cases_of(page.case) if page.item.members else {}
    return carrying.owing(page.case, page.item, children)


def results_of(case: Case) -> dict[str, Result]:
    """What came of each member that is closed, in the bundle's order; for the platform's own deciding."""
    return {
        key: Result(child.number, child.outcome, _papers(child, item), child.delivered, child.delivery)
        for key, (child, item) in cases_of(case).items()
        if child.outcome and child.state is State.CLOSED
    }


def _papers(case: Case, item: ItemVersion) -> str:
    """What a receipt lists of one member: its decision and licence, or that it was withdrawn."""
    if case.decision is None:
        return f"{item.name}：{OUTCOME_NAMES[case.outcome] if case.outcome else ''}"
    decision = f"{item.name}：{decision_name(item, case.decision.outcome)}（{case.decision.document}）"
    return f"{decision}；{item.result.name}（{case.licence}）" if case.licence else decision


def needing_visit(case: Case) -> tuple[str, ...]:
    """The members of a bundle's case that owe a check on site: those for whom a joint visit can be called."""
    return visiting.needing(case, cases_of(case))


def ready_results(case: Case) -> tuple[Result, ...]:
    """The results of a bundle's members that lie ready to be handed over together (统一出件)."""
    results = results_of(case)
    return tuple(results[member] for member in owed(results))


def called_visit(case: Case) -> JointVisit | None:
    """Of a member's case: the joint visit that its organ is to sign; None where there is none."""
    if not case.joint or case.state is not State.ACCEPTED:
        return None
    bundle = bundle_of(case)
    visit = bundle.visit
    waiting = visit.waiting if visit else ()
    return visit if any(bundle.children[key].number == case.number for key in waiting) else None


def bundle_of(case: Case) -> Case:
    """The bundle's case that a member's case is part of, as it stands now; for the platform's own deciding."""
    return case_of(whole(models.Case.objects.filter(number=case.joint)).get())


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
