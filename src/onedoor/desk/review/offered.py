"""One act that a case page offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
        "report_upward",
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on the right of the page. ``key`` names its route and template; the first is open."""

    key: str
    label: str
    step: Step | None = None

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
