"""The command line: which instance, which database, and what is said when it fails."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from onedoor.config import cli
from onedoor.instance.home import InstanceError


@pytest.mark.parametrize(
    ("argv", "data", "rest"),
    [
        (["verify", "--data", "/x"], "/x", ["verify"]),
        (["--data=/x", "verify", "--json"], "/x", ["verify", "--json"]),
        (["verify"], "from-environment", ["verify"]),
    ],
)
def test_the_folder_is_named_anywhere_or_by_the_environment(
    argv: list[str], data: str, rest: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEDOOR_DATA", "from-environment")
    assert cli.split_data(argv) == (data, rest)


def test_a_folder_that_is_not_named_is_refused() -> None:
    with pytest.raises(InstanceError, match="--data"):
        cli.split_data(["verify", "--data"])


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("", False),
        ("help", False),
        ("--version", False),
        ("verify --help", False),
        ("verify", True),
        ("verify --from export.jsonl", False),
        ("codes check 1", False),
        ("migrate", True),
        ("items lint x", False),
        ("items import x", True),
    ],
)
def test_only_a_command_that_needs_the_database_starts_it(line: str, needs: bool) -> None:
    assert cli.needs_database(line.split()) is needs


def run(*argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "onedoor.config.cli", *argv], capture_output=True, text=True, check=False, timeout=60
    )


def test_where_there_is_no_instance_none_is_made_and_the_way_to_one_is_told(tmp_path: Path) -> None:
    done = run("verify", "--data", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "onedoor up --data" in done.stderr
    assert not (tmp_path / "none").exists()


def test_the_way_told_can_be_typed_where_the_shell_does_not_find_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    told = re.search(r"请先运行 (\S+) up --data", run("verify", "--data", str(tmp_path / "none")).stderr)
    assert told
    assert Path(told[1]).is_file()


def test_an_unknown_command_is_refused_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///never-asked")
    done = run("nonsense")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有「nonsense」这个命令" in done.stderr


def test_help_needs_no_instance(tmp_path: Path) -> None:
    done = run("help", "--data", str(tmp_path / "none"))
    assert done.returncode == 0
    assert "verify" in done.stdout
