"""Small handmade tables of the shape that a snapshot has, folded by the snapshot's own rule."""

from collections.abc import Iterable

import duckdb

from colonnade.analysis.folding import folded_sql

#: public identifier, reference, title, lead entity, country
PROJECTS = (
    ("pa00000000000001", "REF-101", "Border management in the Sahel", "UNODC", "MLI"),
    ("pa00000000000002", "REF-102", "Résumé of border controls", "UNOCT", "KEN"),
    ("pa00000000000003", "XM-DAC-41304-123", "Young people, peace and terrorism", "UNESCO", "KEN"),
    ("pa00000000000004", "REF-104", "Implementing S/RES/2396 on returning fighters", "CTED", "MLI"),
    ("pa00000000000005", "REF-105", "Legal aid for victims of terrorism in border towns", "UNODC", "KEN"),
    ("pa00000000000006", "REF-106", "100% of wells_and pipes", "UNODC", "MLI"),
)
NEEDS = (
    ("na00000000000001", "N-1", "Controls at the land border", "MLI"),
    ("na00000000000002", "N-2", "A law on money laundering", "KEN"),
)
EVENTS = (("ea00000000000001", "Workshop on airports", "Nairobi", "KEN"),)
LABELS = (
    ("entity", "UNODC", "United Nations Office on Drugs and Crime", "UNODC"),
    ("entity", "UNOCT", "United Nations Office of Counter-Terrorism", "UNOCT"),
    ("country", "MLI", "Mali", "Mali"),
    ("country", "KEN", "Kenya", "Kenya"),
    ("country", "CIV", "Côte d’Ivoire", "Côte d’Ivoire"),
    ("region", "AFR", "Africa", "Africa"),
    ("pillar", "I", "Conditions conducive to the spread of terrorism", "Prevention"),
    ("pillar", "II", "Preventing and combating terrorism", "Combating"),
    ("mandate", "S/RES/2396", "Foreign terrorist fighters", "S/RES/2396"),
    ("theme", "borders", "Borders and travel", "Borders"),
    ("status", "ongoing", "Ongoing", "Ongoing"),
)


def tables(
    projects: Iterable[tuple[str, str, str, str, str]] = PROJECTS,
    needs: Iterable[tuple[str, str, str, str]] = NEEDS,
    events: Iterable[tuple[str, str, str, str]] = EVENTS,
) -> duckdb.DuckDBPyConnection:
    """A connection with the tables that search reads. Every project stands in two inventories."""
    c = duckdb.connect(":memory:", config={"threads": 1})
    c.execute("CREATE TABLE label (dimension VARCHAR, code VARCHAR, title VARCHAR, short_title VARCHAR, position INT)")
    c.executemany(
        "INSERT INTO label VALUES (?, ?, ?, ?, ?)", [(*label, place) for place, label in enumerate(LABELS, start=1)]
    )
    c.execute("CREATE TABLE country (country VARCHAR, name VARCHAR, region VARCHAR, fictional BOOLEAN)")
    c.execute("INSERT INTO country SELECT code, title, 'AFR', false FROM label WHERE dimension = 'country'")
    c.execute(
        "CREATE TABLE entry (inventory VARCHAR, project VARCHAR, reference VARCHAR, title VARCHAR, entity VARCHAR,"
        " country VARCHAR, folded VARCHAR, level VARCHAR DEFAULT 'public')"
    )
    for row in projects:
        for inventory in ("before", "now"):
            c.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, '', 'public')", [inventory, *row])
    c.execute(
        "CREATE TABLE recommendation (recommendation VARCHAR, reference VARCHAR, title VARCHAR, country VARCHAR,"
        " issued_on DATE, folded VARCHAR, level VARCHAR DEFAULT 'public')"
    )
    for need in needs:
        c.execute("INSERT INTO recommendation VALUES (?, ?, ?, ?, DATE '2019-03-01', '', 'compact')", list(need))
    c.execute(
        "CREATE TABLE event (event VARCHAR, title VARCHAR, city VARCHAR, country VARCHAR, starts_on DATE,"
        " folded VARCHAR, level VARCHAR DEFAULT 'public')"
    )
    for event in events:
        c.execute("INSERT INTO event VALUES (?, ?, ?, ?, DATE '2019-05-02', '', 'public')", list(event))
    named = "(SELECT any_value(title) FROM label WHERE dimension = 'country' AND code = country)"
    for table, columns in (
        ("entry", f"title, reference, entity, {named}"),
        ("recommendation", f"title, reference, {named}"),
        ("event", f"title, city, {named}"),
    ):
        folded = folded_sql(f"concat_ws(' ', {columns})")
        c.execute(f"UPDATE {table} SET folded = {folded}")
    return c
