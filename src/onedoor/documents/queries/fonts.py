"""Which fonts there are and which characters they can draw."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont

from onedoor.documents import rules

RARE = Path(__file__).parents[1] / "data" / "fonts"


def folders() -> tuple[Path, ...]:
    """The shipped fonts, ours with rare names, and the instance's own folder ``fonts`` (e.g. for GB 18030 level 3)."""
    shipped = (Path(pylopdf_fonts_zh_cn.__file__).parent, RARE)
    own = Path(settings.DATA) / "fonts"
    return (*shipped, own) if own.is_dir() else shipped


def covered() -> frozenset[int]:
    """The code points that at least one installed font can draw (read once per process and set of fonts)."""
    files = (path for folder in folders() for path in folder.iterdir())
    return _covered(tuple(sorted(path for path in files if path.suffix.lower() in {".otf", ".ttf", ".ttc", ".otc"})))


@cache
def _covered(files: tuple[Path, ...]) -> frozenset[int]:
    return frozenset(code for path in files for code in _code_points(path))


def _code_points(path: Path) -> frozenset[int]:
    if path.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(str(path), lazy=True) as collection:
            return frozenset(code for font in collection.fonts for code in font.getBestCmap() or {})
    with TTFont(str(path), lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of a name that no installed font can draw: ask before a licence is promised to somebody."""
    return rules.missing(rules.strings(rules.clean(text)), covered())
