"""The drill: a registry with rows in every table is backed up, destroyed, restored, and is the same to the last row."""

import io
import os
import shutil
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from colonnade.audit.sealing import seal_waiting
from colonnade.config.backup import catalogue
from colonnade.config.backup.making import make_backup
from colonnade.config.backup.manifest import LEFT_OUT
from colonnade.config.cli.main import COULD_NOT_RUN, main
from colonnade.config.database import DatabaseUrls, database_urls, temporary_database
from tests.filled import count, everything_in, fill_every_table, shape_of
from tests.log.conftest import CLERK, add_regions, copied, pointed_at


@dataclass
class Place:
    """A database and a state folder, which the command line works on while it is :meth:`here`."""

    urls: DatabaseUrls
    state: Path
    patch: pytest.MonkeyPatch

    @contextmanager
    def here(self) -> Iterator[None]:
        """Commands find this place, whichever was found before."""
        with self.patch.context() as patch, pointed_at(self.urls):
            patch.setenv("DATABASE_URL", self.urls.app)
            patch.setenv("DATABASE_OWNER_URL", self.urls.owner)
            patch.setattr(settings, "STATE_DIR", self.state)
            patch.setattr(settings, "SNAPSHOT_DIR", self.state / "snapshots")
            yield

    def run(self, *arguments: str | Path) -> int:
        """One command, here."""
        with self.here():
            return main([str(argument) for argument in arguments])

    def owner(self) -> Any:
        """A connection of the owner's, closed at the end of the block."""
        return closing(psycopg.connect(self.urls.owner, autocommit=True))

    def rows(self) -> dict[str, list[str]]:
        """Every row, but of tables that are left out of backups."""
        with self.owner() as owner:
            return everything_in(owner, [table for table in self.tables() if table not in LEFT_OUT])

    def tables(self) -> list[str]:
        """The tables, in an order in which they can be filled."""
        with self.owner() as owner, owner.cursor() as cursor:
            return catalogue.tables(cursor)

    def sequences(self) -> Any:
        """Where every sequence stands."""
        with self.owner() as owner, owner.cursor() as cursor:
            return catalogue.sequences(cursor)


@pytest.fixture(scope="module")
def original(
    django_db_setup: None,  # noqa: ARG001  # the server is up
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    migrated: str,
) -> Iterator[Place]:
    """What every test gets a copy of: rows in every table, a sealed log with an event that waits, and files."""
    database_urls()
    state = tmp_path_factory.mktemp("original")
    with (
        django_db_blocker.unblock(),
        temporary_database(f"backup_{os.getpid()}", migrated) as urls,
        pytest.MonkeyPatch.context() as patch,
    ):
        place = Place(urls, state, patch)
        with place.here():
            add_regions(codes=["R1", "R2"], actor=CLERK)
        with place.owner() as owner:
            fill_every_table(owner, place.tables())
        with place.here():
            seal_waiting()
            add_regions(codes=["R3"], actor=CLERK)
        for name in ("reports/a-build/report.docx", "snapshots/v2-x-1/public/entry.parquet", "snapshots/v2-x-1/m.json"):
            (state / name).parent.mkdir(parents=True, exist_ok=True)
            (state / name).write_bytes(name.encode() * 50_000)
        (state / "reports" / "lock").touch()
        (state / "secret-key").write_text("not to be backed up")
        yield place


