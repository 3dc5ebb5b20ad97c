"""Ending processes for certain; finding those left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from onedoor.instance.processes import end_all_in, rotate, stop, wait_until, working_in

STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); signal.pause()"


def stubborn(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", STUBBORN], cwd=folder, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    return process


def test_a_process_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    process = stubborn(tmp_path)
    stop(process, signal.SIGTERM, grace=0.2)
    assert process.returncode == -signal.SIGKILL


def test_a_process_that_listens_is_not_killed(tmp_path: Path) -> None:
    process = subprocess.Popen(["/bin/sleep", "60"])
    stop(process, signal.SIGTERM, grace=5)
    assert process.returncode == -signal.SIGTERM


def test_all_that_work_in_a_folder_are_found_and_ended_and_no_others(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    ours, other = [stubborn(inside), stubborn(inside)], stubborn(outside)
    assert set(working_in(inside)) == {process.pid for process in ours}
    end_all_in(inside, first=signal.SIGTERM, grace=0.2)
    assert [process.wait(5) for process in ours] == [-signal.SIGKILL] * 2
    assert other.poll() is None
    stop(other, signal.SIGKILL, grace=5)


def test_a_folder_that_is_not_there_has_nobody(tmp_path: Path) -> None:
    end_all_in(tmp_path / "none", first=signal.SIGTERM)
    assert list(working_in(tmp_path / "none")) == []


def test_waiting_ends_with_the_condition_or_the_time() -> None:
    assert wait_until(lambda: True, 0)
    assert not wait_until(lambda: False, 0.02)


def test_a_log_that_has_grown_is_put_aside_and_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        for text in (b"first", b"second", b"third"):
            writer.write(text)
            rotate(tmp_path, limit=3, keep=2)
        writer.write(b"now")
    rotate(tmp_path, limit=3, keep=2)
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {"web.log": b"now", "web.log.1": b"third", "web.log.2": b"second"}
    assert os.path.getsize(log) == 3
