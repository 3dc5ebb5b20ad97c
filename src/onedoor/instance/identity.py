"""PostgreSQL refuses to run as root. Who runs it instead."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from onedoor.instance import lifeline
from onedoor.instance.home import InstanceError

RUNTIME = Path("/var/lib/onedoor")
CANDIDATES = ("onedoor", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who runs the database's programs, and the owner its files need (None = leave as they are)."""

    name: str
    owner: tuple[int, int] | None = None

    def give(self, path: Path) -> None:
        """Hand one file or folder (not what is in it) to that user."""
        if self.owner is not None:
            os.chown(path, *self.owner)

    def give_all(self, folder: Path) -> None:
        """Hand a folder and everything in it to that user, unless the folder is his already."""
        if self.owner is None or folder.stat().st_uid == self.owner[0]:
            return
        for parent, _, files in os.walk(folder):
            os.chown(parent, *self.owner)
            for file in files:
                os.chown(Path(parent, file), *self.owner)


def choose(binaries: Path, data: Path) -> tuple[Identity, Path]:
    """Identity and binaries for this machine: ourselves; as root a user namespace; else another user.

    Raises InstanceError saying what to do where none works.
    """
    if os.geteuid() != 0:
        return Identity(lifeline.SAME), binaries
    user = _user()
    if os.environ.get("ONEDOOR_PG_IDENTITY") != "user" and not _belongs_to_another(data):
        mapped = Identity(f"map:{user.pw_uid}:{user.pw_gid}")
        if _works(mapped, binaries):
            return mapped, binaries
    return _other_user(user, binaries, data)


def _belongs_to_another(data: Path) -> bool:
    return data.exists() and data.stat().st_uid != 0


def _user() -> pwd.struct_passwd:
    for name in (os.environ.get("ONEDOOR_PG_USER", ""), *CANDIDATES):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise InstanceError("数据库不能以 root 身份运行，而本机没有普通用户。请执行：useradd --system onedoor")


def _other_user(user: pwd.struct_passwd, binaries: Path, data: Path) -> tuple[Identity, Path]:
    if _belongs_to_another(data):
        user = pwd.getpwuid(data.stat().st_uid)
    identity = Identity(f"user:{user.pw_uid}:{user.pw_gid}", (user.pw_uid, user.pw_gid))
    if not _works(identity, binaries):
        binaries = _copied(binaries)
    if not _works(identity, binaries):
        raise InstanceError(f"数据库程序不能以用户 {user.pw_name} 运行：请检查 {binaries}，或改用普通用户启动。")
    if not _reaches(identity, data.parent):
        raise InstanceError(
            f"数据库以用户 {user.pw_name} 运行，但它进不了 {data.parent}。"
            f"请用 --data 换一个它进得去的文件夹（例如 /var/lib/onedoor/data），或改用普通用户启动。"
        )
    return identity, binaries


def _runs(identity: Identity, *argv: str) -> bool:
    wrapped = lifeline.command(argv, on_death=signal.SIGKILL, identity=identity.name)
    return subprocess.run(wrapped, capture_output=True, check=False, cwd="/").returncode == 0


def _works(identity: Identity, binaries: Path) -> bool:
    return _runs(identity, str(binaries / "postgres"), "--version")


def _reaches(identity: Identity, folder: Path) -> bool:
    return _runs(identity, "/usr/bin/test", "-x", str(folder))


def _copied(binaries: Path) -> Path:
    """The programs with their libraries, in the same relative places, where every user may read them."""
    root = binaries.parents[2]
    target = RUNTIME / f"postgresql-{binaries.parents[1].name}-{binaries.stat().st_mtime_ns:x}"
    if not target.exists():
        fresh = target.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        for name in (binaries.parents[1].name, f"{binaries.parents[1].name}.libs"):
            if (root / name).exists():
                shutil.copytree(root / name, fresh / name)
        fresh.rename(target)
    return target / binaries.relative_to(root)
