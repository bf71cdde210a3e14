"""The claims of A/74/677: what disagrees is what the guide says disagrees, and nothing printed can slip by."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from colonnade.analysis.figures.definition import library
from colonnade.reporting.claims.check import Disagreement, check_claims
from colonnade.reporting.claims.loading import Claims, load_claims
from colonnade.reporting.claims.model import Claim
from colonnade.reporting.claims.operands import Length
from colonnade.reporting.claims.relations import Comparison, Complete, Relation, SameQuantity, SharePrinted

ROOT: Final = Path(__file__).parents[4]
STRATEGY: Final = ROOT / "strategies" / "ungcts"
GUIDE: Final = ROOT / "docs" / "reading-the-report.md"


@cache
def claims() -> Claims:
    return load_claims(STRATEGY / "claims.toml")


@cache
def found() -> dict[str, Disagreement]:
    return {disagreement.relation: disagreement for disagreement in check_claims(claims())}


def one_line(text: str) -> str:
    return " ".join(text.split())


# --- the list of the guide ---


def guide_entries() -> dict[str, str]:
    """The guide's text on each disagreement, by the key in its heading."""
    text = GUIDE.read_text(encoding="utf-8").split("\n## Where the report disagrees with itself\n")[1].split("\n## ")[0]
    _, *parts = re.split(r"\n### `([^`]+)`\n", text)
    return {key: one_line(entry) for key, entry in zip(parts[::2], parts[1::2], strict=True)}


def test_the_guide_lists_what_the_checker_finds_in_the_same_order() -> None:
    assert list(guide_entries()) == list(found())


@pytest.mark.parametrize("key", guide_entries())
def test_the_guide_tells_of_a_disagreement_what_the_checker_tells(key: str) -> None:
    entry, disagreement = guide_entries()[key], found()[key]
    assert disagreement.message in entry
    for tried in disagreement.readings:
        assert f"{'Explained' if tried.holds else 'Not explained'} by: {tried.text}." in entry
    assert entry.count("xplained by: ") == max(len(disagreement.readings), 1)
    assert ("Explained by: nothing" in entry) == (not disagreement.readings)


# --- what the file holds ---


def test_the_claims_cover_the_paragraphs_about_the_systems_work() -> None:
    stated = claims().claims.values()
    assert len(stated) > 150
    places = " ".join(claim.source for claim in stated)
    for place in ("para. 12", "para. 23", "para. 59", "para. 71", "annex I ", "annex II ", "annex III ", "annex IV"):
        assert place in places


def test_every_figure_that_a_claim_names_is_in_the_library_with_the_cell_named() -> None:
    figures = library()
    for claim in claims().claims.values():
        if claim.answer is None:
            continue
        figure = figures[claim.answer.figure]
        dimensions = {column.name for column in figure.dimensions}
        if not figure.is_table:
            assert not claim.answer.cell
            assert figure.unit == claim.unit
            continue
        assert claim.answer.cell.keys() == {"measure"} | (dimensions - {"title"})
        assert figure.column(claim.answer.cell["measure"]).unit == claim.unit


@pytest.mark.parametrize(("dimension", "file"), [("pillar", "pillars.csv"), ("area", "areas.csv")])
def test_the_codes_of_cells_are_those_of_the_strategy(dimension: str, file: str) -> None:
    with (STRATEGY / file).open(encoding="utf-8", newline="") as rows:
        codes = {row["code"] for row in csv.DictReader(rows)}
    answers = [claim.answer for claim in claims().claims.values() if claim.answer]
    assert {answer.cell[dimension] for answer in answers if dimension in answer.cell} == codes


def test_what_the_text_states_rightly_is_not_reported() -> None:
    """A shortfall of 51 per cent, totals of awards, 44 States, a week that holds its days: all of it adds up."""
    sound = {
        "shortfall-of-active", "funding-is-the-rest", "budget-parts", "pillar-shares", "status-shares",
        "seed-total-2018", "seed-total-2019", "seed-total-under-the-ceiling", "states-submitting-listed",
        "prevention-scopes", "office-statuses", "office-scopes", "programme-states-stated-twice",
        "congress-in-the-week", "conference-in-the-week", "foremost-contributors", "regional-conferences-listed",
    }  # fmt: skip
    assert sound <= {relation.key for relation in claims().relations}
    assert not sound & found().keys()


