"""The table of addresses, the probes made of it, samples and shards."""

from collections import Counter
from dataclasses import replace

import pytest

from proof import addresses
from proof.addresses import ADDRESSES, missing, names_in_the_urlconf
from proof.asking import at
from proof.probes import Probe, by_circle, by_worlds, every_probe, sample, shard
from proof.readers import CIRCLES, EVERYBODY
from proof.twins import Difference


@pytest.fixture(scope="module")
def probes() -> list[Probe]:
    return list(every_probe(differences=[Difference.MIXED]))


def test_every_name_of_the_urlconf_is_asked_for() -> None:
    assert missing() == []


def test_a_page_without_a_line_stops_the_run_and_says_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ADDRESSES, "needs")
    with pytest.raises(addresses.Unprobed, match=r'"needs": at\(\),'):
        addresses.insist()


def test_a_pattern_without_a_name_is_asked_for_too() -> None:
    assert missing(["(without a name: /x/)"], {"home": at()}) == ["(without a name: /x/)"]
    assert len(names_in_the_urlconf()) > 50


def test_every_reader_but_the_control_is_in_one_circle() -> None:
    inside = Counter(name for names in CIRCLES.values() for name in names)
    assert set(inside.values()) == {1}
    assert inside.keys() == {reader.name for reader in EVERYBODY} - {"secretariat"}


def test_there_are_more_probes_than_the_proof_asks_for(probes: list[Probe]) -> None:
    assert len(probes) * len(Difference) >= 250_000
    assert len(set(probes)) == len(probes)


def test_every_method_is_tried_on_every_page(probes: list[Probe]) -> None:
    tried = {(probe.name, probe.method) for probe in probes}
    methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
    assert tried == {(name, method) for name in ADDRESSES for method in methods}


def test_a_sample_reaches_every_page_as_every_reader(probes: list[Probe]) -> None:
    chosen = sample(probes, 3_000, seed=5)
    assert len(chosen) >= 3_000
    assert {(one.reader, one.name) for one in chosen} == {(one.reader, one.name) for one in probes}
    assert chosen == sample(probes, 3_000, seed=5) != sample(probes, 3_000, seed=6)


def test_a_sample_of_nothing_still_reaches_every_page(probes: list[Probe]) -> None:
    chosen = sample(probes, 0, seed=1)
    assert {(one.reader, one.name) for one in chosen} == {(one.reader, one.name) for one in probes}


def test_every_probe_is_in_one_part(probes: list[Probe]) -> None:
    some = probes[::97]
    parts = [list(shard(some, number, 4)) for number in range(1, 5)]
    assert sorted(map(str, some)) == sorted(str(probe) for part in parts for probe in part)
    assert all(parts)


def test_pairs_of_worlds_keep_their_probes(probes: list[Probe]) -> None:
    worlds = by_worlds(probes)
    assert list(worlds) == [(circle, Difference.MIXED) for circle in CIRCLES]
    assert sum(map(len, worlds.values())) == len(probes)


def test_a_request_is_in_one_part_with_all_its_twins(probes: list[Probe]) -> None:
    for one in probes[::997]:
        twins = [replace(one, difference=difference) for difference in Difference]
        parts = [number for number in range(1, 5) if list(shard(twins, number, 4)) == twins]
        assert len(parts) == 1


def test_circles_keep_their_probes(probes: list[Probe]) -> None:
    circles = by_circle(probes)
    assert list(circles) == list(CIRCLES)
    assert sum(map(len, circles.values())) == len(probes)
