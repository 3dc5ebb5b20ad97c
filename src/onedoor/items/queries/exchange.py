"""The catalogue as files: what is offered today and the standards above, readable YAML or national access tables."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from onedoor.items.queries.files import access
from onedoor.items.queries.standards import standards
from onedoor.items.queries.versions import catalogue, versions_by_id
from onedoor.items.rules import item_of, write, write_standard
from onedoor.items.rules.exchange import Issue, Rows, tables_of

STANDARDS: Final = "standards"
_UNSAFE: Final = re.compile(r"[^\w（）()—·\-]+")
_LONGEST: Final = 60  # characters of a name, so that a file system takes it
_OURS: Final = re.compile(r".*-([0-9A-Z]{33}|[0-9A-Z]{14}-[0-9]{12})\.yaml")


def as_files() -> dict[PurePosixPath, str]:
    """The whole catalogue as YAML by place in a folder; the same catalogue always gives the same bytes."""
    files = {
        PurePosixPath(STANDARDS, _name(str(one.content["name"]), f"{one.family}-{one.area}")): write_standard(one)
        for one in standards()
    }
    items = versions_by_id([line.id for line in catalogue()])
    return files | {PurePosixPath(_name(item.name, item.code)): write(item_of(item)) for item in items}


def as_tables() -> Rows:
    """The whole catalogue as national access tables."""
    items = versions_by_id([line.id for line in catalogue()])
    issued = [(item_of(one), Issue(one.number, one.published_on, one.effective_from)) for one in items]
    above = [(one, Issue(one.number, one.effective_from, one.effective_from)) for one in standards()]
    return tables_of(issued, above, layout=access())


def written_by_us(file: str) -> bool:
    """Whether a file of this name is one that ``as_files`` writes, today or for another catalogue."""
    return _OURS.fullmatch(file) is not None


def _name(title: str, code: str) -> str:
    """A file name that people can read and that does not change while name and code stay."""
    return f"{_UNSAFE.sub('_', title)[:_LONGEST]}-{code}.yaml"
