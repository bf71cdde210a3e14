"""The words of a table of the opened snapshot, kept beside it: which of the words typed are known, and what is near.

They are read from the rows that the snapshot was opened with and from nothing else, and go when it is closed. Words
with digits are codes and years: the near ones of a year are other years, so codes are found or not found.
"""

import threading
from collections.abc import Iterable, Sequence
from typing import Final

import duckdb

from colonnade.analysis.folding import folded_sql

#: The rarest words beyond this many are not kept: they are looked up in the rows, and never suggested.
BOUND: Final = 100_000
SHORTEST: Final = 3
LONGEST: Final = 30
#: How many near words stand for one.
NEAR: Final = 3
#: Words that begin otherwise and share little are not near, however few letters differ.
LIKENESS: Final = 0.8

#: What is read of each table. Every other table has a column ``folded``.
_TEXT: Final = {"label": folded_sql("concat_ws(' ', code, title, short_title)")}
LABELS: Final = "label"
_making = threading.Lock()


def can_be_misspelt(word: str) -> bool:
    """Whether another word may be meant: one without digits, neither very short nor very long."""
    return word.isalpha() and SHORTEST <= len(word) <= LONGEST


def unknown(cursor: duckdb.DuckDBPyConnection, tables: Sequence[str], words: Iterable[str]) -> set[str]:
    """Those of ``words`` that begin no word in any of ``tables``, leaving out what cannot be misspelt."""
    asked = sorted({word for word in words if can_be_misspelt(word)})
    if not asked:
        return set()
    sizes = _kept(cursor, tables)
    every = " UNION ALL ".join(f"FROM {_name(table)}" for table in tables)
    found = cursor.execute(
        f"WITH asked AS (SELECT unnest(?) AS typed) SELECT typed FROM asked"  # noqa: S608  # names of ours
        f" WHERE EXISTS (SELECT 1 FROM ({every}) WHERE starts_with(word, typed))",
        [asked],
    ).fetchall()
    missing = set(asked) - {str(row[0]) for row in found}
    cut = [table for table in tables if sizes[table] >= BOUND]
    return {word for word in missing if not any(_in_rows(cursor, table, word) for table in cut)}


def near(
    cursor: duckdb.DuckDBPyConnection, tables: Sequence[str], word: str, beside: Sequence[str] = ()
) -> tuple[str, ...]:
    """The words of ``tables``, or of those given ``beside``, that ``word`` may be meant for, the likeliest first.

    One letter may differ up to five letters, two above; a letter that changed places with the next counts as one.
    Only the nearest are taken: where one letter differs, no word in which two do.
    """
    _kept(cursor, tables)
    distance = 1 if len(word) <= 5 else 2
    kept = [f"SELECT word, rows FROM {_name(table)}" for table in tables]  # noqa: S608  # names of ours
    every = " UNION ALL ".join([*kept, "SELECT unnest($1) AS word, 1 AS rows"])
    rows = cursor.execute(
        f"WITH words AS (SELECT word, sum(rows) AS rows FROM ({every})"  # noqa: S608  # names and numbers of ours
        f" WHERE abs(length(word) - length($2)) <= {distance} AND length(word) >= {SHORTEST} GROUP BY word),"
        " measured AS (SELECT *, damerau_levenshtein(word, $2) AS apart, jaro_winkler_similarity(word, $2) AS likeness"
        f" FROM words), near AS (FROM measured WHERE apart <= {distance} AND likeness >= {LIKENESS})"
        " SELECT word FROM near WHERE apart = (SELECT min(apart) FROM near)"
        f" ORDER BY likeness DESC, rows DESC, word LIMIT {NEAR}",
        [list(beside), word],
    ).fetchall()
    return tuple(str(row[0]) for row in rows)


def counts(cursor: duckdb.DuckDBPyConnection, tables: Sequence[str], beginnings: Sequence[str]) -> tuple[int, ...]:
    """How many words of ``tables`` begin with each of ``beginnings``; nought where none of the words kept does."""
    if not tables:
        return (0,) * len(beginnings)
    _kept(cursor, tables)
    every = " UNION ALL ".join(f"FROM {_name(table)}" for table in tables)
    rows = cursor.execute(
        "SELECT coalesce(sum(rows), 0) FROM (SELECT unnest(?) AS typed, unnest(range(?)) AS place)"  # noqa: S608  # ours
        f" LEFT JOIN ({every}) ON starts_with(word, typed) GROUP BY place ORDER BY place",
        [list(beginnings), len(beginnings)],
    ).fetchall()
    return tuple(int(row[0]) for row in rows)


def _name(table: str) -> str:
    return f"search_words_{table}"


def _kept(cursor: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> dict[str, int]:
    """How many words of each table are kept; they are gathered when they are first asked for."""
    sizes = _sizes(cursor, tables)
    if len(sizes) == len(set(tables)):
        return sizes
    with _making:
        for table in set(tables) - _sizes(cursor, tables).keys():
            cursor.execute(
                f"CREATE TABLE {_name(table)} AS SELECT word, count(*) AS rows"  # noqa: S608  # names and rule of ours
                f" FROM (SELECT unnest(string_split(trim({_text(table)}), ' ')) AS word FROM {table})"
                f" WHERE length(word) BETWEEN 1 AND {LONGEST} AND NOT regexp_matches(word, '\\d')"
                f" GROUP BY word ORDER BY rows DESC, word LIMIT {BOUND}"
            )
    return _sizes(cursor, tables)


def _sizes(cursor: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> dict[str, int]:
    """Those of ``tables`` whose words are kept, each with their number."""
    of = {_name(table): table for table in tables}
    rows = cursor.execute("SELECT table_name, estimated_size FROM duckdb_tables()").fetchall()
    return {of[name]: int(size) for name, size in rows if name in of}


def _in_rows(cursor: duckdb.DuckDBPyConnection, table: str, word: str) -> bool:
    """Whether a row has ``word``, asked where not all words are kept."""
    row = cursor.execute(
        f"SELECT 1 FROM {table} WHERE contains({_text(table)}, ?) LIMIT 1",  # noqa: S608  # a name and a rule of ours
        [f" {word}"],
    ).fetchone()
    return row is not None


def _text(table: str) -> str:
    return _TEXT.get(table, "folded")
