"""Search over everything: kinds, their order, what is asked for by its code."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from colonnade.analysis.search.everything import Found, find
from colonnade.analysis.search.matching import Reading, Said
from colonnade.analysis.search.named import Named, entries_of, named_in
from colonnade.analysis.search.tests.examples import PROJECTS, tables


def kinds(found: Found) -> list[str]:
    return [group.kind for group in found.groups]


def first(text: str) -> tuple[str, str]:
    """The kind and identifier of the very first answer."""
    hit = find(tables(), text).groups[0].hits[0]
    return hit.kind, hit.identifier


def test_a_project_is_found_once_whatever_inventories_it_stands_in() -> None:
    (projects,) = (group for group in find(tables(), "border").groups if group.kind == "project")
    assert projects.total == 3
    assert len({hit.identifier for hit in projects.hits}) == 3


def test_every_kind_is_found_with_its_count() -> None:
    found = find(tables(), "border")
    assert {group.kind: group.total for group in found.groups} == {"theme": 1, "project": 3, "need": 1}


def test_kinds_keep_their_places_behind_what_was_asked_for() -> None:
    assert kinds(find(tables(), "border")) == ["project", "need", "theme"]
    assert kinds(find(tables(), "borders and travel")) == ["theme"]
    assert kinds(find(tables(), "kenya")) == ["country", "project", "need", "event"]


def test_the_packs_own_codes_are_no_names() -> None:
    cursor = tables()
    programme = ("programme", "res-2396", "Implementation of resolution 2396", "Implementation of resolution 2396", 1)
    cursor.execute("INSERT INTO label VALUES (?, ?, ?, ?, ?)", programme)
    assert kinds(find(cursor, "2396")) == ["mandate", "project", "programme"]
    assert find(cursor, "res-2396", kinds=("programme",)).groups == ()


def test_fewer_hits_than_were_found_leave_the_count_as_it_is() -> None:
    (projects,) = (group for group in find(tables(), "border", limit=2).groups if group.kind == "project")
    assert (len(projects.hits), projects.total) == (2, 3)


def test_kinds_narrow_the_search() -> None:
    assert kinds(find(tables(), "border", kinds=("need",))) == ["need"]
    assert kinds(find(tables(), "border", kinds=("theme", "event"))) == ["theme"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNODC", ("entity", "UNODC")),
        ("unodc", ("entity", "UNODC")),
        ("2396", ("mandate", "S/RES/2396")),
        ("S/RES/2396", ("mandate", "S/RES/2396")),
        ("res 2396", ("mandate", "S/RES/2396")),
        ("pillar II", ("pillar", "II")),
        ("Kenya", ("country", "KEN")),
        ("KEN", ("country", "KEN")),
        ("cote d'ivoire", ("country", "CIV")),
        ("REF-102", ("project", "pa00000000000002")),
        ("XM-DAC-41304-123", ("project", "pa00000000000003")),
        ("pa00000000000005", ("project", "pa00000000000005")),
        ("PA00000000000005", ("project", "pa00000000000005")),
        ("na00000000000002", ("need", "na00000000000002")),
        ("N-2", ("need", "na00000000000002")),
        ("ea00000000000001", ("event", "ea00000000000001")),
    ],
)
def test_what_is_asked_for_by_its_code_or_name_comes_first(text: str, expected: tuple[str, str]) -> None:
    assert first(text) == expected


def test_a_hit_says_what_identifies_it_beside_its_title() -> None:
    by_kind = {group.kind: group.hits[0].subtitle for group in find(tables(), "kenya").groups}
    assert by_kind["country"] == "Africa"
    assert by_kind["project"].startswith(("REF-102 · UNOCT", "XM-DAC-41304-123"))
    assert by_kind["need"] == "Kenya · 2019"
    assert by_kind["event"] == "Nairobi · Kenya · 2019"


def test_a_word_known_to_any_kind_is_not_corrected_for_another() -> None:
    found = find(tables(), "nairobi")
    assert (kinds(found), found.said) == (["event"], ())


def test_a_word_that_is_nowhere_is_read_as_a_near_one_everywhere() -> None:
    found = find(tables(), "bordrs")
    assert found.said == (Said(Reading.NEAR, "bordrs", ("borders",)),)
    assert kinds(found) == ["theme"]


def test_half_a_title_is_found_where_no_thing_has_all_the_words() -> None:
    found = find(tables(), "victims aid legal families airports")
    assert [said.reading for said in found.said] == [Reading.MOST]
    assert found.groups[0].hits[0].identifier == "pa00000000000005"


def test_things_that_lie_in_no_snapshot_are_found_with_the_others() -> None:
    cursor = tables()
    page = Named("page", "money", "Money", text="trust fund, contributions", address="/money/")
    entries = entries_of(cursor, [*named_in(cursor), page])
    found = find(cursor, "trust fund", entries=entries)
    assert [hit.address for hit in found.groups[0].hits] == ["/money/"]
    assert find(cursor, "money", entries=entries).groups[0].kind == "page"


def test_codes_that_are_no_things_of_their_own_are_not_listed() -> None:
    assert find(tables(), "ongoing").groups == ()


def test_nothing_is_found_for_nothing() -> None:
    for text in ("", "  ", "%", '""', "'"):
        assert find(tables(), text) == Found(())


def test_what_a_reader_may_not_see_is_not_found_not_counted_and_not_suggested() -> None:
    hidden = ("pa00000000000009", "REF-109", "Xylophones under the border", "UNODC", "MLI")
    everything, public = tables(projects=[*PROJECTS, hidden]), tables()
    assert find(everything, "xylophones").total == 1
    assert find(everything, "xilophones").said == (Said(Reading.NEAR, "xilophones", ("xylophones",)),)
    for text in ("xylophones", "xilophones", "REF-109", "pa00000000000009"):
        assert find(public, text) == Found(())
    assert find(public, "border").groups != find(everything, "border").groups


def test_words_are_kept_beside_the_tables_they_come_from() -> None:
    cursor = tables()
    find(cursor.cursor(), "bordr")
    kept = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'search_%' ORDER BY 1")
    assert [row[0] for row in kept.fetchall()] == [
        f"search_words_{table}" for table in ("entry", "event", "label", "recommendation")
    ]


def test_many_may_search_a_snapshot_at_once() -> None:
    database = tables()
    cursors = [database.cursor() for _ in range(12)]
    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(lambda cursor: find(cursor, "bordr sahl"), cursors))
    assert all(each == found[0] for each in found)
    assert found[0].groups[0].hits[0].identifier == "pa00000000000001"
