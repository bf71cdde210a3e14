"""What two people make of a project's links: both stand, and only what both stated differently is asked."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.portfolio.linked import Key, Linked, LinksChanged, joined, why_not_linked

SHARE = st.sampled_from([None, Decimal(10), Decimal("20.5")])
LINKS: st.SearchStrategy[dict[Key, Decimal | None]] = st.dictionaries(st.tuples(st.integers(1, 4)), SHARE)


@given(LINKS, LINKS, LINKS)
def test_what_either_added_or_took_away_stands_or_is_asked(
    base: dict[Key, Decimal | None], theirs: dict[Key, Decimal | None], mine: dict[Key, Decimal | None]
) -> None:
    def say(links: dict[Key, Decimal | None], key: Key) -> object:
        return links.get(key, "no link")

    try:
        found = joined({Linked.COUNTRY: base}, {Linked.COUNTRY: theirs}, {Linked.COUNTRY: mine})[Linked.COUNTRY]
    except LinksChanged as changed:
        for torn in changed.torn:
            assert len({say(base, torn.key), say(theirs, torn.key), say(mine, torn.key)}) == 3
        return
    for key in {*base, *theirs, *mine}:
        changed_to = {say(side, key) for side in (theirs, mine) if say(side, key) != say(base, key)}
        assert say(found, key) == (changed_to.pop() if changed_to else say(base, key))


def test_a_kind_that_was_not_stated_is_left_out() -> None:
    assert joined({}, {Linked.AREA: {(1,): None}}, {}) == {}


@pytest.mark.parametrize(
    ("shares", "fine"),
    [
        ([Decimal(60), Decimal(40), None], True),
        ([Decimal(60), Decimal("40.0001")], False),
        ([Decimal(-1)], False),
        ([], True),
    ],
)
def test_shares_come_to_a_hundred_at_most(shares: list[Decimal | None], fine: bool) -> None:
    links: dict[Key, Decimal | None] = {(key,): share for key, share in enumerate(shares)}
    stated = {Linked.COUNTRY: links}
    assert (why_not_linked(stated) is None) == fine
