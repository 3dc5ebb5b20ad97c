"""Other systems as actors: what a registered client may do, for whom and where."""

from __future__ import annotations

from dataclasses import dataclass

from onedoor.access.rules.mandates import APPLICANT_ACTS
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation
from onedoor.kernel.errors import FieldError, Invalid

CLIENT_ACTS = APPLICANT_ACTS | {Act.READ_JOURNAL}


@dataclass(frozen=True, slots=True)
class ClientTerms:
    """What one system was admitted for. ``organ`` "" = any organ, ``applicants`` None = any applicant."""

    name: str
    organ: str
    acts: frozenset[Act]
    areas: tuple[str, ...]
    applicants: frozenset[str] | None = None


def check_client(terms: ClientTerms) -> None:
    """A system may apply, follow and read the journal; it never decides. Raises Invalid."""
    errors = []
    if not terms.name.strip():
        errors.append(FieldError("name", "请填写系统名称。"))
    if not terms.acts or not terms.acts <= CLIENT_ACTS:
        errors.append(FieldError("acts", "系统的权限只能是：查看、申请、补正、撤回、评价、读取日志，至少一项。"))
    if not terms.areas or any(not area.isdigit() for area in terms.areas):
        errors.append(FieldError("areas", "请写明适用的行政区划代码。"))
    if errors:
        raise Invalid(errors)


def client_actor(client_id: str, terms: ClientTerms, scopes: frozenset[str]) -> Actor:
    """The actor behind a token: the acts admitted *and* asked for, area by area.

    Where applicants are listed, an applicant's acts are held for those only; reading the journal is not bound to one.
    """
    acts = frozenset(act for act in terms.acts & CLIENT_ACTS if act.value in scopes)
    represents: tuple[Representation, ...] = ()
    if terms.applicants is not None:
        bound = acts & APPLICANT_ACTS
        represents = tuple(Representation(p, terms.name, bound, "系统接入") for p in sorted(terms.applicants))
        acts -= APPLICANT_ACTS
    grants = tuple(Grant(f"client:{client_id}", acts, terms.organ or None, area) for area in terms.areas if acts)
    return Actor(f"client:{client_id}", terms.name, ActorKind.CLIENT, Channel.API, grants, represents)
