"""One act that a case page offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from onedoor.cases.rules.tasks import ACCEPTANCE, DELIVERY, RELIEF
from onedoor.kernel.actor import Act
from onedoor.kernel.plan import Step, StepKind

ACTS: Final = {
    "decide": Act.DECIDE,
    "report_upward": Act.DECIDE,
    "step": Act.REVIEW,
    "sign_visit": Act.REVIEW,
    "supplement": Act.NOTIFY,
    "refuse": Act.REFUSE,
}

SHOWN: Final = frozenset({"record_answer", "record_return"})  # by the scan of a paper

PREVIEWED: Final = frozenset(
    {
        *("accept", "supplement", "refuse", "start_special", "extend", "decide"),
        *("hearing_right", "announce_hearing", "convene_hearing", "record_hearing"),
        *("report_upward", "ask_overlooked", "set_charges"),
    }
)


FOLDED: Final = frozenset(
    {
        *("send_back", "start_special", "extend", "hand_over", "late_opinion", "ask_overlooked"),
        *("name_interested", "hearing_right", "announce_hearing", "record_objection", "leave_visit"),
        "propose_relief",
    }
)  # what is possible now but does not usually come next

OF_TASK: Final = {"accept": ACCEPTANCE, "supplement": ACCEPTANCE, "refuse": ACCEPTANCE, "deliver": DELIVERY}


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on the right of the page. ``key`` names its route and template; ``rare``: only now and then here."""

    key: str
    label: str
    step: Step | None = None
    rare: bool = False

    @property
    def folded(self) -> bool:
        """Whether it stands below what usually comes next."""
        return self.rare or self.key in FOLDED

    @property
    def task(self) -> str:
        """The key of the task that it ends, where it ends one."""
        if self.step is None:
            return OF_TASK.get(self.key, "")
        return f"{RELIEF}{self.step.key}" if self.key == "decide_relief" else self.step.key

    @property
    def template(self) -> str:
        """Where its form is drawn."""
        return f"desk/review/acts/{self.key}.html"

    @property
    def act(self) -> str:
        """For which act words are kept."""
        return ACTS.get(self.key, "")

    @property
    def previewed(self) -> bool:
        """Whether a notice goes out, which can be seen before."""
        return self.key in PREVIEWED

    @property
    def on_site(self) -> bool:
        """Whether photos may come with it, or the scan of a paper."""
        on_site = self.step is not None and self.step.kind is StepKind.SITE_VISIT
        return on_site or self.key in {"sign_visit", *SHOWN}

    @property
    def id(self) -> str:
        """Unique on the page."""
        return f"{self.key}-{self.step.key}" if self.step else self.key
