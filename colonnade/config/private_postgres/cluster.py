"""The database cluster: made once, with its logins, then started as often as needed.

There is no trust authentication and no TCP. The superuser that every cluster must have may not sign in at all: the
logins are made in single-user mode, before the server runs. ``colonnade_owner`` owns the database and runs the
migrations; ``colonnade_app`` owns nothing and reads and writes rows; ``colonnade_reader``, which nobody signs in as, is
what it becomes to read for somebody (:mod:`colonnade.core.reading`).
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from colonnade.config.private_postgres.account import ServerAccount
from colonnade.config.private_postgres.binaries import Binaries, major_version
from colonnade.config.private_postgres.credentials import (
    APP,
    DATABASE,
    OWNER,
    READER,
    SUPERUSER,
    Credentials,
    make_credentials,
    read_credentials,
)
from colonnade.config.private_postgres.errors import PrivatePostgresError
from colonnade.config.private_postgres.state import PORT, StateFolder

_WHO_MAY_SIGN_IN = f"""\
local replication all reject
local all {SUPERUSER} reject
local all all scram-sha-256
"""

#: On the command line, where neither postgresql.conf nor ALTER SYSTEM overrides them.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "60",
    # A restore that replaces a registry holds a lock on every table and index that goes and that comes, in one step.
    "max_locks_per_transaction": "512",
    "password_encryption": "scram-sha-256",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "wal_level": "minimal",  # nobody replicates a private server; loading a new table is then half the work
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "log_error_verbosity": "terse",  # the details of an error quote the row that it is about
    "log_min_error_statement": "panic",  # a failing statement may hold personal details; the log is not their place
}

#: Text sorts by code point and folds case as Unicode says, the same on every machine.
_CLUSTER_OPTIONS = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth=reject",
    "--no-sync",
    "--no-instructions",
)
#: Says that the cluster has the reader's role, which those of the first releases lack.
_HAS_READER = "colonnade_reader_made"
#: A statement ends with a semicolon and an empty line (-j); the first that fails ends the program.
_SINGLE_USER_OPTIONS = ("-j", "-c", "exit_on_error=true", "-c", "log_min_error_statement=panic", "template1")


def prepare_cluster(state: StateFolder, binaries: Binaries, account: ServerAccount) -> None:
    """Make the cluster when there is none; make new passwords when they were lost.

    :raises PrivatePostgresError: when the cluster is of another major version, or cannot be made.
    """
    if not state.data.exists():
        _make_cluster(state, binaries, account)
        return
    _take_over(state.data, account)
    met, expected = (state.data / "PG_VERSION").read_text().strip(), major_version()
    if met != expected:
        raise PrivatePostgresError(
            f"{state.data} was made by PostgreSQL {met}; this version of Colonnade brings PostgreSQL {expected}.",
            f"Carry the records over with pg_dump and pg_restore, or remove {state.path} to begin anew.",
        )
    if read_credentials(state) is None:
        _run_sql(state.data, binaries, account, _password_sql(make_credentials(state, account), "ALTER"))
    if not (state.data / _HAS_READER).exists():
        _run_sql(state.data, binaries, account, _READER_SQL)
        _note_reader(state.data, account)


def start_server(
    state: StateFolder, binaries: Binaries, account: ServerAccount, *, socket_folder: Path
) -> subprocess.Popen[bytes]:
    """Start the server on the cluster. It shuts down by itself (fast) should this process die."""
    access_file = state.data / "colonnade_hba.conf"
    access_file.unlink(missing_ok=True)
    access_file.write_text(_WHO_MAY_SIGN_IN)
    account.hand_to_server(access_file)
    data, sockets = _open_folder(state.data), _open_folder(socket_folder)
    log = state.open_log(state.server_log, account)
    try:
        view = account.view(data, state.data)
        settings = _SETTINGS | {
            "hba_file": f"{view}/{access_file.name}",
            "unix_socket_directories": account.view(sockets, socket_folder),
        }
        return subprocess.Popen(
            [binaries.postgres, "-D", view, *(f"--{name}={value}" for name, value in settings.items())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(data, sockets),
            **account.popen_options(signal_when_orphaned=signal.SIGINT),
        )
    finally:
        for descriptor in (data, sockets, log):
            os.close(descriptor)


def takes_connections(data: Path) -> bool:
    """Whether the server on ``data`` says that it is ready (the eighth line of its pid file)."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _make_cluster(state: StateFolder, binaries: Binaries, account: ServerAccount) -> None:
    """Make it beside its place and rename it when it is whole: a half-made one is never started."""
    shutil.rmtree(state.draft, ignore_errors=True)
    state.draft.mkdir(mode=0o700)
    account.hand_to_server(state.draft)
    folder = _open_folder(state.draft)
    try:
        _run(
            [binaries.initdb, "-D", account.view(folder, state.draft), *_CLUSTER_OPTIONS],
            account=account,
            folder=folder,
        )
    finally:
        os.close(folder)
    credentials = make_credentials(state, account)
    _run_sql(state.draft, binaries, account, _logins_sql(credentials))
    _note_reader(state.draft, account)
    state.draft.rename(state.data)


