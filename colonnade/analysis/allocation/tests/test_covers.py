"""Inequalities that are added to the programme cut off no choice that there is."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.allocation.covers import Covers
from colonnade.analysis.allocation.layout import Profile

PART = st.floats(0, 1)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(2, 8))
def test_an_inequality_holds_for_every_choice(data: st.DataObject, size: int) -> None:
    shares = np.array(data.draw(st.lists(st.integers(1, 10), min_size=size, max_size=size))) / 10
    least = np.array(data.draw(st.lists(st.sampled_from([0.2, 0.5, 1.0]), min_size=size, max_size=size)))
    profile = Profile(np.arange(size), shares, 1.0, ("N",))
    if profile.met_once_at_most:
        return
    choices = np.array(data.draw(st.lists(PART, min_size=size, max_size=size)))
    kept_back = np.array(data.draw(st.lists(PART, min_size=size, max_size=size)))
    parts = choices * (1 - kept_back * (1 - least))
    met = np.array([min(1.0, float(shares @ parts))])
    for cut in Covers([profile], least).broken(parts, choices, met):
        assert met[0] > cut.constant + cut.by_part @ parts + cut.by_choice @ choices
        funded = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
        levels = np.array(data.draw(st.lists(PART, min_size=size, max_size=size)))
        given_ = funded * (least + (1 - least) * levels)
        true = min(1.0, float(shares @ given_))
        assert true <= cut.constant + cut.by_part @ given_ + cut.by_choice @ funded + 1e-9
