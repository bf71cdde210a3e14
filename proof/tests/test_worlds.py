"""Worlds' files: each begins with those of the base, however often it is made."""

from pathlib import Path

from colonnade.config.database import DatabaseUrls
from proof.worlds import World, _take_over


def world(name: str, folder: Path) -> World:
    urls = DatabaseUrls(*(f"postgresql://somebody@/{name}" for _ in DatabaseUrls.__dataclass_fields__))
    return World(name, urls, folder / name)


def test_a_world_that_is_made_again_finds_no_files_of_the_first(tmp_path: Path) -> None:
    base, twin = world("base", tmp_path), world("twin", tmp_path)
    kept = base.folder / "snapshots" / "v1-base-1"
    kept.mkdir(parents=True)
    (kept / "manifest.json").write_text("{}")
    _take_over(base, twin)
    (twin.folder / "snapshots" / "v1-twin-2").mkdir()
    (twin.folder / "left.txt").write_text("of the first")
    _take_over(base, twin)
    assert [path.name for path in (twin.folder / "snapshots").iterdir()] == ["v1-twin-1"]
    assert not (twin.folder / "left.txt").exists()
    assert (kept / "manifest.json").read_text() == "{}"
