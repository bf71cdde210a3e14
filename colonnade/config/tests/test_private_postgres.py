"""The private PostgreSQL: who may sign in, what is closed to whom, and that no server is ever left behind.

Every test runs the real server. A start takes under a second; "gone" is waited for, up to :data:`PATIENCE`.
"""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from colonnade.config.private_postgres import PrivatePostgres, PrivatePostgresError, ensure_running
from colonnade.config.private_postgres.credentials import SUPERUSER

PATIENCE = 60.0  # a machine that also runs browsers can be slow; a server that stays is found all the same
LINGER = 0.2
#: A program that takes a lease, says so, and stays until it is killed or its standard input ends.
CLIENT = """
import os, signal, sys
from pathlib import Path
from colonnade.config.private_postgres import ensure_running
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests in the background ignores it
private = ensure_running(Path(sys.argv[1]), linger=0.2)
print(private.postmaster, flush=True)
if sys.argv[2:] == ["and-fork"] and os.fork():
    os._exit(0)
sys.stdin.read()
"""


@pytest.fixture
def state_dir() -> Iterator[Path]:
    """The state folder of a checkout that only this account can enter, at a path short enough for a socket."""
    checkout = Path(tempfile.mkdtemp(prefix="c-"))
    yield checkout / ".colonnade"
    shutil.rmtree(checkout, ignore_errors=True)  # a server that is still there stops when its folder is gone


@pytest.fixture(scope="module")
def private() -> Iterator[PrivatePostgres]:
    """A server for the tests that only look at it."""
    checkout = Path(tempfile.mkdtemp(prefix="c-"))
    running = ensure_running(checkout / ".colonnade", linger=LINGER)
    yield running
    running.release()
    wait_until(lambda: not alive(running.supervisor))
    shutil.rmtree(checkout)