def _logins_sql(credentials: Credentials) -> list[str]:
    """The logins and the database.

    The default privileges are set in ``template1``, so that they hold in every database that the owner makes
    (for tests, too).
    """
    for_owner = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}"
    return [
        *_password_sql(credentials, "CREATE"),
        *_READER_SQL,
        f"ALTER ROLE {OWNER} CREATEDB",
        # The owner may end the application's sessions, as dropping a test's database with force asks for.
        f"GRANT {APP} TO {OWNER}",
        f"{for_owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"{for_owner} GRANT USAGE, SELECT ON SEQUENCES TO {APP}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}",
        f"REVOKE ALL ON DATABASE postgres FROM {APP}, PUBLIC",
        f"GRANT CONNECT ON DATABASE postgres TO {OWNER}",
    ]


#: The role to read as. It may be there already: a crash may have come between making and noting it.
_READER_SQL = [
    f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{READER}') THEN CREATE ROLE {READER} NOLOGIN; "
    "END IF; END $$",
    # The application may become it, and is not taken for it: policies of readers are none of the application's.
    f"GRANT {READER} TO {APP} WITH INHERIT FALSE, SET TRUE",
]


def _note_reader(data: Path, account: ServerAccount) -> None:
    (data / _HAS_READER).touch()
    account.hand_to_server(data / _HAS_READER)


def _password_sql(credentials: Credentials, verb: str) -> list[str]:
    return [
        f"{verb} ROLE {login} LOGIN PASSWORD '{password}'"
        for login, password in ((OWNER, credentials.owner), (APP, credentials.app))
    ]


def _run_sql(data: Path, binaries: Binaries, account: ServerAccount, statements: list[str]) -> None:
    """Run statements as the superuser in single-user mode, on a cluster that no server runs on."""
    folder = _open_folder(data)
    try:
        _run(
            [binaries.postgres, "--single", "-D", account.view(folder, data), *_SINGLE_USER_OPTIONS],
            account=account,
            folder=folder,
            text="".join(f"{statement};\n\n" for statement in statements),
        )
    finally:
        os.close(folder)


def _run(command: list[str], *, account: ServerAccount, folder: int, text: str = "") -> None:
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        pass_fds=(folder,),
        **account.popen_options(signal_when_orphaned=signal.SIGKILL),
    )
    if done.returncode != 0:
        raise PrivatePostgresError(
            f"{Path(command[0]).name} ended with status {done.returncode}: {done.stderr.strip()[-1000:]}",
            "Set DATABASE_URL to a PostgreSQL 15 to 18 of yours, or mend what it says.",
        )


def _open_folder(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _take_over(data: Path, account: ServerAccount) -> None:
    """Give the cluster to the account it is to run as now: the checkout may have changed hands."""
    if data.stat().st_uid == account.uid:
        return
    if os.geteuid() != 0:
        raise PrivatePostgresError(
            f"{data} belongs to another account.", f"Give it over: sudo chown -R {os.geteuid()} {data.parent}"
        )
    for folder, _, files in os.walk(data):
        account.hand_to_server(Path(folder))
        for name in files:
            account.hand_to_server(Path(folder, name))
