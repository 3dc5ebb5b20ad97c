"""承办与审核分离: what an item keeps apart is done by different people wherever the office has them.

Where it has not, one person does it and it is flagged (一人兼任): a small office is never brought to a stop.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onedoor.cases.rules import events as e
from onedoor.cases.rules.lifecycle import merges
from onedoor.cases.rules.tasks import act_of
from onedoor.cases.rules.values import Case
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Refused
from onedoor.kernel.plan import Step


def stands_aside(case: Case, ref: str, act: Act) -> bool:
    """回避: their own application; and who presides over the hearing examines nothing."""
    meeting = case.hearing.meeting if case.hearing else None
    return ref == case.agent or (act is Act.REVIEW and meeting is not None and meeting.presider == ref)


def separate(case: Case, able: Collection[str], *, act: Act) -> frozenset[str]:
    """Who of those able to do this act on this case had no other part in it, and need not stand aside."""
    deciding = act is Act.DECIDE
    return frozenset(
        ref for ref in able if not stands_aside(case, ref, act) and not merges(case, ref, deciding=deciding)
    )


def merged_step(events: Sequence[e.Event], item: ItemVersion) -> Step | None:
    """The step that is about to fall together with an earlier part of the same person, where the item forbids that."""
    for event in events if item.separate_duties else ():
        if isinstance(event, e.StepCompleted | e.Decided | e.ReportedUpward) and event.merged_duties:
            return item.plan.step(event.step)
    return None


def parts(case: Case, item: ItemVersion, ref: str, *, deciding: bool) -> tuple[str, ...]:
    """Which earlier parts of the case this person did that its review, or its decision, is to be kept apart from."""
    accepted = ("受理",) if case.acceptor == ref else ()
    reviewed = {key: result for key, result in case.results.items() if key not in case.payments}
    done = [step.name for step in item.plan.steps if step.key in reviewed and reviewed[step.key].by == ref]
    return (*accepted, *(done if deciding else ()))


def keep_apart(case: Case, item: ItemVersion, step: Step, *, ref: str, able: Collection[str]) -> None:
    """Refused where somebody else could do this step today; ``able``: who may, by the reference of the account."""
    act = act_of(step)
    if others := separate(case, able, act=act):
        done = parts(case, item, ref, deciding=act is Act.DECIDE)
        raise Refused("separate_duties", words(item, done, [step.name], others=len(others)))


def words(item: ItemVersion, done: Sequence[str], names: Sequence[str], *, others: int) -> str:
    """Why these steps are somebody else's, and what to do. ``done``: this person's own parts; ``others``: how many."""
    by = f"（{item.separate_duties_basis}）" if item.separate_duties_basis else ""
    return (
        f"这个事项要求承办与审核分离{by}。您已经办过这件的{'、'.join(done)}，不能再办{'、'.join(names)}。"
        f"今天还有 {others} 位没有办过这件的同事可以办，请用“移交给同事”转给其中一位。"
    )
