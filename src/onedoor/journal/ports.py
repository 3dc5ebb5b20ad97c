"""What the journal asks of others: a signer for its checkpoints, and followers of its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from onedoor.journal.rules import Recorded


class Signer(Protocol):
    """Signs checkpoints with SM2 (id 1234567812345678): a soft key, a certified device, the province's service."""

    def key_id(self) -> str:
        """The id of the key that signs now."""

    def sign(self, message: bytes) -> bytes:
        """A DER signature over the message."""

    def public_keys(self) -> Mapping[str, bytes]:
        """Every public key (64 bytes x‖y) by id that ever signed here, the present one included."""


class Follower(Protocol):
    """Reads every fact once, in order. Effects in the database and the cursor are one transaction."""

    @property
    def name(self) -> str:
        """Stable: the cursor is stored under it."""

    def handle(self, batch: Sequence[Recorded]) -> None:
        """Take note of these facts; they come without personal values. Whatever is raised rolls back, and the same
        batch comes again.
        """


class _Wiring:
    signer: Signer | None = None


_followers: dict[str, Follower] = {}


def use_signer(signer: Signer) -> None:
    """Called by the wiring, once."""
    _Wiring.signer = signer


def signer() -> Signer:
    """The signer in use; LookupError where nobody wired one."""
    if _Wiring.signer is None:
        raise LookupError("no signer is wired: see config/wiring.py")
    return _Wiring.signer


def follow(follower: Follower) -> None:
    """Called by the wiring for each follower; a name stands for one follower."""
    _followers[follower.name] = follower


def followers() -> tuple[Follower, ...]:
    """All followers, in the order of wiring."""
    return tuple(_followers.values())
