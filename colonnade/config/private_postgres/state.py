"""Where the private PostgreSQL keeps what: one folder, closed to everyone but its keeper."""

import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from colonnade.config.private_postgres.account import ServerAccount
from colonnade.config.private_postgres.errors import PrivatePostgresError

#: The port only names the socket file; there is no TCP.
PORT = 5432
_SOCKET_NAME = f".s.PGSQL.{PORT}"
#: The room for a socket's path in ``sockaddr_un``, less the closing zero byte.
_LONGEST_SOCKET_PATH = 107 if sys.platform == "linux" else 103


@dataclass(frozen=True, slots=True)
class Running:
    """What the supervisor publishes once the server takes connections."""

    socket_dir: str
    supervisor: int
    postmaster: int


@dataclass(frozen=True, slots=True)
class StateFolder:
    """The layout of ``.colonnade/postgres``."""

    path: Path

    @property
    def data(self) -> Path:
        """The database cluster; belongs to the server's account."""
        return self.path / "data"

    @property
    def draft(self) -> Path:
        """A cluster in the making, renamed to :attr:`data` when it is whole."""
        return self.path / "data.draft"

    @property
    def sockets(self) -> Path:
        """Where the socket is, unless the path is too long for one."""
        return self.path / "run"

    @property
    def temporary_paths(self) -> Path:
        """A list of folders outside this one, for the next start to remove should this one be killed."""
        return self.path / "temporary-paths.json"

    @property
    def credentials(self) -> Path:
        """The passwords of the logins."""
        return self.path / "credentials.json"

    @property
    def lease(self) -> Path:
        """Shared lock of every process that needs the server."""
        return self.path / "lease"

    @property
    def start_lock(self) -> Path:
        """Exclusive lock of the process that is starting the server."""
        return self.path / "start.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Exclusive lock of the supervisor for as long as it lives."""
        return self.path / "supervisor.lock"

    @property
    def running(self) -> Path:
        """What :class:`Running` says, while the server takes connections."""
        return self.path / "running.json"

    @property
    def supervisor_log(self) -> Path:
        """What the supervisor printed."""
        return self.path / "supervisor.log"

    @property
    def server_log(self) -> Path:
        """What the server printed."""
        return self.path / "server.log"

    def prepare(self, account: ServerAccount) -> None:
        """Make the folder and close it; give it to the account that may keep it.

        :raises PrivatePostgresError: when it belongs to somebody else.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            met = self.path.stat()
            if os.geteuid() == 0 and met.st_uid != account.keeper_uid:
                account.hand_to_keeper(self.path)
            if stat.S_IMODE(met.st_mode) != 0o700:
                self.path.chmod(0o700)
            os.listdir(self.path)
        except PermissionError as error:
            raise PrivatePostgresError(
                f"{self.path} belongs to another account and is closed to this one ({error.strerror}).",
                f"Run as the account that made it, or give it over: sudo chown -R {os.geteuid()} {self.path.parent}",
            ) from error

    def open_log(self, path: Path, account: ServerAccount) -> int:
        """A descriptor that appends to a log; a log past a few megabytes is set aside first."""
        if path.exists() and path.stat().st_size > 5_000_000:
            path.replace(path.with_suffix(".old.log"))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        account.hand_to_keeper(path)
        return descriptor

    def write_private(self, path: Path, text: str, account: ServerAccount) -> None:
        """Write a file that only the keeper can read, in one step: readers see the old text or the new."""
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        account.hand_to_keeper(draft)
        draft.replace(path)

    def read_running(self) -> Running | None:
        """What the supervisor published, or ``None`` when no server takes connections."""
        try:
            return Running(**json.loads(self.running.read_text()))
        except FileNotFoundError:
            return None

    def socket_folder(self, account: ServerAccount) -> Path:
        """A folder for the socket that belongs to the server's account: in here, or in the system's temporary
        folder when the path is longer than a socket's address can be."""
        folder = self.sockets
        if len(os.fsencode(folder / _SOCKET_NAME)) > _LONGEST_SOCKET_PATH:
            folder = self.temporary_folder("socket", account)
            if len(os.fsencode(folder / _SOCKET_NAME)) > _LONGEST_SOCKET_PATH:
                raise PrivatePostgresError(
                    f"Both {self.sockets} and {folder} are too long for a Unix socket's address.",
                    "Move the checkout, or set TMPDIR to a short path.",
                )
        folder.mkdir(mode=0o700, exist_ok=True)
        for left in folder.iterdir():
            left.unlink()
        account.hand_to_server(folder)
        folder.chmod(0o700)
        return folder

    def temporary_folder(self, purpose: str, account: ServerAccount, parent: str | None = None) -> Path:
        """A fresh closed folder outside the state folder, noted here so that it is removed even after a crash."""
        folder = Path(tempfile.mkdtemp(prefix=f"colonnade-{purpose}-", dir=parent))
        noted = self.noted_temporary_folders()
        self.write_private(self.temporary_paths, json.dumps([*noted, str(folder)]), account)
        return folder

    def remove_temporary_folders(self, known: Iterable[str] = ()) -> None:
        """Remove what :meth:`temporary_folder` made, in this life or an earlier one; ``known`` are those that this
        process remembers, should the note have been removed."""
        for folder in {*known, *self.noted_temporary_folders()}:
            shutil.rmtree(folder, ignore_errors=True)
        self.temporary_paths.unlink(missing_ok=True)

    def noted_temporary_folders(self) -> list[str]:
        """What :meth:`temporary_folder` made and nobody has removed yet."""
        try:
            noted: list[str] = json.loads(self.temporary_paths.read_text())
        except FileNotFoundError:
            return []
        return noted
