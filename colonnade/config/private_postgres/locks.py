"""File locks: what leases are made of.

``flock`` belongs to the open file: it goes when the last process that inherited the file is gone, however it went,
so nothing stays locked after a crash. Files are opened close-on-exec: a fork shares the lock, another program does
not get it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from colonnade.config.private_postgres.errors import PrivatePostgresError

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX
_POLL_SECONDS = 0.02


def try_lock(descriptor: int, kind: int) -> bool:
    """Take the lock if nobody is in the way; say whether that worked."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unlock(descriptor: int) -> None:
    """Give the lock back, for every process that shares this open file."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def open_lock_file(path: Path) -> int:
    """A descriptor on the lock file at ``path``, which is made when it is not there."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def wait_for_lock(descriptor: int, kind: int, *, timeout: float, path: Path) -> None:
    """Take the lock, waiting up to ``timeout`` seconds.

    :raises PrivatePostgresError: when it is still held by another process then.
    """
    deadline = time.monotonic() + timeout
    while not try_lock(descriptor, kind):
        if time.monotonic() > deadline:
            raise PrivatePostgresError(
                f"{path} has been locked by another process for {timeout:.0f} seconds.",
                f"Look who holds it (fuser {path}) and end that process.",
            )
        time.sleep(_POLL_SECONDS)


@contextmanager
def holding(path: Path, *, timeout: float) -> Iterator[None]:
    """Hold the exclusive lock on ``path`` for the length of a block."""
    descriptor = open_lock_file(path)
    try:
        wait_for_lock(descriptor, EXCLUSIVE, timeout=timeout, path=path)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether some process holds the exclusive lock on ``path``."""
    descriptor = open_lock_file(path)
    try:
        return not try_lock(descriptor, SHARED)
    finally:
        os.close(descriptor)
