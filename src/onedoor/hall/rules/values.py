"""A visit (来访) and what was taken in during it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onedoor.cases.rules.values import PaperForm


class Identity(StrEnum):
    """How the number of whoever stands at the window came in (核对方式)."""

    TYPED = "typed"  # 照证件输入
    READER = "reader"  # 读卡


@dataclass(frozen=True, slots=True)
class Correction:
    """One error put right at the window: in which material (``""`` = the form), and what was put right."""

    material: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class TakenMaterial:
    """One material as it was handed over. ``form`` None: only scanned or electronic."""

    key: str
    name: str
    form: PaperForm | None = None
    files: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in for one case. ``key``: of the application; "" where a supplement was taken in."""

    case: str
    item_name: str
    key: str
    materials: tuple[TakenMaterial, ...]
    corrected: tuple[str, ...] = ()
    returned: frozenset[str] = frozenset()

    @property
    def supplement(self) -> bool:
        """Whether this was a supplement to a case of an earlier visit."""
        return not self.key

    @property
    def to_return(self) -> tuple[TakenMaterial, ...]:
        """Originals that were shown to check a copy and are not handed back yet."""
        return tuple(m for m in self.materials if m.form is PaperForm.BOTH and m.key not in self.returned)

    @property
    def kept(self) -> tuple[TakenMaterial, ...]:
        """Originals that the organ keeps until they are handed back."""
        return tuple(m for m in self.materials if m.form is PaperForm.ORIGINAL and m.key not in self.returned)

    @property
    def here(self) -> tuple[TakenMaterial, ...]:
        """Every original that is still in the hall or with the organ."""
        return (*self.to_return, *self.kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """来访: for whom (申请人), who stands here (来办的人), at which window, and everything taken in.

    ``in_person``: the applicant, or the legal representative of the applicant, stands here.
    """

    id: int
    number: str
    token: str
    area: str
    desk: str
    applicant: str
    stands: str
    in_person: bool
    identity: Identity
    clerk: str
    clerk_name: str
    opened: datetime
    version: int
    closed: datetime | None = None
    taken: tuple[Taken, ...] = ()

    @property
    def for_entity(self) -> bool:
        """Whether the applicant is a company or another organisation."""
        return self.applicant.startswith("entity:")

    @property
    def holds(self) -> bool:
        """Whether an original of this visit is still here when it is over."""
        return self.closed is not None and any(taken.here for taken in self.taken)

    def of(self, case: str) -> Taken | None:
        """What was taken in for this case, the latest where there are several."""
        return next((taken for taken in reversed(self.taken) if taken.case == case), None)
