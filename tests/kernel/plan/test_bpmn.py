"""A plan as BPMN and back."""

from __future__ import annotations

from xml.etree import ElementTree as XML

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.items.samples import COUNTY, item

from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.expr import parse
from onedoor.kernel.plan import Plan, Step, StepKind, bpmn_of, plan_from_bpmn
from onedoor.kernel.plan.bpmn import DI, MODEL
from onedoor.kernel.tree import Malformed

SLUGS = sorted(path.stem for path in COUNTY.glob("*.yaml"))
TEN_DAYS = Limit(10, Unit.WORKDAY, StartEvent.ACCEPTED, note="示例")
WHEN = parse({"eq": ["$business", "catering"]})


@pytest.mark.parametrize("slug", SLUGS)
def test_the_plan_of_every_item_comes_back_as_it_was(slug: str) -> None:
    one = item(slug)
    assert plan_from_bpmn(bpmn_of(one.plan, name=one.name)) == one.plan


def _plans() -> st.SearchStrategy[Plan]:
    return st.lists(st.tuples(st.sets(st.integers(0, 5)), st.booleans()), min_size=0, max_size=6).map(_plan)


def _plan(rows: list[tuple[set[int], bool]]) -> Plan:
    steps = [
        Step(
            f"s{n}",
            f"环节 {n} <&>",
            StepKind.PAYMENT if some and n % 2 else StepKind.REVIEW,
            after=tuple(f"s{m}" for m in sorted(needs) if m < n),
            limit=TEN_DAYS,
            when=WHEN if some else None,
        )
        for n, (needs, some) in enumerate(rows)
    ]
    needed = {need for step in steps for need in step.after}
    last = tuple(step.key for step in steps if step.key not in needed)
    return Plan((*steps, Step("decide", "决定", StepKind.DECISION, after=last)))


@given(_plans())
def test_any_sound_plan_comes_back_as_it_was(plan: Plan) -> None:
    assert plan_from_bpmn(bpmn_of(plan, name="甲")) == plan


@given(_plans())
def test_everything_drawn_exists_and_everything_that_exists_is_drawn(plan: Plan) -> None:
    root = XML.fromstring(bpmn_of(plan, name="甲"))
    ids = {element.get("id") for element in root[0]}
    drawn = [element.get("bpmnElement") for element in root.iter() if element.tag.startswith(f"{{{DI}}}")]
    assert set(drawn) - {None, "plan"} == ids
    assert len(drawn) == len(set(drawn))
    for flow in root.iter(f"{{{MODEL}}}sequenceFlow"):
        assert {flow.get("sourceRef"), flow.get("targetRef")} <= ids


def _xml(inside: str) -> str:
    head = f'<definitions xmlns="{MODEL}"><process id="p">'
    return f"{head}{inside}</process></definitions>"


DRAWN = (
    '<startEvent id="s"/><userTask id="Review_1" name="看材料"/>'
    '<userTask id="decide" name="决定"><extensionElements>'
    '<step xmlns="urn:onedoor:plan:1" key="decide" kind="decision"/></extensionElements></userTask><endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="Review_1"/>'
    '<sequenceFlow id="f2" sourceRef="Review_1" targetRef="decide"/>'
    '<sequenceFlow id="f3" sourceRef="decide" targetRef="e"/>'
)


def _pooled(inside: str) -> str:
    return _xml(DRAWN).replace("<process", f'<collaboration id="c">{inside}</collaboration><process')


TWICE = '<userTask id="Review_1" name="看材料"><multiInstanceLoopCharacteristics/></userTask>'
ENDS_ALL = '<endEvent id="e"><terminateEventDefinition/></endEvent>'
BESIDE = '<userTask id="b" name="乙"/><sequenceFlow id="g1" sourceRef="b" targetRef="decide"/>'
EITHER = 'sourceRef="Review_1" targetRef="x"'
MEETING = (
    '<userTask id="b" name="乙"/><exclusiveGateway id="x"/><sequenceFlow id="g1" sourceRef="b" targetRef="x"/>'
    '<sequenceFlow id="g2" sourceRef="x" targetRef="decide"/>'
)
CONDITION = '<conditionExpression>["eq","$a","b"]</conditionExpression>'


