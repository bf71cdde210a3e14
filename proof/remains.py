"""What a world leaves behind for everybody: built files and snapshots for the public, and the cache in the database."""

import base64
from pathlib import Path

import duckdb
import psycopg

from proof.answers import text_in
from proof.canaries import canaries_in

#: The table of the cache that all processes share.
CACHE = "web_kept_for_a_while"


def left_behind(folder: Path, owner_url: str, secrets: frozenset[str]) -> list[str]:
    """Where a canary of ``secrets`` lies open: which place, and which words."""
    files = [path for path in sorted((folder / "reports").glob("*-public/**/*")) if path.is_file()]
    lying = [(path.name, canaries_in(_text_of(path)) & secrets) for path in files]
    with psycopg.connect(owner_url) as connection:
        rows = connection.execute(f"SELECT cache_key, value FROM {CACHE}").fetchall()
    lying += [(CACHE, canaries_in(f"{key} {_unpacked(value)}") & secrets) for key, value in rows]
    return [f"{place}: {', '.join(sorted(met))}" for place, met in lying if met]


def _text_of(path: Path) -> str:
    if path.suffix == ".parquet":
        with duckdb.connect(":memory:") as connection:
            return repr(connection.execute("FROM read_parquet(?)", [str(path)]).fetchall())
    return text_in(path.read_bytes())


def _unpacked(value: str) -> str:
    """What is kept, as text: pickled texts stand in it as they are."""
    return base64.b64decode(value).decode("utf-8", errors="replace")
