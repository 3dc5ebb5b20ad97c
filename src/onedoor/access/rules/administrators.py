"""三员分立: system, security and audit administrators, never two in one hand, never a case handler as well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from onedoor.kernel.actor import Act, Grant
from onedoor.kernel.errors import Refused


class Administrator(StrEnum):
    """三员 (GB/T 22239-2019 §8.1.5)."""

    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"

    @property
    def label(self) -> str:
        """The name of the post."""
        return {"system": "系统管理员", "security": "安全管理员", "audit": "审计管理员"}[self.value]


ADMINISTRATOR_ACTS: dict[Administrator, frozenset[Act]] = {
    Administrator.SYSTEM: frozenset({Act.MANAGE_SYSTEM, Act.MANAGE_ORGS}),
    Administrator.SECURITY: frozenset({Act.MANAGE_SECURITY}),
    Administrator.AUDIT: frozenset({Act.AUDIT}),
}
RESERVED = frozenset({Act.MANAGE_SYSTEM, Act.MANAGE_SECURITY, Act.AUDIT})


def administrator_grants(role: Administrator) -> tuple[Grant, ...]:
    """All that this administrator may do, everywhere; nothing in any case."""
    return (Grant(post=role.label, acts=ADMINISTRATOR_ACTS[role], organ=None, area=""),)


def without_administration(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Grants of ordinary posts with the administrators' own acts taken out: no post can smuggle them in."""
    stripped = (replace(grant, acts=grant.acts - RESERVED) for grant in grants)
    return tuple(grant for grant in stripped if grant.acts)


def check_appointment(role: Administrator, *, holds: Administrator | None, handles_cases: bool) -> None:
    """One person, one of the three (权限分离). Raises Refused."""
    if holds and holds is not role:
        raise Refused(
            "administrator.separate", f"该账号已是{holds.label}，不能再任{role.label}：三员必须分立，请另选一人。"
        )
    if handles_cases:
        raise Refused("administrator.handles_cases", "该账号办理业务，不能兼任管理员，请另选一人。")
