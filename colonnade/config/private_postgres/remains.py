"""What a server that was killed may have left: processes that still hold the cluster, and a stale pid file.

PostgreSQL refuses to start when the process number in ``postmaster.pid`` is alive, even if it has since been given
to another program; and the file must not be removed while any process of the old server is left. So here the
processes are found by their working folder, which for every process of a server is its data folder.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from colonnade.config.private_postgres.errors import PrivatePostgresError

_PATIENCE = 10.0


def clear_remains(data: Path) -> None:
    """Wait for an orphaned server on ``data`` to end, end it if it does not, then remove its pid file.

    The caller holds the supervisor's lock, so no server on ``data`` is anybody's.

    :raises PrivatePostgresError: when a process keeps the cluster and cannot be ended.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    remaining = _linux_processes if sys.platform == "linux" else _named_process
    for last_word in (None, signal.SIGQUIT, signal.SIGKILL):
        for process in remaining(data) if last_word is not None else ():
            _signal(process, last_word)
        if _until_none(remaining, data):
            pid_file.unlink(missing_ok=True)
            return
    raise PrivatePostgresError(
        f"Processes {remaining(data)} of an earlier server still hold {data}.", "End them, or restart the machine."
    )


def _until_none(remaining: Callable[[Path], list[int]], data: Path) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while remaining(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _signal(process: int, number: signal.Signals | None) -> None:
    if number is None:
        return
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


def _linux_processes(data: Path) -> list[int]:
    """Every process whose working folder is ``data``."""
    folder = data.stat()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            here = os.stat(entry / "cwd")
        except OSError:
            continue  # it ended, or it is another account's and so not a server of ours
        if os.path.samestat(here, folder):
            found.append(int(entry.name))
    return found


def _named_process(data: Path) -> list[int]:
    """The process that the pid file names, when it is a PostgreSQL (where there is no ``/proc``)."""
    try:
        number = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return []
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(number)], capture_output=True, text=True, check=False)
    return [number] if "postgres" in shown.stdout else []
