"""The items of ``bench cases``: sound, with as many opinions side by side as asked for."""

from onedoor.bench import joint
from onedoor.bench.lives import FANS, alike, fanned
from onedoor.bench.peers import spiff_lives
from onedoor.bench.peers.measuring import STEPS
from onedoor.bench.world import ITEM
from onedoor.items.queries import read_folder
from onedoor.items.rules import bundles
from onedoor.kernel.plan import problems, ready


def test_all_opinions_start_at_once_and_the_decision_waits_for_them() -> None:
    (source,), _ = read_folder(ITEM)
    wide = [fanned(source.item, opinions) for opinions in FANS]
    assert len({item.code for item in wide}) == len(FANS)
    for item, opinions in zip(wide, FANS, strict=True):
        assert problems(item.plan) == ()
        assert len(ready(item.plan.steps, [])) == opinions


def test_other_engines_get_the_same_plan() -> None:
    (source,), _ = read_folder(ITEM)
    plan = alike(source.item).plan
    assert problems(plan) == ()
    assert [step.key for step in ready(plan.steps, [])] == ["opinion_1", "opinion_2"]
    for key in [*(f'id="{step.key}"' for step in plan.steps), 'id="accept"']:
        assert key in spiff_lives.PLAN
    assert len(plan.steps) + 1 == STEPS


def test_one_thing_is_of_five_departments_and_asks_each_fact_once() -> None:
    (source,), _ = read_folder(ITEM)
    members = joint.members(alike(source.item))
    whole = joint.bundle(members)
    known = {f"member_{number}": item for number, item in enumerate(members, 1)}
    assert bundles.faults(whole, known) == ()
    made = bundles.compose(whole, known)
    assert len({item.organ for item in members}) == joint.DEPARTMENTS
    assert len(ready(made.plan.steps, [])) == joint.DEPARTMENTS
    assert len(made.form.questions) == len(source.item.form.questions)
