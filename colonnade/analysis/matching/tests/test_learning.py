"""Learning from what people verified and rejected."""

import numpy as np
import pytest

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.learning import LEAST, Judged, learn
from colonnade.analysis.matching.records import Kind, Record
from colonnade.analysis.matching.weights import the_weights


def judged(count: int, *, telling: Kind, seed: int = 3) -> list[Judged]:
    """Pairs of which one part tells whether they were verified, and the others nothing."""
    draw = np.random.default_rng(seed)
    found = []
    for number in range(count):
        verified = bool(draw.random() < 0.4)
        parts = {kind: int(draw.uniform(0, 300_000)) for kind in (Kind.WORDS, Kind.CONCEPT, Kind.RELATED)}
        parts[telling] = int(draw.uniform(150_000, 300_000) if verified else draw.uniform(0, 200_000))
        found.append(Judged(f"q{number // 3}", parts, verified))
    return found


def test_what_tells_comes_to_weigh_more_and_how_well_is_said() -> None:
    learned = learn(judged(300, telling=Kind.WORDS), the_weights())
    assert learned.kept
    assert learned.weights.words > the_weights().words
    assert learned.weights.words + learned.weights.concepts == pytest.approx(
        the_weights().words + the_weights().concepts
    )
    assert learned.area is not None
    assert learned.area_before is not None
    assert learned.difference is not None
    assert learned.area > learned.area_before
    assert learned.difference[0] > 0
    assert (learned.verified + learned.rejected, learned.queries) == (300, 100)


def test_too_few_pairs_teach_nothing() -> None:
    learned = learn(judged(LEAST - 1, telling=Kind.WORDS), the_weights())
    assert not learned.enough
    assert not learned.kept
    assert learned.weights == the_weights()


def test_pairs_of_one_judgement_teach_nothing() -> None:
    pairs = [Judged(each.query, each.parts, True) for each in judged(200, telling=Kind.WORDS)]
    assert not learn(pairs, the_weights()).enough


def test_what_is_no_better_on_held_out_pairs_is_not_kept() -> None:
    draw = np.random.default_rng(5)
    pairs = [Judged(each.query, each.parts, bool(draw.random() < 0.5)) for each in judged(200, telling=Kind.CONCEPT)]
    learned = learn(pairs, the_weights())
    assert learned.enough
    assert not learned.kept
    assert learned.weights == the_weights()


def test_the_order_of_pairs_does_not_matter() -> None:
    pairs = judged(120, telling=Kind.CONCEPT)
    assert learn(pairs, the_weights()) == learn(pairs[::-1], the_weights())


def test_a_pair_is_judged_by_what_its_score_rests_on() -> None:
    index = Index.of([Record("c", "training of prison staff", theme="Prisons")])
    record = Record("q", "prison staff", theme="prisons")
    [suggestion] = index.suggestions(record)
    [told, unknown] = index.explained([(record, "c"), (record, "nobody")])
    assert unknown is None
    assert told is not None
    assert told.contributions == suggestion.contributions
    pair = Judged.of(told, verified=True)
    assert sum(pair.parts.values()) == suggestion.score
    assert pair.parts[Kind.THEME] == 50_000
