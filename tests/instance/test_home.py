"""The instance's folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onedoor.instance.home import (
    PERSONAL_KEY_BYTES,
    Home,
    InstanceError,
    Running,
    is_locked,
    keys_missing,
    lock,
    write_once,
)


def test_keys_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    home.create()
    before = {path.name: path.read_bytes() for path in home.keys.iterdir()}
    home.create()
    assert {path.name: path.read_bytes() for path in home.keys.iterdir()} == before
    assert len(before["personal.key"]) == PERSONAL_KEY_BYTES
    assert len(before["django.key"]) >= 64
    assert {path.stat().st_mode & 0o777 for path in home.keys.iterdir()} == {0o600}
    assert home.keys.stat().st_mode & 0o777 == 0o700


def test_two_instances_share_no_key(tmp_path: Path) -> None:
    homes = [Home(tmp_path / name) for name in ("one", "two")]
    for home in homes:
        home.create()
    one, two = ({path.read_bytes() for path in home.keys.iterdir()} for home in homes)
    assert not one & two


def test_a_secret_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    write_once(tmp_path / "key", b"first")
    write_once(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_missing_and_damaged_keys_are_named(tmp_path: Path) -> None:
    (tmp_path / "whole").write_bytes(b"1234")
    (tmp_path / "cut").write_bytes(b"123")
    assert keys_missing(tmp_path, {"whole": 4, "cut": 4, "gone": None}) == ("cut", "gone")


def test_a_folder_is_held_by_one_and_free_again_when_he_is_gone(tmp_path: Path) -> None:
    held = lock(tmp_path)
    assert is_locked(tmp_path)
    with pytest.raises(InstanceError, match="正由另一个进程使用"):
        lock(tmp_path)
    os.close(held)
    assert not is_locked(tmp_path)


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    program = "import sys, time; from onedoor.instance.home import *; lock(Path(sys.argv[1])); print(1, flush=True)"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{program}; time.sleep(60)", str(tmp_path)], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    assert is_locked(tmp_path)
    holder.kill()
    holder.communicate()
    assert not is_locked(tmp_path)


def test_a_note_counts_only_while_the_folder_is_held(tmp_path: Path) -> None:
    home, note = Home(tmp_path), Running(pid=1, host="127.0.0.1", port=8000, database=True)
    home.announce(note)
    assert home.running() is None  # left by a killed instance
    held = lock(tmp_path)
    assert home.running() == note
    home.note.write_text("{")
    assert home.running() is None
    os.close(held)
