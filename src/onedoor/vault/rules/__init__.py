"""What may be kept, recognised by its content alone. Pure: bytes in, verdicts out."""

from onedoor.vault.rules.archives import ArchiveLimits, inspect
from onedoor.vault.rules.files import (
    UNBOUND,
    Binding,
    Policy,
    ScannerState,
    ScanState,
    StoredFile,
    accept,
    fault,
    serving_headers,
)
from onedoor.vault.rules.images import pixels
from onedoor.vault.rules.names import clean_name, extension
from onedoor.vault.rules.signatures import KNOWN, find
from onedoor.vault.rules.types import KINDS, Kind, recognise

__all__ = [
    "KINDS",
    "KNOWN",
    "UNBOUND",
    "ArchiveLimits",
    "Binding",
    "Kind",
    "Policy",
    "ScanState",
    "ScannerState",
    "StoredFile",
    "accept",
    "clean_name",
    "extension",
    "fault",
    "find",
    "inspect",
    "pixels",
    "recognise",
    "serving_headers",
]
