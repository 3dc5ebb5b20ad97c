"""电子证照: what a licence is, what it is worth on a day, and what stands on its face. Pure."""

from onedoor.licences.rules.face import (
    Line,
    Told,
    code_in_groups,
    code_typed,
    lines,
    lines_from,
    public_lines,
    validity,
)
from onedoor.licences.rules.licence import (
    STATUS_NAMES,
    TOKEN_CHARACTERS,
    Licence,
    Status,
    identifier,
    licence_number,
    token,
    valid_until,
)

__all__ = [
    "STATUS_NAMES",
    "TOKEN_CHARACTERS",
    "Licence",
    "Line",
    "Status",
    "Told",
    "code_in_groups",
    "code_typed",
    "identifier",
    "licence_number",
    "lines",
    "lines_from",
    "public_lines",
    "token",
    "valid_until",
    "validity",
]
