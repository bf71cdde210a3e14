"""The manifest: written and read back, an identifier without the time, and files that are not as it says."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from colonnade.analysis.manifest import ManifestError, differing_files, read_manifest, write_manifest
from colonnade.analysis.schema import SCHEMA_VERSION
from colonnade.analysis.tests.snapshots import CREATED_AT, SnapshotBuilder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    builder = SnapshotBuilder().add("entry", {"inventory": "now", "project": "p"}, {"inventory": "now", "project": "q"})
    return builder.write(tmp_path / "snapshot")


def rewrite(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_manifest_reads_back_as_it_was_written(folder: Path, tmp_path: Path) -> None:
    manifest = read_manifest(folder)
    copied = tmp_path / "copy"
    copied.mkdir()
    write_manifest(copied, manifest)
    assert read_manifest(copied) == manifest
    assert {file.path: file.rows for file in manifest.files}["public/entry.parquet"] == 2
    assert manifest.as_of == "2020-02-07T09:30:00Z"


def test_the_identifier_depends_on_everything_but_the_time(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert replace(manifest, created_at=CREATED_AT + timedelta(days=1)).snapshot_id == manifest.snapshot_id
    for changed in (
        replace(manifest, audience="public"),
        replace(manifest, registry_state="18"),
        replace(manifest, pack_hash="other"),
        replace(manifest, provenance="Real."),
        replace(manifest, files=manifest.files[1:]),
    ):
        assert changed.snapshot_id != manifest.snapshot_id
    assert json.loads((folder / "manifest.json").read_text())["snapshot"] == manifest.snapshot_id


def test_a_time_in_another_zone_is_written_in_utc(folder: Path) -> None:
    there = datetime.fromisoformat("2020-02-07T11:30:00+02:00")
    assert replace(read_manifest(folder), created_at=there).as_of == "2020-02-07T09:30:00Z"
    assert there.astimezone(UTC) == CREATED_AT


def test_an_untouched_snapshot_has_no_differing_files(folder: Path) -> None:
    assert differing_files(folder, read_manifest(folder)) == []


def test_changed_added_and_missing_files_are_named(folder: Path) -> None:
    manifest = read_manifest(folder)
    (folder / "public/entry.parquet").write_bytes(b"changed")
    (folder / "public/label.parquet").unlink()
    (folder / "compact").mkdir()
    (folder / "compact/entry.parquet").write_bytes(b"added")
    (folder / "public/notes.txt").write_text("added")
    assert [(file.path, file.difference) for file in differing_files(folder, manifest)] == [
        ("compact/entry.parquet", "added"),
        ("public/entry.parquet", "changed"),
        ("public/label.parquet", "missing"),
        ("public/notes.txt", "added"),
    ]


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="not a snapshot"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '{"schema_version": 1}', '{"schema_version": 999}'])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ManifestError):
        read_manifest(tmp_path)


def test_a_snapshot_of_another_schema_says_which_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"schema_version": 1}')
    with pytest.raises(ManifestError, match=f"schema version 1; this release reads version {SCHEMA_VERSION}"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "path", ["../elsewhere.parquet", "/etc/passwd", "restricted/entry.parquet", "public/../x.parquet"]
)
def test_a_manifest_cannot_name_a_file_outside_its_partitions(folder: Path, path: str) -> None:
    rewrite(folder, files={path: {"rows": 1, "sha256": "", "bytes": 1}})
    with pytest.raises(ManifestError, match="partition"):
        read_manifest(folder)
