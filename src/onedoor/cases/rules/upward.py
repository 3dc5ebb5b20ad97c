"""转报: what the upper level decides is reviewed here first, sent up with opinion and all materials, and answered.

The upper level works outside the platform. Its answer is recorded by whoever may, with the paper that shows it; its
time is its own, and the applicant is never asked again for what was handed in here (行政许可法 §35). It may return the
case for more review instead; whoever withdraws while it is there ends it, and the upper level is told. What it decides
all the same is kept and told, and binds nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import asked
from onedoor.cases.rules.demands import (
    heard_first,
    in_state,
    not_for_oneself,
    not_presiding,
    not_too_long,
    nothing_unanswered,
    required,
)
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.lifecycle import close, merges, open_steps, send_back
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.promising import nothing_owed
from onedoor.cases.rules.values import Case, Outcome, State, Verdict
from onedoor.cases.rules.values.upward import Above
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.expr import Value
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step, StepKind

PERMIT_LAW = "行政许可法"
LONGEST_NUMBER = 100


@law(PERMIT_LAW, 35, 43)
def report_upward(
    case: Case, now: Occasion, *, verdict: Verdict, opinion: str, way: str, answers: Mapping[str, Value]
) -> tuple[e.Event, ...]:
    """报上级机关决定, once all that comes before is done: the opinion goes up whether it is for or against.

    ``answers``: of the application; all that was handed in for it, or need not be, goes along. ``way``: how.
    """
    step = _upward_step(case, now)
    if case.above:
        raise Refused("reported_already", f"已经报{case.above.organ}，不用再报一次。请刷新页面。")
    if verdict is Verdict.SILENT:
        raise Invalid([FieldError("verdict", "请选择初审意见：建议准予，或者建议不予。")])
    required(opinion=opinion, way=way)
    not_for_oneself(case, now.by)
    not_presiding(case, now.by)
    nothing_unanswered(case, now.item)
    heard_first(case, now.item, on=now.on)
    nothing_owed(case, now.item, Outcome.GRANTED if verdict is Verdict.PASSED else Outcome.DENIED)
    if step.upper is None:
        raise Refused("no_upper", "这个事项没有写明由哪个上级机关决定，请联系事项管理员补上。")
    return (
        u.ReportedUpward(
            step=step.key,
            organ=step.upper.organ,
            verdict=verdict,
            on=now.on,
            way=way.strip(),
            materials=handed_on(case, now.item, answers),
            limit=step.upper.limit,
            document=number_of(case.number, Paper.UPWARD, len(case.returned) + 1),
            merged_duties=merges(case, now.by.ref, deciding=True),
            opinion=opinion.strip(),
            officer=now.by.name,
        ),
    )


def record_answer(
    case: Case,
    now: Occasion,
    *,
    outcome: Outcome,
    decided_on: date,
    number: str,
    reasons: str,
    files: Mapping[str, str],
) -> tuple[e.Event, ...]:
    """登记上级机关的决定: its outcome, number and day, with the paper itself; the case is closed by it.

    ``files``: the decision as it came, each file with its SM3. One that comes after the applicant withdrew changes
    nothing: the case stays as it was closed.
    """
    above = answerable(case)
    if wrong := (*_of_answer(outcome, number), *_of_paper(above, now, dated=decided_on, files=files)):
        raise Invalid(wrong)
    not_for_oneself(case, now.by)
    if case.outcome is Outcome.WITHDRAWN:
        return (_kept(above, now, outcome=outcome, decided_on=decided_on, number=number, files=files),)
    not_too_long(reasons)
    if outcome is Outcome.DENIED:
        required(reasons=reasons)
    decided = u.UpperDecided(
        step=above.step,
        organ=above.organ,
        outcome=outcome,
        decided_on=decided_on,
        on=now.on,
        number=number.strip(),
        files=tuple(files.items()),
        reasons=reasons.strip() or None,
        officer=now.by.name,
    )
    after = apply(case, Fact(case.version + 1, now.at, now.by.ref, str(now.by.channel), decided))
    return (decided, *close(after, now, licence=None, files=tuple(files)))


def _kept(
    above: Above, now: Occasion, *, outcome: Outcome, decided_on: date, number: str, files: Mapping[str, str]
) -> u.UpperDecidedAfterWithdrawal:
    return u.UpperDecidedAfterWithdrawal(
        step=above.step,
        organ=above.organ,
        outcome=outcome,
        decided_on=decided_on,
        on=now.on,
        number=number.strip(),
        files=tuple(files.items()),
        officer=now.by.name,
    )


def record_return(
    case: Case, now: Occasion, *, step: str, returned_on: date, reason: str, files: Mapping[str, str]
) -> tuple[e.Event, ...]:
    """登记上级退回补充审查: what the upper level wants reviewed again is done again here, and the case sent up anew.

    ``step``: from where on; "" where nothing comes before the sending. The rest of the limit here runs on.
    """
    above = waiting_above(case)
    if wrong := tuple(_of_paper(above, now, dated=returned_on, files=files)):
        raise Invalid(wrong)
    required(reason=reason)
    not_for_oneself(case, now.by)
    here = replace(case, above=None)
    reset = send_back(here, now, step=step, reason=reason)[0].reset if case.results else ()
    return (
        u.UpperReturned(
            step=above.step,
            organ=above.organ,
            reset=reset,
            returned_on=returned_on,
            on=now.on,
            files=tuple(files.items()),
            reason=reason.strip(),
            officer=now.by.name,
        ),
    )


def tell_of_withdrawal(case: Case, now: Occasion, *, on: date, way: str) -> tuple[e.Event, ...]:
    """登记告知上级撤回: when and how the upper level was told, so that it does not decide what nobody asks for."""
    above = case.unaware
    if above is None or case.closed is None:
        raise Refused("nothing_to_tell", "这件没有要告知上级的撤回，或者已经登记过。请刷新页面。")
    if not case.closed <= on <= now.on:
        raise Invalid([FieldError("told_on", f"告知上级的日期应当在撤回之日（{case.closed}）以后，不晚于今天。")])
    required(way=way)
    return (u.UpperToldOfWithdrawal(above.step, above.organ, on=on, way=way.strip(), officer=now.by.name),)


def handed_on(case: Case, item: ItemVersion, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """The keys of all materials that go along: what was handed in, and what the platform had for this situation."""
    here = {key for key, files in case.materials.items() if files} | case.paper.keys()
    return tuple(material.key for material in asked(item, answers) if material.exempt or material.key in here)


def withdrawn_above(case: Case) -> Above | None:
    """Where it lay when the applicant withdrew, as long as no decision came from there."""
    return case.above if case.outcome is Outcome.WITHDRAWN and case.above and not case.above.files else None


def answerable(case: Case) -> Above:
    """How a case was sent up of which a decision may still come; Refused where none is expected."""
    return withdrawn_above(case) or waiting_above(case)


def waiting_above(case: Case) -> Above:
    """How it was sent up; Refused where the case does not wait for the upper level."""
    if case.state is not State.ACCEPTED or case.above is None:
        raise Refused("not_reported", "这件没有报上级机关，或者已经登记了上级的决定。请刷新页面。")
    return case.above


def _of_answer(outcome: Outcome, number: str) -> Iterator[FieldError]:
    """What is wrong with what was read from a decision."""
    if outcome not in {Outcome.GRANTED, Outcome.DENIED}:
        yield FieldError("outcome", "请选择上级机关准予还是不予。")
    if not number.strip() or len(number) > LONGEST_NUMBER or "\0" in number:
        yield FieldError("document", f"请写明上级决定的文号，{LONGEST_NUMBER} 字以内，照文书上的写。")


def _of_paper(above: Above, now: Occasion, *, dated: date, files: Mapping[str, str]) -> Iterator[FieldError]:
    """What is wrong with a paper of the upper level: nobody's word is enough for what another organ did."""
    if not above.on <= dated <= now.on:
        yield FieldError("dated", f"上级文书的日期应当在报送之日（{above.on}）以后，不晚于今天。")
    if not files:
        yield FieldError("photos", "请附上级文书的扫描件或者照片。没有文书，不能登记。")


def _upward_step(case: Case, now: Occasion) -> Step:
    in_state(case, State.ACCEPTED, "这件申请不在审查中。")
    for step in open_steps(case, now.item):
        if step.kind is StepKind.UPWARD:
            return step
    raise Refused("step_not_open", "现在还不能报上级：前面的环节没有办完，或者这个事项不报上级。请刷新页面。")
