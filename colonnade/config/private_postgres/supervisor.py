"""The process that owns the server: ``python -m colonnade.config.private_postgres.supervisor``.

It starts the server, publishes where it is, and stops it when for ``--linger`` seconds nobody has held the lease,
however the last holder ended. It is detached from the terminal; it dies with nothing left: the kernel ends the
server when it is killed. It needs the standard library only.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from colonnade.config.private_postgres.account import ServerAccount, choose_account
from colonnade.config.private_postgres.binaries import find_binaries
from colonnade.config.private_postgres.cluster import prepare_cluster, start_server, takes_connections
from colonnade.config.private_postgres.errors import PrivatePostgresError
from colonnade.config.private_postgres.locks import EXCLUSIVE, open_lock_file, try_lock, unlock
from colonnade.config.private_postgres.remains import clear_remains
from colonnade.config.private_postgres.state import Running, StateFolder

_BEAT = 0.2
_START_SECONDS = 60.0


class _Asked:
    """Whether somebody asked this process to end."""

    def __init__(self) -> None:
        self.to_stop = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.to_stop = True


def main(arguments: list[str] | None = None) -> int:
    """Serve until nobody needs it. The caller learns the outcome of the start as JSON on ``--report``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="the folder of the private PostgreSQL")
    parser.add_argument("--linger", type=float, required=True, help="seconds to stay after the last lease")
    parser.add_argument("--report", type=int, required=True, help="descriptor to report the start on")
    options = parser.parse_args(arguments)
    if os.fork():
        os._exit(0)  # whoever called waits for this process only; the child belongs to nobody
    os.chdir("/")
    os.umask(0o077)
    asked = _Asked()
    state = StateFolder(options.state)
    try:
        account = choose_account(state.path.parent.parent)
        lock = open_lock_file(state.supervisor_lock)
        account.hand_to_keeper(state.supervisor_lock)
        if not try_lock(lock, EXCLUSIVE):
            raise PrivatePostgresError(f"{state.supervisor_lock} is held by another supervisor.", "Try again.")
        server, socket_folder = _start(state, account, asked)
    except Exception as error:
        traceback.print_exc()
        state.remove_temporary_folders()
        known = error if isinstance(error, PrivatePostgresError) else None
        _report(
            options.report,
            error=known.message if known else f"{type(error).__name__}: {error}",
            mend=known.mend if known else f"See {state.supervisor_log}.",
        )
        return 1
    temporary = state.noted_temporary_folders()  # before anybody knows of the server: the state folder may go with them
    state.write_private(
        state.running, json.dumps(asdict(Running(str(socket_folder), os.getpid(), server.pid))), account
    )
    _report(options.report)
    try:
        _watch(state, server, asked, linger=options.linger)
    finally:
        state.running.unlink(missing_ok=True)
        _stop(server)
        state.remove_temporary_folders(temporary)
    return 0


def _start(state: StateFolder, account: ServerAccount, asked: _Asked) -> tuple[subprocess.Popen[bytes], Path]:
    account.try_out()
    state.running.unlink(missing_ok=True)
    clear_remains(state.data)
    state.remove_temporary_folders()
    binaries = find_binaries(state, account)
    prepare_cluster(state, binaries, account)
    socket_folder = state.socket_folder(account)
    server = start_server(state, binaries, account, socket_folder=socket_folder)
    deadline = time.monotonic() + _START_SECONDS
    while not takes_connections(state.data):
        if server.poll() is not None or asked.to_stop or time.monotonic() > deadline:
            _stop(server)
            raise PrivatePostgresError(
                f"The private PostgreSQL did not start: {state.server_log.read_text(errors='replace')[-1500:]}",
                "Mend what it says, or set DATABASE_URL to a server of yours.",
            )
        time.sleep(0.02)
    return server, socket_folder


def _watch(state: StateFolder, server: subprocess.Popen[bytes], asked: _Asked, *, linger: float) -> None:
    """Return when the server is to be stopped: nobody holds the lease, its file is gone, somebody asked, or it died.

    When nobody holds the lease, it is held exclusively from here until this process ends, so that whoever comes
    meanwhile waits and then starts a new server.
    """
    lease = open_lock_file(state.lease)
    idle_since: float | None = None
    while server.poll() is None and not asked.to_stop and _is_at(lease, state.lease):
        if not try_lock(lease, EXCLUSIVE):
            idle_since = None
        elif idle_since is not None and time.monotonic() - idle_since >= linger:
            return
        else:
            unlock(lease)
            idle_since = idle_since or time.monotonic()
        time.sleep(_BEAT)
    if server.returncode is not None:
        print(f"The server ended with status {server.returncode}.", file=sys.stderr)


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one at ``path``: the state folder may have been removed."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown; a server that hangs is ended the hard way, which its log makes good at the next start."""
    for number, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if server.poll() is not None:
            return
        server.send_signal(number)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def _report(descriptor: int, **problem: str) -> None:
    """Tell the caller, who may be gone, how the start went: an empty object is success."""
    try:
        os.write(descriptor, json.dumps(problem).encode())
    except BrokenPipeError:
        pass
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    sys.exit(main())