@pytest.mark.parametrize(
    ("drawn", "instead", "told"),
    [
        ('id="flow_if_b_past_b" sourceRef="if_b" targetRef="past_b"', "decide", "if_b.*不能多跳过"),
        ('{"eq":["$business","catering"]}</bpmn:cond', '{"eq":["$business","sales"]}</bpmn:cond', "flow_if_b.*不一样"),
    ],
)
def test_a_way_around_more_than_its_step_or_another_condition_is_refused(drawn: str, instead: str, told: str) -> None:
    steps = (Step("a", "甲", StepKind.REVIEW), Step("b", "乙", StepKind.REVIEW, after=("a",), when=WHEN))
    text = bpmn_of(Plan((*steps, Step("decide", "决定", StepKind.DECISION, after=("b",)))), name="甲")
    assert drawn in text
    new = drawn.replace("past_b", "task_decide").replace("flow_if_b_task_decide", "flow_if_b_past_b")
    with pytest.raises(Malformed, match=told):
        plan_from_bpmn(text.replace(drawn, new if instead == "decide" else instead))


def test_a_task_drawn_anew_becomes_a_review_of_the_own_organ() -> None:
    plan = plan_from_bpmn(_xml(DRAWN))
    assert [(s.key, s.kind, s.organ, s.after) for s in plan.steps] == [
        ("review_1", StepKind.REVIEW, "own", ()),
        ("decide", StepKind.DECISION, "own", ("review_1",)),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<definitions>", "不是能读的 XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>', "不是能读的 XML"),
        (f'<definitions xmlns="{MODEL}"/>', "只有一个流程"),
        (_xml(DRAWN + '<serviceTask id="robot"/>'), "robot.*serviceTask"),
        (_xml(DRAWN + '<boundaryEvent id="timer"/>'), "timer.*boundaryEvent"),
        (
            _xml(
                DRAWN.replace('sourceRef="Review_1" targetRef="decide"', 'sourceRef="Review_1" targetRef="x"')
                + '<exclusiveGateway id="x"/><userTask id="b" name="乙"/>'
                '<sequenceFlow id="g1" sourceRef="x" targetRef="decide"/>'
                '<sequenceFlow id="g2" sourceRef="x" targetRef="b"/>'
            ),
            "排他网关只能用来跳过",
        ),
        (_xml(DRAWN.replace('kind="decision"', 'kind="guess"')), "环节「决定」的属性有误"),
        (_xml(DRAWN.replace('kind="decision"', 'kind="review"')), "有且只有一个决定环节"),
        (
            _xml(
                DRAWN.replace('sourceRef="s" targetRef="Review_1"', 'sourceRef="s" targetRef="j"')
                + '<parallelGateway id="j"/><sequenceFlow id="f4" sourceRef="j" targetRef="Review_1"/>'
                '<sequenceFlow id="f5" sourceRef="decide" targetRef="j"/>'
            ),
            "循环",
        ),
        (_xml(DRAWN.replace('<userTask id="Review_1" name="看材料"/>', TWICE)), "Review_1.*multiInstance"),
        (_xml(DRAWN.replace('<endEvent id="e"/>', ENDS_ALL)), "e.*terminateEventDefinition"),
        (_xml(DRAWN + BESIDE), "decide.*并行网关"),
        (_xml(DRAWN.replace('sourceRef="Review_1" targetRef="decide"', EITHER) + MEETING), "x.*并行网关"),
        (_xml(DRAWN.replace('targetRef="decide"/>', f'targetRef="decide">{CONDITION}</sequenceFlow>', 1)), "f2.*条件"),
        (_xml(DRAWN + '<startEvent id="late"/>'), "late.*一个开始"),
        (_pooled('<participant id="a" name="申请人"/>'), "a.*泳池「申请人」"),
        (_pooled('<messageFlow id="m" name="交材料" sourceRef="a" targetRef="Review_1"/>'), "m.*消息流「交材料」"),
    ],
)
def test_what_no_plan_can_say_is_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(Malformed, match=told):
        plan_from_bpmn(text)


def test_an_unsound_plan_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="决定环节"):
        bpmn_of(Plan((Step("a", "甲", StepKind.REVIEW),)), name="甲")
