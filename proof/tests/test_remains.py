"""Words that lie where everybody may look."""

import base64
import pickle
from pathlib import Path

import duckdb
import pytest
from django.core.cache import cache
from django.db import connection

from proof.canaries import canary
from proof.remains import CACHE, _text_of, _unpacked

WORD = canary("need", 1, "title")


def test_words_in_parquet_files_and_pages_are_read(tmp_path: Path) -> None:
    parquet, page = tmp_path / "entry.parquet", tmp_path / "report.html"
    duckdb.execute(f"COPY (SELECT '{WORD}' AS title) TO '{parquet}' (FORMAT parquet)")
    page.write_text(f"<p>{WORD}</p>")
    assert all(WORD in _text_of(path) for path in (parquet, page))


def test_what_the_cache_keeps_is_read() -> None:
    assert WORD in _unpacked(base64.b64encode(pickle.dumps({"title": WORD})).decode())


@pytest.mark.django_db
def test_the_cache_is_the_table_that_is_looked_at() -> None:
    cache.set("title", WORD)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM {CACHE}")
        assert WORD in _unpacked(cursor.fetchone()[0])