def start_client(state_dir: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(state_dir), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def postmaster_of(client: subprocess.Popen[str]) -> int:
    assert client.stdout is not None
    return int(client.stdout.readline())


def end_client(client: subprocess.Popen[str], number: signal.Signals = signal.SIGKILL) -> None:
    client.send_signal(number)
    client.wait(PATIENCE)
    for stream in (client.stdin, client.stdout):
        assert stream is not None
        stream.close()


def alive(process: int) -> bool:
    """Whether the process runs; one that has ended and waits to be noted by the system's first process does not."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return shown.stdout.strip() != "" and not shown.stdout.startswith("Z")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def stop(running: PrivatePostgres) -> None:
    running.release()
    wait_until(lambda: not alive(running.supervisor))


def folder_of(running: PrivatePostgres) -> Path:
    return Path(running.socket_dir).parent


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_application_reads_and_writes_what_the_owner_made(private: PrivatePostgres) -> None:
    with psycopg.connect(private.owner_url) as owner:
        owner.execute("CREATE TABLE pillar (id int GENERATED ALWAYS AS IDENTITY, title text)")
    with psycopg.connect(private.app_url) as app:
        app.execute("INSERT INTO pillar (title) VALUES ('prevention')")
        app.execute("UPDATE pillar SET title = upper(title)")
        assert app.execute("SELECT id, title FROM pillar").fetchall() == [(1, "PREVENTION")]
        app.execute("DELETE FROM pillar")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE own (id int)",
        "CREATE TEMPORARY TABLE own (id int)",
        "CREATE SCHEMA own",
        "CREATE DATABASE own",
        "CREATE ROLE own",
        "CREATE EXTENSION hstore",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SET ROLE colonnade_owner",
    ],
)
def test_the_application_owns_nothing(private: PrivatePostgres, statement: str) -> None:
    with (
        psycopg.connect(private.app_url, autocommit=True) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(statement)


def test_the_owner_is_no_superuser(private: PrivatePostgres) -> None:
    with psycopg.connect(private.owner_url) as owner:
        owns = owner.execute("SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert owns.fetchone() == (False, True, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("SELECT pg_read_file('/etc/passwd')")


@pytest.mark.parametrize("login", ["colonnade_owner", "colonnade_app", SUPERUSER, "postgres", "root"])
@pytest.mark.parametrize("password", ["", "wrong", "postgres"])
def test_nobody_is_trusted(private: PrivatePostgres, login: str, password: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=private.socket_dir, dbname="colonnade", user=login, password=password)


def test_there_is_no_superuser_to_sign_in_as(private: PrivatePostgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        psycopg.connect(host=private.socket_dir, dbname="colonnade", user=SUPERUSER, password="any")


def test_it_does_not_listen_on_the_network(private: PrivatePostgres) -> None:
    with psycopg.connect(private.app_url) as app:
        assert app.execute("SHOW listen_addresses").fetchone() == ("",)
        assert app.execute("SHOW password_encryption").fetchone() == ("scram-sha-256",)
        assert app.execute("SHOW fsync").fetchone() == ("on",)


def test_data_socket_and_passwords_are_closed_to_others(private: PrivatePostgres) -> None:
    folder = folder_of(private)
    assert {path: mode(path) for path in (folder, folder / "data", folder / "run")} == {
        folder: 0o700,
        folder / "data": 0o700,
        folder / "run": 0o700,
    }
    open_to_others = [path for path in folder.iterdir() if path.is_file() and mode(path) & 0o077]
    assert open_to_others == []
    assert mode(folder / "credentials.json") == 0o600


def test_the_server_does_not_run_as_root_and_no_other_folder_was_opened(private: PrivatePostgres) -> None:
    checkout = folder_of(private).parent.parent
    assert folder_of(private).joinpath("data", "postmaster.pid").stat().st_uid != 0
    assert mode(checkout) == 0o700
    if sys.platform == "linux":
        assert Path(f"/proc/{private.postmaster}").stat().st_uid != 0
        status = Path(f"/proc/{private.postmaster}/status").read_text()
        assert "NoNewPrivs:\t1" in status
        groups = next(line for line in status.splitlines() if line.startswith("Groups:")).split()[1:]
        assert "0" not in groups


def test_a_second_caller_gets_the_same_server(private: PrivatePostgres) -> None:
    again = ensure_running(folder_of(private).parent)
    assert (again.postmaster, again.app_url) == (private.postmaster, private.app_url)
    again.release()
    assert alive(private.postmaster)


def test_passwords_are_not_shown_by_accident(private: PrivatePostgres) -> None:
    assert "postgresql://" not in repr(private)


def test_records_outlive_the_server(state_dir: Path) -> None:
    first = ensure_running(state_dir, linger=LINGER)
    with psycopg.connect(first.owner_url) as owner:
        owner.execute("CREATE TABLE pillar (title text)")
        owner.execute("INSERT INTO pillar VALUES ('prevention')")
    stop(first)
    assert not alive(first.postmaster)
    assert not (folder_of(first) / "running.json").exists()
    second = ensure_running(state_dir, linger=LINGER)
    assert second.app_url == first.app_url
    with psycopg.connect(second.app_url) as app:
        assert app.execute("TABLE pillar").fetchall() == [("prevention",)]
    stop(second)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_server_goes_when_its_last_client_is_killed(state_dir: Path, number: signal.Signals) -> None:
    client = start_client(state_dir)
    postmaster = postmaster_of(client)
    end_client(client, number)
    wait_until(lambda: not alive(postmaster))
    stop(ensure_running(state_dir, linger=LINGER))  # and nothing is locked


def test_the_server_stays_while_a_forked_child_lives(state_dir: Path) -> None:
    client = start_client(state_dir, "and-fork")
    postmaster = postmaster_of(client)
    client.wait(PATIENCE)
    time.sleep(5 * LINGER + 0.5)
    assert alive(postmaster)
    assert client.stdin is not None
    assert client.stdout is not None
    client.stdin.close()  # the child's standard input, which it waits for the end of
    client.stdout.close()
    wait_until(lambda: not alive(postmaster))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_the_server_goes_when_its_supervisor_is_killed(state_dir: Path) -> None:
    running = ensure_running(state_dir, linger=LINGER)
    os.kill(running.supervisor, signal.SIGKILL)
    wait_until(lambda: not alive(running.postmaster))
    again = ensure_running(state_dir, linger=LINGER)
    with psycopg.connect(again.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    running.release()
    stop(again)


def test_a_server_that_crashed_is_started_again(state_dir: Path) -> None:
    crashed = ensure_running(state_dir, linger=LINGER)
    with psycopg.connect(crashed.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE pillar (title text)")
    os.kill(crashed.postmaster, signal.SIGKILL)
    wait_until(lambda: not alive(crashed.supervisor))
    again = ensure_running(state_dir, linger=LINGER)
    with psycopg.connect(again.app_url) as app:
        assert app.execute("SELECT count(*) FROM pillar").fetchone() == (0,)
    crashed.release()
    stop(again)


def test_a_stopped_supervisor_stops_the_server_in_order(state_dir: Path) -> None:
    running = ensure_running(state_dir, linger=LINGER)
    os.kill(running.supervisor, signal.SIGTERM)
    wait_until(lambda: not alive(running.supervisor))
    assert not alive(running.postmaster)
    assert "database system is shut down" in (folder_of(running) / "server.log").read_text()
    running.release()


def test_a_server_whose_folder_was_removed_stops_and_takes_its_temporary_folders_along(state_dir: Path) -> None:
    long = state_dir.parent / ("long" * 30) / ".colonnade"
    running = ensure_running(long, linger=LINGER)
    shutil.rmtree(long, ignore_errors=True)  # the server may remove a file of its own meanwhile
    wait_until(lambda: not alive(running.supervisor))
    assert not alive(running.postmaster)
    assert not Path(running.socket_dir).exists()
    running.release()


def test_four_that_start_at_once_share_one_server(state_dir: Path) -> None:
    clients = [start_client(state_dir) for _ in range(4)]
    postmasters = {postmaster_of(client) for client in clients}
    for client in clients:
        end_client(client)
    assert len(postmasters) == 1
    wait_until(lambda: not any(alive(postmaster) for postmaster in postmasters))


def test_starting_right_when_it_stops_works_every_time(state_dir: Path) -> None:
    for pause in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6):
        running = ensure_running(state_dir, linger=LINGER)
        with psycopg.connect(running.app_url) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)
        running.release()
        time.sleep(pause)


def test_two_checkouts_have_a_server_each(private: PrivatePostgres, state_dir: Path) -> None:
    other = ensure_running(state_dir, linger=LINGER)
    assert other.postmaster != private.postmaster
    assert other.app_url != private.app_url
    stop(other)
    assert alive(private.postmaster)


def test_a_path_too_long_for_a_socket_gets_a_closed_temporary_folder(state_dir: Path) -> None:
    running = ensure_running(state_dir.parent / ("long" * 30) / ".colonnade", linger=LINGER)
    sockets = Path(running.socket_dir)
    assert not sockets.is_relative_to(state_dir.parent)
    assert mode(sockets) == 0o700
    with psycopg.connect(running.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    stop(running)
    assert not sockets.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a killed supervisor's server ends at once on Linux only")
def test_a_temporary_folder_left_by_a_killed_supervisor_is_removed_later(state_dir: Path) -> None:
    long = state_dir.parent / ("long" * 30) / ".colonnade"
    killed = ensure_running(long, linger=LINGER)
    os.kill(killed.supervisor, signal.SIGKILL)
    wait_until(lambda: not alive(killed.postmaster))
    again = ensure_running(long, linger=LINGER)
    assert not Path(killed.socket_dir).exists()
    killed.release()
    stop(again)


def test_a_process_number_given_to_another_program_does_not_keep_it_from_starting(state_dir: Path) -> None:
    first = ensure_running(state_dir, linger=LINGER)
    stop(first)
    stale = folder_of(first) / "data" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n1\n5432\n\n\n0 0\nready\n")
    stop(ensure_running(state_dir, linger=LINGER))


def test_the_servers_log_quotes_no_row(private: PrivatePostgres) -> None:
    with psycopg.connect(private.owner_url) as owner:
        owner.execute("CREATE TABLE person (email text PRIMARY KEY)")  # undone with the transaction
        owner.execute("INSERT INTO person VALUES ('jane.doe@example.org')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO person VALUES ('jane.doe@example.org')")
    text = (folder_of(private) / "server.log").read_text()
    assert "duplicate key" in text
    assert "jane.doe" not in text


def test_lost_passwords_are_made_anew(state_dir: Path) -> None:
    first = ensure_running(state_dir, linger=LINGER)
    stop(first)
    (folder_of(first) / "credentials.json").unlink()
    second = ensure_running(state_dir, linger=LINGER)
    assert second.owner_url != first.owner_url
    with psycopg.connect(second.owner_url) as owner, psycopg.connect(second.app_url) as app:
        assert owner.execute("SELECT 1").fetchone() == app.execute("SELECT 1").fetchone()
    stop(second)


def test_a_cluster_that_was_half_made_is_made_again(state_dir: Path) -> None:
    half_made = state_dir / "postgres" / "data.draft"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    stop(ensure_running(state_dir, linger=LINGER))
    assert not half_made.exists()


def test_a_cluster_of_another_version_is_refused_with_a_mend(state_dir: Path) -> None:
    first = ensure_running(state_dir, linger=LINGER)
    stop(first)
    (folder_of(first) / "data" / "PG_VERSION").write_text("12\n")
    with pytest.raises(PrivatePostgresError, match=r"PostgreSQL 12.*Mend: .*pg_dump"):
        ensure_running(state_dir, linger=LINGER)


def test_it_starts_where_new_files_are_closed_by_default(state_dir: Path) -> None:
    before = os.umask(0o077)
    try:
        running = ensure_running(state_dir, linger=LINGER)
    finally:
        os.umask(before)
    stop(running)


def test_a_state_folder_open_to_others_is_closed(state_dir: Path) -> None:
    (state_dir / "postgres").mkdir(parents=True)
    (state_dir / "postgres").chmod(0o755)
    running = ensure_running(state_dir, linger=LINGER)
    assert mode(state_dir / "postgres") == 0o700
    stop(running)
