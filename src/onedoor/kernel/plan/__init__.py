"""The review plan (审查流程): a graph of steps. Everything whose needs are met starts at once, like a build."""

from onedoor.kernel.plan.bpmn import bpmn_of, plan_from_bpmn
from onedoor.kernel.plan.graph import (
    Check,
    Place,
    Plan,
    Silence,
    Step,
    StepKind,
    Upper,
    applicable,
    downstream,
    pointless,
    ready,
    without,
)
from onedoor.kernel.plan.layout import columns
from onedoor.kernel.plan.schedule import Span, critical_path, schedule, slack
from onedoor.kernel.plan.soundness import in_cycle, longest, problems

__all__ = [
    "Check",
    "Place",
    "Plan",
    "Silence",
    "Span",
    "Step",
    "StepKind",
    "Upper",
    "applicable",
    "bpmn_of",
    "columns",
    "critical_path",
    "downstream",
    "in_cycle",
    "longest",
    "plan_from_bpmn",
    "pointless",
    "problems",
    "ready",
    "schedule",
    "slack",
    "without",
]
