"""我要问 as pure rules: values, events, fold, acts, the county's limits, and what may be published."""

from onedoor.hotline.rules.acts import Occasion, answering, dispatching, is_asker
from onedoor.hotline.rules.fold import Fact, apply, replay
from onedoor.hotline.rules.knowledge import Published, nearest, personal_data_in
from onedoor.hotline.rules.service import Service, service_of
from onedoor.hotline.rules.values import STATE_NAMES, Answer, Draft, Question, State, Step, Turn

__all__ = [
    "STATE_NAMES",
    "Answer",
    "Draft",
    "Fact",
    "Occasion",
    "Published",
    "Question",
    "Service",
    "State",
    "Step",
    "Turn",
    "answering",
    "apply",
    "dispatching",
    "is_asker",
    "nearest",
    "personal_data_in",
    "replay",
    "service_of",
]
