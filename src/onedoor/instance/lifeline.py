"""A command that dies with its parent, and that is never root where it must not be.

Run as a script by the bare interpreter (``python -I -S lifeline.py SIGNAL PARENT IDENTITY command …``): it becomes
the identity, asks the kernel for a signal at the parent's death, and only then becomes the command. The order
matters: a change of identity forgets the request.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
SAME = "same"


def command(argv: Sequence[str], *, on_death: signal.Signals, identity: str = SAME) -> list[str]:
    """The command line that runs ``argv`` and gives it ``on_death`` when the calling *thread* ends.

    ``identity``: ``same``; ``map:UID:GID`` (a user namespace that shows another user, files keep their owner);
    ``user:UID:GID`` (really another user).
    """
    script = str(Path(__file__).resolve())
    return [sys.executable, "-I", "-S", script, str(int(on_death)), str(os.getpid()), identity, *argv]


def die_with_parent(on_death: int, parent: int) -> None:
    """Ask for ``on_death`` when the parent ends; end at once where it has ended already. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, on_death, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def become(identity: str) -> None:
    """Take the identity. Raises OSError where the machine does not allow it."""
    kind, _, numbers = identity.partition(":")
    if kind == SAME:
        return
    uid, gid = (int(number) for number in numbers.split(":"))
    if kind == "map":
        _map(uid, gid)
    else:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def _map(uid: int, gid: int) -> None:
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {outer_uid} 1"),
        ("gid_map", f"{gid} {outer_gid} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def main(argv: Sequence[str]) -> None:
    """Become the command."""
    on_death, parent, identity, *rest = argv
    for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(name, signal.SIG_DFL)  # a shell's "&" leaves SIGINT and SIGQUIT ignored
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    become(identity)
    die_with_parent(int(on_death), int(parent))
    os.execv(rest[0], rest)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main(sys.argv[1:])
