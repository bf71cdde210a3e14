"""Lots: every stratum is reached, the draw repeats, and nothing outside a stratum changes what is drawn of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.core.lots import Ticket, draw_of_each, rank

TICKETS = st.lists(st.builds(Ticket, st.text("abcdef", min_size=1, max_size=4), st.sampled_from("XYZ")), max_size=40)
SEEDS = st.text(min_size=1, max_size=8)
NUMBERS = st.integers(1, 5)


@given(SEEDS, TICKETS, NUMBERS)
def test_every_stratum_is_reached_with_as_many_as_it_has(seed: str, tickets: list[Ticket], number: int) -> None:
    drawn = draw_of_each(seed, tickets, number)
    for stratum in {ticket.stratum for ticket in tickets}:
        own = {ticket.key for ticket in tickets if ticket.stratum == stratum}
        alone = draw_of_each(seed, [ticket for ticket in tickets if ticket.stratum == stratum], number)
        assert len(alone) == min(number, len(own))
        assert set(alone) <= own
        assert set(alone) <= set(drawn)


@given(SEEDS, TICKETS, NUMBERS, st.randoms())
def test_the_draw_repeats_in_whatever_order_the_tickets_come(
    seed: str, tickets: list[Ticket], number: int, random: object
) -> None:
    shuffled = list(tickets)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a Random
    assert draw_of_each(seed, tickets, number) == draw_of_each(seed, shuffled, number)


@given(SEEDS, TICKETS, NUMBERS)
def test_what_is_left_out_stands_behind_what_is_drawn(seed: str, tickets: list[Ticket], number: int) -> None:
    one = [ticket for ticket in tickets if ticket.stratum == "X"]
    drawn = draw_of_each(seed, one, number)
    left = {ticket.key for ticket in one} - set(drawn)
    assert all(rank(seed, key) <= rank(seed, other) for key in drawn for other in left)


def test_over_many_seeds_each_ticket_is_drawn_about_as_often() -> None:
    tickets = [Ticket(f"t{number}", "X") for number in range(10)]
    drawn = [key for seed in range(2000) for key in draw_of_each(str(seed), tickets, 2)]
    counts = [drawn.count(ticket.key) for ticket in tickets]
    assert sum(counts) == 4000
    # 400 each is expected, with a standard deviation of about 18.
    assert all(310 < count < 490 for count in counts)


def test_nothing_is_not_a_sample() -> None:
    with pytest.raises(ValueError, match="at least one"):
        draw_of_each("s", [], 0)
