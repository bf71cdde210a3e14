"""What a program calls that needs the private PostgreSQL: :func:`ensure_running`."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import colonnade
from colonnade.config.private_postgres import supervisor
from colonnade.config.private_postgres.account import ServerAccount, choose_account
from colonnade.config.private_postgres.credentials import APP, OWNER, read_credentials, url
from colonnade.config.private_postgres.errors import PrivatePostgresError
from colonnade.config.private_postgres.locks import SHARED, holding, is_held, open_lock_file, wait_for_lock
from colonnade.config.private_postgres.state import Running, StateFolder

#: A first start takes about two seconds; a slow disk, a copy of the binaries or a recovery may take many more.
_PATIENCE = 120.0


@dataclass(slots=True)
class Lease:
    """A claim on the server: it runs for as long as any process holds one.

    The lease goes with the process, however that ends; a process that is forked shares it.
    """

    _descriptor: int | None

    def release(self) -> None:
        """Give the claim back. Does nothing the second time."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@dataclass(frozen=True, slots=True)
class PrivatePostgres:
    """A server that runs, and the addresses of its database for the two logins."""

    app_url: str = field(repr=False)
    owner_url: str = field(repr=False)
    socket_dir: str
    supervisor: int
    postmaster: int
    lease: Lease = field(repr=False)

    def release(self) -> None:
        """Give back this process's claim; the server stops when it was the last."""
        self.lease.release()


def ensure_running(state_dir: Path, *, linger: float = 1.0) -> PrivatePostgres:
    """The private PostgreSQL whose state is in ``state_dir/postgres``, started if it is not running.

    :param state_dir: the checkout's ``.colonnade``.
    :param linger: seconds that a server started by this call stays after the last lease.
    :raises PrivatePostgresError: when it cannot run here; the error says what to do.
    """
    state = StateFolder(state_dir.resolve() / "postgres")
    state_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    account = choose_account(state_dir.resolve().parent)
    state.prepare(account)
    lease = _take_lease(state, account)
    try:
        with holding(state.start_lock, timeout=_PATIENCE):
            account.hand_to_keeper(state.start_lock)
            running = _running(state) or _start(state, account, linger)
        credentials = read_credentials(state)
        if credentials is None:
            raise PrivatePostgresError(f"{state.credentials} is gone while the server runs.", "Try again in a moment.")
    except BaseException:
        lease.release()
        raise
    return PrivatePostgres(
        app_url=url(APP, credentials.app, running.socket_dir),
        owner_url=url(OWNER, credentials.owner, running.socket_dir),
        socket_dir=running.socket_dir,
        supervisor=running.supervisor,
        postmaster=running.postmaster,
        lease=lease,
    )


def _take_lease(state: StateFolder, account: ServerAccount) -> Lease:
    """A shared lock on the lease file; waits while a supervisor that found it free is stopping its server."""
    descriptor = open_lock_file(state.lease)
    account.hand_to_keeper(state.lease)
    try:
        wait_for_lock(descriptor, SHARED, timeout=_PATIENCE, path=state.lease)
    except BaseException:
        os.close(descriptor)
        raise
    return Lease(descriptor)


def _running(state: StateFolder) -> Running | None:
    """The server that runs, or ``None``; waits for a supervisor that is between the two."""
    deadline = time.monotonic() + _PATIENCE
    while is_held(state.supervisor_lock):
        if running := state.read_running():
            return running
        if time.monotonic() > deadline:
            raise PrivatePostgresError(
                "The private PostgreSQL neither starts nor stops.", f"See {state.supervisor_log}."
            )
        time.sleep(0.05)
    return None


def _start(state: StateFolder, account: ServerAccount, linger: float) -> Running:
    report, reporting = os.pipe()
    log = state.open_log(state.supervisor_log, account)
    try:
        started = subprocess.Popen(
            [
                *(sys.executable, "-m", supervisor.__name__),
                *("--state", str(state.path), "--linger", str(linger), "--report", str(reporting)),
            ],
            cwd=Path(colonnade.__file__).parent.parent,  # so that it finds this package, installed or not
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(reporting,),
            start_new_session=True,
        )
    finally:
        os.close(reporting)
        os.close(log)
    with os.fdopen(report) as lines:
        told = lines.read()  # until the supervisor has reported and closed, or is gone
    started.wait()
    if not told:
        raise PrivatePostgresError("The supervisor of the private PostgreSQL died.", f"See {state.supervisor_log}.")
    if problem := json.loads(told):
        raise PrivatePostgresError(problem["error"], problem["mend"])
    running = state.read_running()
    if running is None:
        raise PrivatePostgresError("The private PostgreSQL stopped at once.", f"See {state.server_log}.")
    return running
