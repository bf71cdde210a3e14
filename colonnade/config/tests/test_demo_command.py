"""What the demonstration builds anew."""

import json
from pathlib import Path

from colonnade.analysis.manifest import FILE_NAME
from colonnade.analysis.schema import SCHEMA_VERSION
from colonnade.config.cli.demo import is_current


def test_a_report_of_an_earlier_release_is_built_anew(tmp_path: Path) -> None:
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "figures.json").write_text("{}")
    (tmp_path / "snapshot" / FILE_NAME).write_text(json.dumps({"schema_version": SCHEMA_VERSION - 1}))
    assert not is_current(tmp_path)
