"""The catalogue's own files: folders of items, and the tables that its rules look things up in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, TypeVar

from ruamel.yaml import YAML

from onedoor.items.rules import BadFile, FileFault, ItemSource, Tables, read, read_standard, tables_from
from onedoor.items.rules.exchange import Layout, Reading, layout_from, read_tables, sheets_of_json, sheets_of_xlsx
from onedoor.items.rules.layers import Policies, policies_from
from onedoor.items.rules.offers import Offer, offers_from
from onedoor.items.rules.paper import Stationery, stationery_from
from onedoor.items.rules.search import Lexicon, lexicon_from
from onedoor.items.rules.standards import Standard

T = TypeVar("T")

DATA: Final = Path(__file__).parents[1] / "data"
TABLES: Final = frozenset({".json", ".xlsx"})


def read_folder(path: Path) -> tuple[list[ItemSource], list[FileFault]]:
    """Every item file (``*.yaml``) of a folder, or one file; and the faults of those that cannot be read.

    A file may also hold the national access tables (``.json``, ``.xlsx``).
    """
    if path.suffix in TABLES:
        found = read_access_tables(path)
        return list(found.items), found.faults
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    sources, faults = _read(files, read)
    if not files:
        faults.append(FileFault(str(path), 1, "", "files.none", "这个文件夹里没有 .yaml 事项文件"))
    return sources, faults


def read_standards(path: Path) -> tuple[list[Standard], list[FileFault]]:
    """Every standard (``standards/*.yaml``) of a county's folder or tables, and the faults of what is none."""
    if path.suffix in TABLES:
        return read_access_tables(path).standards, []  # the faults are told with the items
    files = sorted((path / "standards").glob("*.yaml")) if path.is_dir() else []
    return _read(files, partial(read_standard, table=policies()))


def read_bundles(path: Path) -> tuple[list[ItemSource], list[FileFault]]:
    """Every bundle (``bundles/*.yaml``) of a county's folder, not composed yet; and the faults of what is none."""
    return _read(sorted((path / "bundles").glob("*.yaml")) if path.is_dir() else [], read)


def read_access_tables(path: Path) -> Reading:
    """Items and standards of a file of national access tables, or its faults."""
    file = str(path)
    try:
        content = path.read_bytes()
    except OSError:
        return Reading(faults=[FileFault(file, 1, "", "files.unreadable", "文件打不开，请核对路径和权限")])
    try:
        spreadsheet = path.suffix == ".xlsx"
        sheets = (
            sheets_of_xlsx(content, file=file, layout=access()) if spreadsheet else sheets_of_json(content, file=file)
        )
    except BadFile as bad:
        return Reading(faults=list(bad.faults))
    return read_tables(sheets, file=file, layout=access(), policies=policies())


def _read(files: Iterable[Path], reader: Callable[..., T]) -> tuple[list[T], list[FileFault]]:
    found: list[T] = []
    faults: list[FileFault] = []
    for file in files:
        try:
            found.append(reader(file.read_bytes(), file=str(file)))
        except BadFile as bad:
            faults += bad.faults
        except OSError:
            faults.append(FileFault(str(file), 1, "", "files.unreadable", "文件打不开，请核对路径和权限"))
    return found, faults


@cache
def tables() -> Tables:
    """The lists that the checker looks things up in."""
    return tables_from(load_yaml(DATA / "tables.yaml"))


@cache
def stationery() -> Stationery:
    """What stands on forms and samples."""
    return stationery_from(load_yaml(DATA / "paper.yaml"))


@cache
def access() -> Layout:
    """The national access tables, with the codes of the national platform."""
    return layout_from(load_yaml(DATA / "access.yaml"))


@cache
def offers() -> tuple[Offer, ...]:
    """The hints at what somebody may be entitled to."""
    return offers_from(load_yaml(DATA / "offers.yaml")["offers"])


@cache
def policies() -> Policies:
    """What a lower level may do with each field."""
    return policies_from(load_yaml(DATA / "fields.yaml"))


@cache
def lexicon() -> Lexicon:
    """The words that people use for what the catalogue says."""
    return lexicon_from(load_yaml(DATA / "search.yaml"))


def load_yaml(path: Path) -> Mapping[str, Any]:
    """A data file of this context."""
    tree: Mapping[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return tree
