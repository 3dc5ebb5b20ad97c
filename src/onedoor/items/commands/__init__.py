"""All writes of the catalogue."""

from onedoor.items.commands.drafting import (
    Claimant,
    Sheet,
    adopt,
    change_draft,
    claim,
    discard_draft,
    open_draft,
    open_standard,
    publish_draft,
    recompose,
    send_back_draft,
    submit_draft,
    upload_paper,
)
from onedoor.items.commands.importing import import_folder
from onedoor.items.commands.publishing import Publication, publish, publish_within, resume, withdraw
from onedoor.items.commands.standards import publish_standards, publish_standards_within

__all__ = [
    "Claimant",
    "Publication",
    "Sheet",
    "adopt",
    "change_draft",
    "claim",
    "discard_draft",
    "import_folder",
    "open_draft",
    "open_standard",
    "publish",
    "publish_draft",
    "publish_standards",
    "publish_standards_within",
    "publish_within",
    "recompose",
    "resume",
    "send_back_draft",
    "submit_draft",
    "upload_paper",
    "withdraw",
]
