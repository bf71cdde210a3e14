"""Links that sort: they keep every other parameter, drop the page, and turn the order round."""

from urllib.parse import urlencode

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.shared.pages import pages_of
from colonnade.web.shared.sorting import sorted_head

PAIRS = st.lists(
    st.tuples(st.sampled_from(["pillar", "country", "q"]), st.text(min_size=1, max_size=5)), max_size=6, unique=True
)


@given(PAIRS)
def test_a_head_keeps_every_other_parameter_and_drops_the_page(pairs: list[tuple[str, str]]) -> None:
    query = QueryDict(urlencode([("page", "3"), *pairs, ("sort", "-title")]))
    asked = QueryDict(sorted_head("Budget", "budget", query, numeric=True).href.removeprefix("?"))
    found = [(name, value) for name, values in asked.lists() for value in values]
    assert sorted(found) == sorted([*pairs, ("sort", "-budget")])


def test_the_column_that_sorts_says_how_and_turns_round() -> None:
    rising, falling = QueryDict("sort=title"), QueryDict("sort=-title")
    assert (sorted_head("T", "title", rising).direction, sorted_head("T", "title", rising).href) == (
        "ascending",
        "?sort=-title",
    )
    assert (sorted_head("T", "title", falling).direction, sorted_head("T", "title", falling).href) == (
        "descending",
        "?sort=title",
    )


def test_the_default_order_is_shown_until_another_is_asked_for() -> None:
    assert sorted_head("T", "title", QueryDict(), default="title").direction == "ascending"
    assert sorted_head("T", "title", QueryDict("sort=budget"), default="title").direction == ""


def test_words_rise_first_and_numbers_fall() -> None:
    assert sorted_head("T", "title", QueryDict()).href == "?sort=title"
    assert sorted_head("B", "budget", QueryDict(), numeric=True, path="/list/").href == "/list/?sort=-budget"


def test_the_next_page_keeps_a_parameter_that_is_repeated() -> None:
    pages = pages_of(1, 10, 25, QueryDict("pillar=I&pillar=II&page=1"))
    assert pages.next == "?pillar=I&pillar=II&page=2"