# --- mutations: change any printed number of an equation by more than its rounding, and it is reported ---


def swapped(node: Any, old: Claim, new: Claim) -> Any:
    """``node`` with one claim replaced, wherever it stands."""
    if isinstance(node, Claim):
        return new if node.key == old.key else node
    if isinstance(node, tuple):
        return tuple(swapped(part, old, new) for part in node)
    if is_dataclass(node) and not isinstance(node, type):
        return replace(node, **{field.name: swapped(getattr(node, field.name), old, new) for field in fields(node)})
    return node


def moved(claim: Claim, by: Fraction) -> Claim:
    assert claim.interval is not None
    assert claim.value is not None
    low, high = (None if end is None else end + by for end in (claim.interval.low, claim.interval.high))
    return replace(claim, value=claim.value + by, interval=replace(claim.interval, low=low, high=high))


def equations() -> Iterator[Relation]:
    """The relations between numbers that say two things are equal, and that hold."""
    for relation in claims().relations:
        body = relation.body
        equal = isinstance(body, Complete | SharePrinted | SameQuantity) or (
            isinstance(body, Comparison) and body.comparing == "equal"
        )
        if equal and relation.key not in found() and all(claim.is_number for claim in body.claims()):
            yield relation


def mutations() -> list[tuple[Relation, Claim, Fraction]]:
    """Each equation with each number in it and a change; not the whole of shares, which may be shares of another."""
    return [
        (relation, claim, beyond_rounding(relation, claim))
        for relation in equations()
        for claim in relation.body.claims()
        if not (isinstance(relation.body, Complete) and claim.unit != "per cent")
    ]


def beyond_rounding(relation: Relation, changed: Claim) -> Fraction:
    """A change of ``changed`` that no rounding in the relation can hide."""
    if isinstance(relation.body, SharePrinted) and changed.unit != "per cent":
        assert changed.value is not None
        return changed.value / 20  # a twentieth of either amount moves a share of 51 per cent by 2.5 points
    widths = [
        claim.interval.high - claim.interval.low
        for claim in relation.body.claims()
        if claim.unit == changed.unit and claim.interval is not None
        if claim.interval.high is not None and claim.interval.low is not None
    ]
    return sum(widths, Fraction(1))


@pytest.mark.parametrize(
    ("relation", "claim", "change"), mutations(), ids=lambda value: getattr(value, "key", str(value))
)
def test_a_printed_number_that_is_changed_beyond_its_rounding_is_reported(
    relation: Relation, claim: Claim, change: Fraction
) -> None:
    up, down = (swapped(relation.body, claim, moved(claim, by)).verdict() for by in (change, -change))
    if any(stated.qualifier != "exact" for stated in relation.body.claims()):
        assert not (up.holds and down.holds)
    else:
        assert not up.holds
        assert not down.holds


def listed() -> list[Relation]:
    return [
        relation
        for relation in claims().relations
        if isinstance(relation.body, Comparison) and isinstance(relation.body.right, Length)
        if relation.body.comparing == "equal" and relation.key not in found()
    ]


@pytest.mark.parametrize("relation", listed(), ids=lambda relation: relation.key)
def test_an_item_that_is_dropped_from_a_list_is_reported(relation: Relation) -> None:
    assert isinstance(relation.body, Comparison)
    assert isinstance(relation.body.right, Length)
    selection = relation.body.right.selection
    shorter = replace(selection, without=selection.without | {selection.names()[-1]})
    assert not replace(relation.body, right=Length(shorter)).verdict().holds


def test_there_are_equations_and_lists_to_mutate() -> None:
    assert len(mutations()) > 60
    assert len(listed()) > 10


def test_the_conferences_stand_in_order_but_for_the_last() -> None:
    spans = [item.span for item in claims().claims["regional_conferences"].items or ()]
    back = [later for sooner, later in pairwise(spans) if sooner and later and later.on.latest < sooner.on.earliest]
    assert back == [spans[-1]]
