"""The sample county's own files."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> dict[str, Any]:
    """One YAML file of the sample county: people, staff or stories."""
    return dict(YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
