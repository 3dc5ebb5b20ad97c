"""The county's rules of answering, from its data file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from onedoor.areas import queries as areas
from onedoor.hotline.rules import Service, service_of

DATA: Final = Path(__file__).parents[1] / "data"


def service() -> Service:
    """The rules of the county that this instance serves."""
    return _read(areas.county().code[:6])


@cache
def _read(county: str) -> Service:
    return service_of(tomllib.loads((DATA / f"{county}.toml").read_text("utf-8")))
