"""All writes of the journal."""

from onedoor.journal.commands.facts import (
    Beside,
    append,
    append_with,
    declare_demo,
    erase,
    erase_within,
    grant_application,
)
from onedoor.journal.commands.following import follow
from onedoor.journal.commands.sealing import publish, seal

__all__ = [
    "Beside",
    "append",
    "append_with",
    "declare_demo",
    "erase",
    "erase_within",
    "follow",
    "grant_application",
    "publish",
    "seal",
]
