"""A plan as BPMN 2.0 with its drawing, for any modeller; and back, as far as BPMN says what a plan can say.

A step is a userTask, 自动核验 a serviceTask; what BPMN has no words for (kind, organ, limit, condition) stands in its
``onedoor:step`` element.
Needs are sequence flows, joined and parted by parallel gateways; a conditional step stands between two exclusive
gateways with a default flow around it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final
from xml.etree import ElementTree as XML

from defusedxml import ElementTree as SafeXML
from defusedxml.common import DefusedXmlException

from onedoor.kernel import expr
from onedoor.kernel.clock import Limit, StartEvent, Unit
from onedoor.kernel.law import Article
from onedoor.kernel.plan.graph import Check, Plan, Silence, Step, StepKind, Upper
from onedoor.kernel.plan.layout import columns
from onedoor.kernel.plan.soundness import problems
from onedoor.kernel.tree import Fault, Malformed

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DD: Final = "http://www.omg.org/spec/DD/20100524/DI"
OURS: Final = "urn:onedoor:plan:1"
LARGEST: Final = 2_000_000  # characters

_PREFIXES: Final = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": DD, "onedoor": OURS}
_SIZES: Final = {"userTask": (120, 80), "serviceTask": (120, 80), "startEvent": (36, 36), "endEvent": (36, 36)}
_GATEWAYS: Final = {"parallelGateway", "exclusiveGateway"}
_TASKS: Final = {"userTask", "serviceTask", "task"}
_KNOWN: Final = {"startEvent", "endEvent", *_TASKS, *_GATEWAYS, "sequenceFlow"}
_WITHIN: Final = {"incoming", "outgoing", "extensionElements", "documentation", "conditionExpression"}
_NOT_READ: Final = {
    "participant": "这里不读泳池「%s」。由谁办写在每个环节上，请去掉泳池再导入",
    "messageFlow": "这里不读消息流「%s」。前后关系请用连线画在流程里面",
}
_COLUMN, _ROW, _LEFT, _TOP = 160, 120, 80, 120


@dataclass(slots=True)
class _Graph:
    """Elements and flows, in the order in which they were made."""

    nodes: dict[str, str] = field(default_factory=dict)  # id → kind
    names: dict[str, str] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)
    defaults: dict[str, tuple[str, str]] = field(default_factory=dict)  # gateway → the flow around a step

    def add(self, id_: str, kind: str, name: str = "") -> str:
        self.nodes[id_], self.names[id_] = kind, name
        return id_


def bpmn_of(plan: Plan, *, name: str) -> str:
    """BPMN 2.0 XML of a sound plan, with a drawing. Raises ValueError with what is wrong with an unsound one."""
    if wrong := problems(plan):
        raise ValueError("；".join(wrong))
    for prefix, address in _PREFIXES.items():
        XML.register_namespace(prefix, address)
    graph = _graph(plan)
    root = XML.Element(_q(MODEL, "definitions"), {"targetNamespace": OURS, "id": "definitions"})
    process = XML.SubElement(root, _q(MODEL, "process"), {"id": "plan", "name": name, "isExecutable": "false"})
    process.set(_q(OURS, "acceptance"), plan.acceptance)
    _write_nodes(process, graph)
    _write_flows(process, graph)
    _draw(root, graph)
    XML.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + XML.tostring(root, encoding="unicode") + "\n"


def _q(space: str, name: str) -> str:
    return f"{{{space}}}{name}"


def _graph(plan: Plan) -> _Graph:
    graph, doors = _Graph(), {}
    dependents = defaultdict(list)
    for step in plan.steps:
        for need in step.after:
            dependents[need].append(step.key)
    graph.add("start", "startEvent", "受理")
    for step in plan.steps:
        doors[step.key] = _step(graph, step, parting=len(dependents[step.key]) > 1)
    graph.add("end", "endEvent", "办结")
    first = [step.key for step in plan.steps if not step.after]
    source = "start" if len(first) == 1 else graph.add("fork_start", "parallelGateway")
    if source != "start":
        graph.flows.append(("start", source))
    graph.flows += [(source, doors[key][0]) for key in first]
    graph.flows += [(doors[need][1], doors[step.key][0]) for step in plan.steps for need in step.after]
    graph.flows += [(doors[step.key][1], "end") for step in plan.steps if not dependents[step.key]]
    return graph


def _step(graph: _Graph, step: Step, *, parting: bool) -> tuple[str, str]:
    """The elements of one step; where flows enter them and where they leave."""
    chain = []
    if len(step.after) > 1:
        chain.append(graph.add(f"join_{step.key}", "parallelGateway"))
    if step.when is not None:
        chain.append(graph.add(f"if_{step.key}", "exclusiveGateway", f"需要{step.name}？"))
    drawn = "serviceTask" if step.kind is StepKind.REGISTER_CHECK else "userTask"
    chain.append(graph.add(f"task_{step.key}", drawn, step.name))
    graph.steps[f"task_{step.key}"] = step
    if step.when is not None:
        chain.append(graph.add(f"past_{step.key}", "exclusiveGateway"))
        graph.defaults[f"if_{step.key}"] = (f"if_{step.key}", f"past_{step.key}")
    if parting:
        chain.append(graph.add(f"fork_{step.key}", "parallelGateway"))
    graph.flows += pairwise(chain)
    return chain[0], chain[-1]


def _all_flows(graph: _Graph) -> list[tuple[str, str]]:
    return [*graph.flows, *graph.defaults.values()]


def _flow_id(flow: tuple[str, str]) -> str:
    return f"flow_{flow[0]}_{flow[1]}"


def _write_nodes(process: XML.Element, graph: _Graph) -> None:
    for id_, kind in graph.nodes.items():
        element = XML.SubElement(process, _q(MODEL, kind), {"id": id_})
        if graph.names[id_]:
            element.set("name", graph.names[id_])
        if id_ in graph.defaults:
            element.set("default", _flow_id(graph.defaults[id_]))
        if step := graph.steps.get(id_):
            extension = XML.SubElement(element, _q(MODEL, "extensionElements"))
            XML.SubElement(extension, _q(OURS, "step"), _attributes(step))
        for side, name in ((1, "incoming"), (0, "outgoing")):
            for flow in (flow for flow in _all_flows(graph) if flow[side] == id_):
                XML.SubElement(element, _q(MODEL, name)).text = _flow_id(flow)


def _write_flows(process: XML.Element, graph: _Graph) -> None:
    for flow in _all_flows(graph):
        given = {"id": _flow_id(flow), "sourceRef": flow[0], "targetRef": flow[1]}
        element = XML.SubElement(process, _q(MODEL, "sequenceFlow"), given)
        step = graph.steps.get(flow[1])
        if step and step.when is not None and flow[0] == f"if_{step.key}":
            XML.SubElement(element, _q(MODEL, "conditionExpression")).text = _json(expr.to_tree(step.when))


def _attributes(step: Step) -> dict[str, str]:
    given = {"key": step.key, "kind": step.kind.value, "organ": step.organ, "officers": str(step.officers)}
    given["after"] = " ".join(step.after)
    given |= _limit_attributes(step.limit)
    if step.upper:
        given["upper"] = step.upper.organ
        given |= {f"upper_{name}": value for name, value in _limit_attributes(step.upper.limit).items()}
    if step.check:
        given |= {"check": _json(expr.to_tree(step.check.when)), "rule": step.check.rule, "basis": step.check.basis}
    if step.when is not None:
        given["when"] = _json(expr.to_tree(step.when))
    if step.silence is not Silence.ESCALATE:
        given["silence"] = step.silence.value
    given["silence_basis"] = step.silence_basis
    given["precondition"] = "true" if step.precondition else ""
    given["criteria"] = step.criteria
    return {name: value for name, value in given.items() if value}


def _limit_attributes(limit: Limit | None) -> dict[str, str]:
    if limit is None:
        return {}
    article = f"{limit.article.law} {limit.article.number}" if limit.article else ""
    return {
        "limit": f"{limit.number} {limit.unit.value} {limit.start.value}",
        "article": article,
        "note": limit.note,
    }


def _json(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _draw(root: XML.Element, graph: _Graph) -> None:
    places = _places(graph)
    diagram = XML.SubElement(root, _q(DI, "BPMNDiagram"), {"id": "diagram"})
    plane = XML.SubElement(diagram, _q(DI, "BPMNPlane"), {"id": "plane", "bpmnElement": "plan"})
    for id_, kind in graph.nodes.items():
        width, height = _SIZES.get(kind, (50, 50))
        x, y = places[id_]
        shape = XML.SubElement(plane, _q(DI, "BPMNShape"), {"id": f"shape_{id_}", "bpmnElement": id_})
        bounds = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
        XML.SubElement(shape, _q(DC, "Bounds"), {name: str(value) for name, value in bounds.items()})
    for flow in _all_flows(graph):
        edge = XML.SubElement(
            plane, _q(DI, "BPMNEdge"), {"id": f"edge_{_flow_id(flow)}", "bpmnElement": _flow_id(flow)}
        )
        for id_, side in ((flow[0], 1), (flow[1], -1)):
            x, y = places[id_]
            half = _SIZES.get(graph.nodes[id_], (50, 50))[0] // 2
            XML.SubElement(edge, _q(DD, "waypoint"), {"x": str(x + side * half), "y": str(y)})


def _places(graph: _Graph) -> dict[str, tuple[int, int]]:
    """Centres: columns by what comes before, rows in the order of the plan."""
    return {
        id_: (_LEFT + column * _COLUMN, _TOP + row * _ROW)
        for column, ids in enumerate(columns(tuple(graph.nodes), _all_flows(graph)))
        for row, id_ in enumerate(ids)
    }


def plan_from_bpmn(text: str) -> Plan:
    """The plan that a BPMN file draws. Raises Malformed naming each element that no plan can say.

    Tasks that were drawn anew, without ``onedoor:step``, become reviews (审查) of the item's own organ.
    """
    process = _process(text)
    faults = [
        _fault(element, f"流程里不能有「{_local(element)}」，请删去或者改用用户任务、并行网关、排他网关")
        for element in process
        if _local(element) not in _KNOWN | _WITHIN
    ]
    tasks = {e.get("id", ""): e for e in process if _local(e) in _TASKS}
    faults += [
        _fault(e, "自动任务（serviceTask）没有核验规则，请改用用户任务，导入以后再改成自动核验")
        for e in tasks.values()
        if _local(e) == "serviceTask" and "check" not in _own(e)
    ]
    faults += [fault for element in process for fault in _beside_the_plan(element)]
    faults += [f for e in process if _local(e) == "exclusiveGateway" for f in _gateway_faults(e, process, tasks)]
    faults += _flow_faults(process, tasks)
    if faults:
        raise Malformed(faults)
    keys = {id_: _key(element) for id_, element in tasks.items()}
    needs = _needs(process, keys)
    steps = tuple(_read_step(element, needs[id_]) for id_, element in tasks.items())
    plan = Plan(steps, process.get(_q(OURS, "acceptance"), "own"))
    if wrong := problems(plan):
        raise Malformed(Fault(("plan",), "bpmn.unsound", message) for message in wrong)
    return plan


def _process(text: str) -> XML.Element:
    if len(text) > LARGEST:
        raise Malformed([Fault((), "bpmn.size", "文件太大，请核对是否选错文件")])
    try:
        root = SafeXML.fromstring(text)
    except (XML.ParseError, DefusedXmlException, ValueError) as error:
        raise Malformed([Fault((), "bpmn.xml", "不是能读的 XML 文件，请从建模工具重新导出")]) from error
    found = [element for element in root if element.tag == _q(MODEL, "process")]
    if root.tag != _q(MODEL, "definitions") or len(found) != 1:
        raise Malformed([Fault((), "bpmn.process", "应当是只有一个流程的 BPMN 2.0 文件")])
    process: XML.Element = found[0]
    around = [child for element in root if _local(element) == "collaboration" for child in element]
    if unread := [child for child in around if _local(child) in _NOT_READ]:
        raise Malformed(_fault(child, _NOT_READ[_local(child)] % child.get("name", "")) for child in unread)
    return process


def _local(element: XML.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _fault(element: XML.Element, message: str) -> Fault:
    return Fault((element.get("id") or _local(element),), f"bpmn.{_local(element)}", message)


def _gateway_faults(gateway: XML.Element, process: XML.Element, tasks: dict[str, XML.Element]) -> Iterator[Fault]:
    """A gateway that chooses has one way into a step with a condition, and one default way around that step alone."""
    out = _leaving(process, gateway)
    if len(out) < 2:
        return
    chosen = [flow for flow in out if flow.get("id") != gateway.get("default")]
    into = tasks.get(chosen[0].get("targetRef", "")) if len(chosen) == 1 else None
    if len(out) != 2 or into is None or not _own(into).get("when"):
        yield _fault(gateway, "排他网关只能用来跳过一个带条件的环节：一条默认出线，一条通向这个环节")
        return
    around = {flow.get("targetRef") for flow in out if flow not in chosen}
    if around != {flow.get("targetRef") for flow in _leaving(process, into)}:
        yield _fault(gateway, "默认出线应当通到被跳过的环节后面的那一处，不能多跳过别的环节")
    said = chosen[0].findtext(_q(MODEL, "conditionExpression"), "").strip()
    if said and said != _own(into)["when"]:
        yield _fault(chosen[0], "出线上的条件和环节自己的不一样。要改条件，请导入以后在流程里改")


def _beside_the_plan(element: XML.Element) -> Iterator[Fault]:
    """What a drawn element says beyond being there: to be done again and again, to wait for a time, to end it all."""
    for child in element:
        if _local(element) in _KNOWN and _local(child) not in _WITHIN:
            yield _fault(element, f"流程里不能有「{_local(child)}」，请从这个图形里去掉")


def _flow_faults(process: XML.Element, tasks: dict[str, XML.Element]) -> Iterator[Fault]:
    """Ways that meet are waited for all together, as a parallel gateway says it; a condition leaves a gateway alone."""
    choosing = {e.get("id"): e.get("default") for e in process if _local(e) == "exclusiveGateway"}
    entering = Counter(f.get("targetRef") for f in _flows(process) if f.get("id") not in choosing.values())
    for element in process:
        id_ = element.get("id")
        if entering[id_] > 1 and (id_ in tasks or id_ in choosing):
            yield _fault(element, "有几条线通到这里。要等前面都办完的，请在它前面加一个并行网关")
    for flow in _flows(process):
        said = flow.find(_q(MODEL, "conditionExpression")) is not None
        if said and flow.get("sourceRef") not in choosing:
            yield _fault(flow, "连线上不能有条件，请用排他网关跳过带条件的环节")
    if len(begins := [e for e in process if _local(e) == "startEvent"]) > 1:
        yield _fault(begins[1], "流程只能有一个开始")


def _leaving(process: XML.Element, element: XML.Element) -> list[XML.Element]:
    return [flow for flow in _flows(process) if flow.get("sourceRef") == element.get("id")]


def _flows(process: XML.Element) -> list[XML.Element]:
    return [element for element in process if _local(element) == "sequenceFlow"]


def _own(task: XML.Element) -> dict[str, str]:
    found = task.find(f"{_q(MODEL, 'extensionElements')}/{_q(OURS, 'step')}")
    return dict(found.attrib) if found is not None else {}


def _key(task: XML.Element) -> str:
    return _own(task).get("key") or task.get("id", "").removeprefix("task_").lower()


def _needs(process: XML.Element, keys: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """For each task the tasks before it, through gateways, never by the way around a step."""
    around = {e.get("default") for e in process if _local(e) == "exclusiveGateway"} - {None}
    before: dict[str, list[str]] = defaultdict(list)
    for flow in _flows(process):
        if flow.get("id") not in around:
            before[flow.get("targetRef", "")].append(flow.get("sourceRef", ""))
    return {task: tuple(keys[found] for found in _tasks_before(task, before, keys)) for task in keys}


def _tasks_before(task: str, before: dict[str, list[str]], keys: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    waiting, seen = list(before[task]), set()
    while waiting:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        if here in keys:
            found[here] = None
        else:
            waiting += before[here]
    return list(found)


def _read_step(task: XML.Element, needs: tuple[str, ...]) -> Step:
    own = _own(task)
    listed = tuple(own.get("after", "").split())
    after = listed if set(listed) == set(needs) else needs  # as it was written, where the drawing says the same
    try:
        return Step(
            key=_key(task),
            name=task.get("name", ""),
            kind=StepKind(own.get("kind", StepKind.REVIEW)),
            organ=own.get("organ", "own"),
            after=after,
            limit=_limit(own),
            when=expr.parse(json.loads(own["when"])) if "when" in own else None,
            officers=int(own.get("officers", "1")),
            criteria=own.get("criteria", ""),
            silence=Silence(own.get("silence", Silence.ESCALATE)),
            silence_basis=own.get("silence_basis", ""),
            precondition=own.get("precondition") == "true",
            upper=_upper(own),
            check=_check(own),
        )
    except (ValueError, Malformed) as error:
        raise Malformed([_fault(task, f"环节「{task.get('name', '')}」的属性有误：{error}")]) from error


def _upper(own: dict[str, str]) -> Upper | None:
    limit = _limit({name.removeprefix("upper_"): value for name, value in own.items() if name.startswith("upper_")})
    return Upper(own["upper"], limit) if "upper" in own else None


def _check(own: dict[str, str]) -> Check | None:
    if "check" not in own:
        return None
    return Check(expr.parse(json.loads(own["check"])), own.get("rule", ""), own.get("basis", ""))


def _limit(own: dict[str, str]) -> Limit | None:
    if "limit" not in own:
        return None
    number, unit, start = own["limit"].split()
    law, _, place = own.get("article", "").partition(" ")
    return Limit(int(number), Unit(unit), StartEvent(start), Article(law, place) if law else None, own.get("note", ""))
