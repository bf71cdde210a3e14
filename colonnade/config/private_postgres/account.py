"""Which account the server runs as.

PostgreSQL refuses to run as root, so root must pick somebody else: the account that the checkout belongs to, else
``nobody``. No account is made, and no folder's permissions are opened for it: root opens the data and socket
folders and hands the open descriptors down, and the server names them as ``/proc/self/fd/N``, a path that leads
into a folder without leave to walk through its parents. So a checkout under a closed ``/root`` works, and the state
folder itself stays closed to other processes of ``nobody``.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colonnade.config.private_postgres.errors import PrivatePostgresError

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """The account of the server's processes (``uid``, ``gid``) and of the files around them (``keeper_*``).

    They are the same, but for ``nobody``: it gets the data and the socket, never the passwords.
    """

    uid: int
    gid: int
    keeper_uid: int
    keeper_gid: int

    @property
    def must_change(self) -> bool:
        """Whether starting the server means leaving root behind."""
        return os.geteuid() != self.uid

    def hand_to_server(self, path: Path) -> None:
        """Give a file or folder to the server's account."""
        if os.geteuid() == 0:
            _give(path, self.uid, self.gid)

    def hand_to_keeper(self, path: Path) -> None:
        """Give a file or folder to the keeper."""
        if os.geteuid() == 0:
            _give(path, self.keeper_uid, self.keeper_gid)

    def view(self, folder: int, path: Path) -> str:
        """How the server names ``path``, which is open as the descriptor ``folder``."""
        return f"/proc/self/fd/{folder}" if self.must_change else str(path)

    def popen_options(self, *, signal_when_orphaned: signal.Signals) -> dict[str, Any]:
        """Arguments of :class:`subprocess.Popen` that run a program as this account.

        The program gets ``signal_when_orphaned`` when the process that starts it dies (Linux), and can never gain
        privileges again.
        """
        options: dict[str, Any] = {
            "cwd": "/",
            "umask": 0o077,
            "env": {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"},
            "start_new_session": True,
            "preexec_fn": _bind_to_parent(os.getpid(), signal_when_orphaned),
        }
        if self.must_change:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def try_out(self) -> None:
        """Run a program as this account that does nothing.

        :raises PrivatePostgresError: when root may not change to it, as in some containers.
        """
        try:
            subprocess.run(
                ["/bin/sh", "-c", ":"], check=True, **self.popen_options(signal_when_orphaned=signal.SIGKILL)
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise _root_in_name_only(f"run a program as account {self.uid} ({error})") from error


def _give(path: Path, uid: int, gid: int) -> None:
    try:
        os.chown(path, uid, gid, follow_symlinks=False)
    except PermissionError as error:
        raise _root_in_name_only(f"give {path} to account {uid}") from error


def _root_in_name_only(cannot: str) -> PrivatePostgresError:
    return PrivatePostgresError(
        f"PostgreSQL refuses to run as root, and this root may not {cannot}.",
        "Run as an ordinary user, let the container change accounts (CAP_SETUID, CAP_SETGID, CAP_CHOWN), or set "
        "DATABASE_URL to a server of yours.",
    )


def _bind_to_parent(parent: int, when_orphaned: signal.Signals) -> Callable[[], None] | None:
    """What the child does between the change of account, which would undo it, and the program."""
    libc = _LIBC
    if libc is None:
        return None

    def bind() -> None:
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_PR_SET_PDEATHSIG, int(when_orphaned), 0, 0, 0)
        if os.getppid() != parent:  # it died before it could be bound
            os._exit(1)

    return bind


def choose_account(checkout: Path) -> ServerAccount:
    """The account for a server whose state lies in ``checkout``.

    :raises PrivatePostgresError: as root, where there is no account to change to.
    """
    if os.geteuid() != 0:
        return ServerAccount(os.geteuid(), os.getegid(), os.geteuid(), os.getegid())
    if sys.platform != "linux":
        raise PrivatePostgresError(
            "PostgreSQL refuses to run as root.", "Run as an ordinary user, or set DATABASE_URL to a server of yours."
        )
    owner = checkout.stat()
    if owner.st_uid != 0 and _has_entry(owner.st_uid):
        return ServerAccount(owner.st_uid, owner.st_gid, owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise PrivatePostgresError(
            "PostgreSQL refuses to run as root, and there is no account 'nobody' to run it as.",
            "Give the checkout to an ordinary user (chown), or set DATABASE_URL to a server of yours.",
        ) from None
    return ServerAccount(nobody.pw_uid, nobody.pw_gid, 0, 0)


def _has_entry(uid: int) -> bool:
    """Whether the account is known by name, which ``initdb`` insists on."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