@pytest.fixture
def filled(original: Place, django_db_blocker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A copy for the test."""
    shutil.copytree(original.state, tmp_path / "state")
    with django_db_blocker.unblock(), copied(original.urls) as urls:
        yield Place(urls, tmp_path / "state", monkeypatch)
        connections.close_all()


def destroy(place: Place) -> None:
    """Nothing of the database or of the state folder remains."""
    with place.owner() as owner, owner.cursor() as cursor:
        cursor.execute(f"DROP TABLE {catalogue.quoted(*catalogue.tables(cursor))} CASCADE")
        for signature in catalogue.functions(cursor):
            cursor.execute(f"DROP ROUTINE {signature} CASCADE")
        assert catalogue.tables(cursor) == []
    shutil.rmtree(place.state)


def test_what_was_destroyed_comes_back_to_the_last_row(
    filled: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "registry.backup"
    assert filled.run("backup", "--out", backup) == 0
    before, sequences = filled.rows(), filled.sequences()
    with filled.owner() as owner:
        shape = shape_of(owner)
    empty = {table for table, rows in before.items() if not rows}
    assert empty == {"audit_waiting"}, "the drill must have rows of every table to compare; backing up sealed the rest"
    files = {path.relative_to(filled.state): path.read_bytes() for path in filled.state.rglob("*.*")}
    destroy(filled)

    assert filled.run("restore", backup) == 0
    assert "0 finding(s)" in capsys.readouterr().out
    after = filled.rows()
    assert after.keys() == before.keys()
    for table, rows in before.items():
        assert after[table] == rows, f"{table} is not what it was"
    assert filled.sequences() == sequences
    with filled.owner() as owner:
        assert shape_of(owner) == shape
        assert [count(owner, table) for table in sorted(LEFT_OUT)] == [0] * len(LEFT_OUT), "no session comes back"
    for path, content in files.items():
        assert (filled.state / path).read_bytes() == content
    assert not (filled.state / "secret-key").exists()
    with zipfile.ZipFile(backup) as packed:
        assert not any("secret" in name or "lock" in name for name in packed.namelist())
    assert backup.stat().st_mode & 0o077 == 0


def test_a_restored_registry_goes_on_with_its_log_and_says_that_its_key_is_another(
    filled: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "registry.backup"
    assert filled.run("backup", "--out", backup) == 0
    events = len(filled.rows()["audit_event"])
    monkeypatch.setattr(settings, "SECRET_KEY", "another key, as long as a key should be: " + "x" * 20)
    assert filled.run("restore", backup, "--replace") == 0
    assert "another key" in capsys.readouterr().err
    assert len(filled.rows()["audit_event"]) == events, "what is restored is not logged as written"
    with filled.here():
        add_regions(codes=["R9"], actor=CLERK)
        seal_waiting()
    assert len(filled.rows()["audit_event"]) == events + 1
    anchors = filled.state / "anchors-of-backup.jsonl"
    assert filled.run("audit", "verify", "--anchor", anchors) == 0
    with filled.owner() as owner, pytest.raises(psycopg.errors.RaiseException, match="only ever added to"):
        owner.execute("DELETE FROM audit_event")


def test_only_an_empty_database_is_filled_unless_replacing_is_asked_for(
    filled: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = tmp_path / "registry.backup"
    assert filled.run("backup", "--out", backup) == 0
    before = filled.rows()
    assert filled.run("restore", backup) == COULD_NOT_RUN
    assert "--replace" in capsys.readouterr().err
    for name in ("reports", "snapshots"):
        (filled.state / name).rename(tmp_path / name)
    assert filled.run("restore", backup) == COULD_NOT_RUN
    assert "an empty one" in capsys.readouterr().err
    assert filled.rows() == before


def test_a_backup_overwrites_nothing(filled: Place, tmp_path: Path) -> None:
    there = tmp_path / "registry.backup"
    there.write_text("something")
    assert filled.run("backup", "--out", there) == COULD_NOT_RUN
    assert there.read_text() == "something"
    assert filled.run("backup", "--out", tmp_path) == 0
    assert len(list(tmp_path.glob("colonnade-*.backup"))) == 1


@pytest.mark.parametrize("where", ["cut", "bit of a table", "bit of a file", "manifest", "part", "no backup"])
def test_a_damaged_backup_is_named_and_touches_nothing(
    filled: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    backup = tmp_path / "registry.backup"
    assert filled.run("backup", "--out", backup) == 0
    damage(backup, where)
    before = filled.rows()
    assert filled.run("restore", backup, "--replace") == COULD_NOT_RUN
    said = capsys.readouterr().err
    assert str(backup) in said
    assert "Traceback" not in said
    assert filled.rows() == before
    assert (filled.state / "reports" / "a-build" / "report.docx").exists()
    assert not list(filled.state.glob(".restore-*"))


def damage(path: Path, where: str) -> None:
    """Damage a backup in one of the ways in which files are damaged, or forged."""
    content = bytearray(path.read_bytes())
    if where == "cut":
        path.write_bytes(content[: len(content) * 2 // 3])
    elif where == "no backup":
        path.write_text("a letter")
    elif where.startswith("bit"):
        name = "tables/places_region.copy" if where.endswith("table") else "files/reports/a-build/report.docx"
        with zipfile.ZipFile(path) as packed:
            entry = packed.getinfo(name)
        content[entry.header_offset + 30 + len(name) + 40] ^= 1
        path.write_bytes(content)
    else:  # a sound archive that holds something else
        rewritten = io.BytesIO()
        with zipfile.ZipFile(path) as packed, zipfile.ZipFile(rewritten, "w") as other:
            for name in packed.namelist():
                part = packed.read(name)
                if where == "part" and name == "tables/places_region.copy":
                    part = part.replace(b"R1", b"R7")
                if where == "manifest" and name == "manifest.json":
                    part = part.replace(b'"files/reports/', b'"files/reports/../../')
                other.writestr(name, part)
        path.write_bytes(rewritten.getvalue())


def test_a_restore_that_fails_halfway_leaves_everything_as_it_was(
    filled: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "registry.backup"
    assert filled.run("backup", "--out", backup) == 0
    before = filled.rows()

    def broken(_: object) -> None:
        raise psycopg.OperationalError("the server went away")

    monkeypatch.setattr("colonnade.config.backup.restoring.make_current", broken)
    with pytest.raises(psycopg.OperationalError):
        filled.run("restore", backup, "--replace")
    assert filled.rows() == before
    assert (filled.state / "reports" / "a-build" / "report.docx").exists()


def test_a_backup_of_a_later_version_is_refused(
    filled: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with filled.owner() as owner:
        owner.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('needs', '9999_later', now())")
    assert filled.run("backup", "--out", tmp_path / "later.backup") == 0
    assert filled.run("restore", tmp_path / "later.backup", "--replace") == COULD_NOT_RUN
    assert "needs.9999_later" in capsys.readouterr().err


def test_what_was_written_after_the_backup_is_said_to_be_gone(
    filled: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ANCHOR_DIR", tmp_path / "elsewhere")
    backup = tmp_path / "registry.backup"
    assert filled.run("audit", "seal") == 0
    assert filled.run("backup", "--out", backup) == 0
    with filled.here():
        add_regions(codes=["R9"], actor=CLERK)
    assert filled.run("audit", "seal") == 0
    assert filled.run("restore", backup, "--replace") == 0
    assert "is gone" in capsys.readouterr().err
    assert filled.run("audit", "verify", "--anchor", tmp_path / "elsewhere" / "anchors.jsonl") == 1
    assert "rolled" in capsys.readouterr().out


def test_a_backup_holds_a_block_in_memory_not_the_registry(filled: Place, tmp_path: Path) -> None:
    size = 30_000_000
    with filled.owner() as owner:
        owner.execute(
            "INSERT INTO strategy_document (symbol, title, kind, source, source_kind, note) SELECT 'D' || n, 'x', 'x',"
            " 'x', 'report', repeat(md5(n::text), 1000) FROM generate_series(1, %s) AS n",
            [size // 32_000],
        )
    (filled.state / "reports" / "large.bin").write_bytes(os.urandom(size))
    with filled.here():
        tracemalloc.start()
        path, _ = make_backup(tmp_path / "large.backup")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert path.stat().st_size > size
    assert peak < size // 3
