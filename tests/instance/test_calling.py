"""What a newcomer is told to type works where it is typed."""

from __future__ import annotations

from pathlib import Path

from onedoor.instance.calling import calling


def installed(prefix: Path) -> Path:
    command = prefix / "bin" / "onedoor"
    command.parent.mkdir(parents=True)
    command.touch(mode=0o755)
    return command


def test_in_a_checkout_the_command_is_named_with_its_folder(tmp_path: Path) -> None:
    installed(tmp_path / ".venv")
    assert calling(tmp_path / ".venv", folder=tmp_path, path="/nowhere") == ".venv/bin/onedoor"


def test_elsewhere_it_is_named_in_full(tmp_path: Path) -> None:
    command = installed(tmp_path / ".venv")
    assert calling(tmp_path / ".venv", folder=tmp_path / "elsewhere", path="/nowhere") == str(command)


def test_where_the_shell_finds_it_its_name_is_enough_and_another_of_that_name_is_not_it(tmp_path: Path) -> None:
    command, other = installed(tmp_path / ".venv"), installed(tmp_path / "other")
    assert calling(tmp_path / ".venv", folder=tmp_path, path=str(command.parent)) == "onedoor"
    assert calling(tmp_path / ".venv", folder=tmp_path, path=str(other.parent)) == ".venv/bin/onedoor"
