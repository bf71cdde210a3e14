"""Reading the file of a backup: nothing in it is believed before its hash was compared."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from colonnade.config.backup.manifest import LARGEST, NAME, BackupDamaged, BackupManifest, Part, read_manifest

BLOCK: Final = 1 << 20
#: What Python's library raises of a file that is no archive, or was damaged.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, OverflowError)


class Archive:
    """An open backup whose manifest was read. Its parts are streamed; each is compared with the manifest to its end."""

    def __init__(self, path: Path, packed: zipfile.ZipFile) -> None:
        self.path = path
        self._packed = packed
        self.manifest = self._read_manifest()
        names = [entry.filename for entry in packed.infolist()]
        expected = {NAME, *(part.name for part in self.manifest.parts)}
        if len(names) != len(expected) or set(names) != expected:
            wrong = sorted(expected.symmetric_difference(names)) or ["a part that stands twice"]
            raise BackupDamaged(f"{path}: its parts are not those of its manifest: {', '.join(wrong[:5])}")

    def stream(self, part: Part) -> Iterator[bytes]:
        """The contents of a part. :raises BackupDamaged: at its end at the latest, where they are not what was
        written."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._packed.open(part.name) as opened:
                while block := opened.read(BLOCK):
                    size += len(block)
                    if size > part.bytes:
                        break
                    digest.update(block)
                    yield block
        except _BROKEN as error:
            raise BackupDamaged(f"{self.path}: {part.name} is damaged: {error}") from error
        if size != part.bytes or digest.hexdigest() != part.sha256:
            raise BackupDamaged(f"{self.path}: {part.name} is not what was backed up")

    def check(self) -> BackupManifest:
        """Read everything and keep nothing. :raises BackupDamaged: naming the first part that is damaged."""
        for table in self.manifest.tables:
            if sum(block.count(b"\n") for block in self.stream(table.part)) != table.rows:
                raise BackupDamaged(f"{self.path}: {table.part.name} does not hold {table.rows} rows")
        for part in self.manifest.files:
            for _ in self.stream(part):
                pass
        return self.manifest

    def _read_manifest(self) -> BackupManifest:
        try:
            entry = self._packed.getinfo(NAME)
            if entry.file_size > LARGEST:
                raise BackupDamaged(f"{self.path}: its manifest is too large")
            with self._packed.open(entry) as opened:
                text = opened.read(LARGEST)
        except KeyError as error:
            raise BackupDamaged(f"{self.path} is no backup: it has no manifest") from error
        except _BROKEN as error:
            raise BackupDamaged(f"{self.path}: its manifest is damaged: {error}") from error
        try:
            return read_manifest(text)
        except BackupDamaged as error:
            raise BackupDamaged(f"{self.path}: {error}") from error


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """The backup at ``path``. :raises BackupDamaged: where it is none."""
    try:
        packed = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise BackupDamaged(f"{path} is no backup, or was cut off: {error}") from error
    with packed:
        yield Archive(path, packed)
