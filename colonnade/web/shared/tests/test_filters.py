"""The filter bar: what is chosen is always shown, every link takes back one choice and loses nothing else."""

from urllib.parse import urlencode

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.shared.filters import Choice, FacetGroup, FilterField, Option, facet_group, filter_bar

TITLES = {"I": "Wells", "II": "Pipes"}
NAMES = st.sampled_from(["pillar", "country", "sort", "q", "inventory", "column"])
PAIRS = st.lists(st.tuples(NAMES, st.text(min_size=1, max_size=4)), max_size=8, unique=True)
COUNTS = st.dictionaries(st.none() | st.text(min_size=1, max_size=3), st.integers(0, 99), max_size=30)


def query_of(*pairs: tuple[str, str]) -> QueryDict:
    return QueryDict(urlencode(pairs))


def pairs_of(address: str) -> list[tuple[str, str]]:
    query = QueryDict(address.partition("?")[2])
    return [(name, value) for name, values in query.lists() for value in values]


@given(COUNTS, st.lists(st.text(min_size=1, max_size=3), max_size=5), st.integers(0, 10))
def test_every_code_is_offered_once_and_what_is_chosen_stands_open(
    counts: dict[str | None, int], chosen: list[str], shown: int
) -> None:
    group = facet_group("pillar", "Pillar", counts.items(), {}, chosen, shown=shown)
    offered = [option.code for option in (*group.options, *group.more)]
    assert sorted(offered) == sorted({*(code or "-" for code in counts), *chosen})
    assert {option.code for option in group.selected} == set(chosen)
    assert not [option for option in group.more if option.selected]


def test_the_most_frequent_stand_open_in_the_strategys_order() -> None:
    group = facet_group("c", "C", [("a", 1), ("b", 9), (None, 5), ("c", 7)], {}, [], shown=3)
    assert [option.code for option in group.options] == ["b", "c", "-"]
    assert group.options[-1].title == "Not reported"
    assert [option.code for option in group.more] == ["a"]


def test_a_chosen_code_that_no_record_has_counts_nought_and_an_exception_counts_nothing() -> None:
    group = facet_group("pillar", "Pillar", [("II", 3)], TITLES, ["I", "!II"])
    assert group.options[:2] == (Option("I", "Wells", 0, True), Option("!II", "not: Pipes", None, True))


@given(PAIRS)
def test_a_chip_takes_back_its_own_choice_and_keeps_every_other(pairs: list[tuple[str, str]]) -> None:
    query = query_of(*pairs)
    groups = [facet_group(name, name, [], {}, query.getlist(name)) for name in ("pillar", "country")]
    bar = filter_bar(query, groups)
    chosen = [pair for group in groups for pair in ((group.name, option.code) for option in group.selected)]
    assert len(bar.chips) == len(chosen)
    for chip, pair in zip(bar.chips, chosen, strict=True):
        assert sorted(pairs_of(chip.remove_href)) == sorted(kept for kept in pairs if kept != pair)


@given(PAIRS)
def test_sending_the_form_loses_no_parameter_but_the_page(pairs: list[tuple[str, str]]) -> None:
    query = query_of(*pairs, ("page", "4"))
    groups = [facet_group(name, name, [], {}, query.getlist(name)) for name in ("pillar", "country")]
    bar = filter_bar(query, groups)
    sent = [*bar.hidden, *((group.name, option.code) for group in bar.groups for option in group.selected)]
    assert sorted(sent) == sorted(pairs)


def test_clearing_keeps_the_order_and_the_choice_of_an_inventory() -> None:
    query = query_of(("q", "pump"), ("pillar", "I"), ("theme", "x"), ("sort", "-budget"), ("inventory", "w"))
    fields = [
        FilterField("q", "Words"),
        FilterField("inventory", "Inventory", "select", "w", (Choice("w", "The wells"),)),
    ]
    bar = filter_bar(query, [facet_group("pillar", "P", [], TITLES, ["I"])], fields, path="/list/", keep=["sort"])
    assert bar.clear_href == "/list/?sort=-budget&inventory=w"
    assert [(chip.of, chip.text) for chip in bar.chips] == [("Words", "pump"), ("P", "Wells")]
    assert bar.hidden == (("theme", "x"), ("sort", "-budget"))


def test_without_filters_there_is_nothing_to_take_back() -> None:
    bar = filter_bar(query_of(("sort", "title")), [FacetGroup("pillar", "P", (Option("I", "Wells"),))], keep=["sort"])
    assert not bar.any
    assert bar.clear_href == "?sort=title"
    assert filter_bar(query_of()).clear_href == "?"
