"""上传的表格和样表: a paper of an organ's own, in place of the one made from the item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SUBJECT: Final = "item-papers"
"""What such files belong to in the vault: the catalogue as a whole, so that every level below finds them too."""
UPLOADED: Final = frozenset({"blank_file", "sample_file"})
"""The fields of a material that such a file may stand in."""
DIGEST: Final = 64  # characters of an SM3 in hex


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of the vault, named by its content: a version that names it can never come to mean another."""

    name: str
    sm3: str

    @property
    def format(self) -> str:
        """What people know the kind of file by: ``DOCX``."""
        return self.name.rpartition(".")[2].upper()

    @property
    def sound(self) -> bool:
        """Whether it names a content at all."""
        return len(self.sm3) == DIGEST and set(self.sm3) <= set("0123456789abcdef") and "." in self.name.strip(".")
