"""The review plan (审查流程): a graph of steps. Everything whose needs are met starts at once, like a build."""

from onedoor.kernel.plan.bpmn import bpmn_of, plan_from_bpmn
from onedoor.kernel.plan.graph import (
    Place,
    Plan,
    Silence,
    Step,
    StepKind,
    applicable,
    downstream,
    pointless,
    problems,
    ready,
    without,
)
from onedoor.kernel.plan.schedule import Span, critical_path, schedule, slack

__all__ = [
    "Place",
    "Plan",
    "Silence",
    "Span",
    "Step",
    "StepKind",
    "applicable",
    "bpmn_of",
    "critical_path",
    "downstream",
    "plan_from_bpmn",
    "pointless",
    "problems",
    "ready",
    "schedule",
    "slack",
    "without",
]
