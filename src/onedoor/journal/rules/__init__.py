"""The journal's values and rules: facts, and how a sealed journal is checked. Pure."""

from onedoor.journal.rules.facts import (
    PERSONAL,
    SALT_BYTES,
    Entry,
    EntryMode,
    Json,
    Recorded,
    check,
    commitment,
)
from onedoor.journal.rules.positions import START, Position
from onedoor.journal.rules.sealing import (
    Checkpoint,
    Fault,
    SealedRow,
    Verdict,
    Verifier,
    leaf_bytes,
    read_body,
    seal_hash,
)

__all__ = [
    "PERSONAL",
    "SALT_BYTES",
    "START",
    "Checkpoint",
    "Entry",
    "EntryMode",
    "Fault",
    "Json",
    "Position",
    "Recorded",
    "SealedRow",
    "Verdict",
    "Verifier",
    "check",
    "commitment",
    "leaf_bytes",
    "read_body",
    "seal_hash",
]
