"""What becomes of a command whose parent dies, in each identity."""

import os
import pwd
import signal
import subprocess
import sys

import pytest

from onedoor.instance import lifeline
from onedoor.instance.processes import wait_until

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
NOBODY = pwd.getpwnam("nobody")
PARENT = """
import subprocess, sys, time
from signal import SIGKILL
from onedoor.instance import lifeline
child = subprocess.Popen(lifeline.command(["/bin/sleep", "60"], on_death=SIGKILL, identity=sys.argv[1]))
print(child.pid, flush=True)
time.sleep(60)
"""


def command_of(pid: int) -> bytes:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()  # empty for a zombie
    except FileNotFoundError:
        return b""


@pytest.mark.parametrize(
    "identity",
    [
        "same",
        pytest.param(f"map:{NOBODY.pw_uid}:{NOBODY.pw_gid}", marks=AS_ROOT),
        pytest.param(f"user:{NOBODY.pw_uid}:{NOBODY.pw_gid}", marks=AS_ROOT),
    ],
)
def test_the_command_dies_with_the_parent_in_every_identity(identity: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, identity], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert wait_until(lambda: command_of(child).startswith(b"/bin/sleep"), 5)
    parent.kill()
    parent.communicate()
    assert wait_until(lambda: not command_of(child), 2)


def test_a_command_whose_parent_is_gone_already_is_not_run() -> None:
    argv = lifeline.command(["/bin/echo", "ran"], on_death=signal.SIGKILL)
    argv[argv.index(str(os.getpid()))] = "1"
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


def test_signals_that_a_shell_left_ignored_are_heard_again() -> None:
    argv = lifeline.command(["/bin/sleep", "60"], on_death=signal.SIGKILL)
    child = subprocess.Popen(argv, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))  # noqa: PLW1509
    assert wait_until(lambda: command_of(child.pid).startswith(b"/bin/sleep"), 5)
    child.send_signal(signal.SIGINT)
    assert child.wait(5) == -signal.SIGINT


@AS_ROOT
@pytest.mark.parametrize("kind", ["map", "user"])
def test_root_is_no_longer_root(kind: str) -> None:
    argv = ["/usr/bin/id", "-u"]
    wrapped = lifeline.command(argv, on_death=signal.SIGKILL, identity=f"{kind}:{NOBODY.pw_uid}:{NOBODY.pw_gid}")
    done = subprocess.run(wrapped, capture_output=True, text=True, check=True)
    assert int(done.stdout) == NOBODY.pw_uid
