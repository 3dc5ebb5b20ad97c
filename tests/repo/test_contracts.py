"""The order of the house."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.repo.conftest import ROOT, SOURCE, contexts


def test_the_import_contracts_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(command), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_every_package_has_its_place_in_the_order() -> None:
    assert {path.parent.name for path in SOURCE.glob("*/__init__.py")} == set(contexts())


def test_all_rules_are_declared_pure() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    pure = next(
        contract["source_modules"] for contract in contracts if contract["name"] == "Pure packages know no Django"
    )
    rules = {f"onedoor.{path.parent.name}.rules" for path in SOURCE.glob("*/rules*")}
    assert rules - set(pure) == set()
