"""一件事: the cases of the members are opened in the transaction of the act that made them possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from procrastinate.contrib.django import app

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import holding, store
from onedoor.cases.commands.submission import claim_key, submitted
from onedoor.cases.commands.wording import put_in_writing
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import Application, clean
from onedoor.cases.rules.carrying import carried
from onedoor.cases.rules.clocks import acceptance_start
from onedoor.cases.rules.joint import to_open
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.promising import tolerated
from onedoor.cases.rules.values import AcceptedBy, Case, Outcome
from onedoor.items import queries as items
from onedoor.items.rules.bundles import Naming, Portion, portion
from onedoor.items.rules.given import Gives
from onedoor.items.rules.values import ItemVersion, Member
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict
from onedoor.kernel.expr import Value
from onedoor.kernel.law import law
from onedoor.licences import queries as licences
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding


@dataclass(frozen=True, slots=True)
class Opening:
    """What the cases of the members are made from: the bundle's case, its item, and what was answered."""

    case: Case
    item: ItemVersion
    answers: Mapping[str, Value]
    by: Actor
    at: datetime

    @property
    def on(self) -> date:
        """The calendar day in China."""
        return local_date(self.at)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that another member's result gives; ``source``: which result of which case."""

    value: str
    source: str


@law("行政许可法", "26(2)")
def open_members(case: Case, item: ItemVersion, *, by: Actor, at: datetime) -> Case:
    """Open the cases of the members that can begin now, each accepted with the whole; the case that knows of them.

    For use inside the transaction of the act that made them possible. ``by``: the platform, whoever did that act.
    """
    ready = to_open(case, item) if item.members else ()
    if not ready:
        return case
    opening = Opening(case, item, answers_of(facts(case.id)) or {}, by, at)
    opened = [e.MemberOpened(member.key, _open(opening, member), opening.on) for member in ready]
    return store.append(case, opened, case_id=case.id, by=by, at=at)


def _open(opening: Opening, member: Member) -> str:
    """One of them, with its number. What waited for another's result begins on the day that came."""
    whole, version, at = opening.case, items.version(member.version), opening.at
    first = not member.after and not member.taken
    begun = (whole.accepted or opening.on) if first else opening.on
    filled = _filled(opening, member)
    application, share = _application(opening, member, version)
    application = replace(
        application, answers={**application.answers, **{key: one.value for key, one in filled.items()}}
    )
    case_id = claim_key(f"{whole.number}:{member.key}", by=opening.by, digest=application.digest(), at=at)
    if case_id is None:
        raise Conflict
    answers = clean(application, version, today=opening.on, mandated=True)
    fact = submitted(
        application, version, answers=answers, case_id=case_id, on=acceptance_start(whole) if first else begun
    )
    fact = replace(
        fact,
        applicant_name=whole.applicant_name,
        agent_name=whole.agent_name,
        materials=_files(opening, member, share, to=Binding(store.stream(case_id), fact.area)),
        joint=whole.number,
        filled={key: one.source for key, one in filled.items() if key in answers},
        promised=carried(whole, Naming(opening.item), member=member.key, version=version, facts=answers),
    )
    case = store.append(None, [fact], case_id=case_id, by=opening.by, at=at)
    number = number_of(case.number, Paper.ACCEPTANCE)
    accepted = e.Accepted(how=AcceptedBy.JOINT, effective=begun, on=opening.on, document=number)
    calendar = areas.calendar(case.area)
    owed = tolerated(case, accepted, version, calendar=calendar)
    ended = (e.AgencyEnded(opening.on),) if whole.agency_ended else ()
    written = put_in_writing(case, (accepted, *owed, *ended), item=version, by=opening.by, at=at)
    case = store.append(case, written, case_id=case_id, by=opening.by, at=at)
    holding.open_(case, version, calendar=calendar, at=at)
    if owed:
        app.configure_task("cases.after_act").defer(case_id=case_id, kinds=[event.kind for event in owed])
    return case.number


def _application(opening: Opening, member: Member, version: ItemVersion) -> tuple[Application, Portion]:
    """The member's share of what was handed in. The whole was checked when it came: here nothing is refused again."""
    case, names = opening.case, Naming(opening.item)
    share = portion(opening.item, member, version, facts=opening.answers, files=case.materials)
    paper = {
        m.key: case.paper[name] for m in version.materials if (name := names.material(member.key, m.key)) in case.paper
    }
    return Application(
        item=version.code,
        answers=share.answers,
        situations=share.situations,
        applicant=case.applicant,
        electronic_service=case.electronic_service,
        agent=case.agent,
        paper=paper,
        incomplete=True,
        agent_station=case.agent_station,
    ), share


def _filled(opening: Opening, member: Member) -> dict[str, Given]:
    """What the results of other members answer in its form (共享中间结果)."""
    children = opening.case.children
    begun = ((one, children[one.of].number) for one in member.filled if one.of in children)
    return {one.fact: made for one, number in begun if (made := _given(number, one.gives))}


def _given(number: str, gives: Gives) -> Given | None:
    """The number, day or holder of what a closed case granted: of its licence, or of the decision without one."""
    row, licence = whole(models.Case.objects.filter(number=number)).get(), licences.licence_of_case(number)
    case = case_of(row)
    if case.outcome is not Outcome.GRANTED or case.decision is None:
        return None
    name = items.version(case.item_version).result.name
    if licence:
        told = {Gives.NUMBER: licence.number, Gives.ISSUED: licence.issued, Gives.HOLDER: licence.holder_name}
    else:
        decision, holder = case.decision, case.applicant_name or ""
        told = {Gives.NUMBER: decision.document, Gives.ISSUED: decision.on, Gives.HOLDER: holder}
    return Given(str(told[gives]), f"{name}（办件 {number}）")


def _files(opening: Opening, member: Member, share: Portion, *, to: Binding) -> dict[str, tuple[str, ...]]:
    """Its files once more, and the results of other members that are its materials (共享中间结果)."""
    held = dict(share.materials)
    for taken in member.taken:
        child = opening.case.children.get(taken.of)
        if child and (made := _result_of(child.number)):
            held[taken.material] = made
    mode = store.mode_of(opening.by)
    copies = {
        key: vault.copy(files, to=to, by=opening.by, at=opening.at, entry_mode=mode) for key, files in held.items()
    }
    return {key: tuple(file.id for file in files) for key, files in copies.items()}


def _result_of(number: str) -> tuple[str, ...]:
    """What a closed case came to: the licence's face, or the decision where there is no licence."""
    licence = licences.licence_of_case(number)
    if licence and licence.file:
        return (licence.file,)
    events = [fact.event for fact in facts(models.Case.objects.get(number=number).pk)]
    return next((event.files[:1] for event in reversed(events) if isinstance(event, e.Closed)), ())
