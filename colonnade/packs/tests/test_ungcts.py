"""The strategy's own pack: it reads without a problem, and holds as many rows as the report prints."""

from collections import Counter
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from colonnade.packs.pack import Pack
from colonnade.packs.reading import read_pack
from colonnade.packs.rows.base import SourceKind
from colonnade.packs.rows.members import ArrangementKind
from colonnade.packs.rows.places import Standing
from colonnade.packs.rows.results import SubmissionKind
from colonnade.packs.tables import TABLES


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack of the United Nations Global Counter-Terrorism Strategy."""
    return read_pack(Path(settings.ROOT) / "strategies" / "ungcts")


def test_the_lists_are_as_long_as_the_report_says(pack: Pack) -> None:
    assert len(pack.pillars) == 4
    assert len(pack.themes) == 8  # section IV, A to H
    assert len(pack.areas) == 7  # para. 16
    assert len(pack.working_groups) == 8  # para. 58
    assert len(pack.contributors) == 31  # annex IV
    submitted = Counter(dict.fromkeys(SubmissionKind, 0))
    for submission in pack.submissions:
        submitted[submission.kind] += submission.number
    assert submitted == {"state": 44, "organisation": 5, "civil_society": 55}  # para. 12


def test_the_25_entities_that_contributed_are_those_of_annex_ii_with_the_office_and_its_centre_as_one(
    pack: Pack,
) -> None:
    contributed = {entity.code for entity in pack.entities if entity.contributed}
    assert len(contributed) == 26
    assert {entity.code: entity.parent for entity in pack.entities}["UNCCT"] == "UNOCT"


def test_the_arrangements_are_those_of_footnote_7(pack: Pack) -> None:
    assert Counter(arrangement.kind for arrangement in pack.arrangements) == {
        ArrangementKind.FRAMEWORK: 7,
        ArrangementKind.COOPERATION: 1,
        ArrangementKind.COLLABORATION: 6,
    }


def test_the_instruments_are_those_that_are_listed_not_those_that_are_announced(pack: Pack) -> None:
    assert [instrument.number for instrument in pack.instruments] == list(range(1, 19))  # 19 are announced


def test_the_seed_awards_add_up_to_the_published_totals(pack: Pack) -> None:
    for seed_round, number in zip(pack.seed_rounds, (9, 7), strict=True):
        awards = [award for award in pack.seed_awards if award.round == seed_round.code]
        assert len(awards) == number
        assert sum(award.amount_usd for award in awards) == seed_round.published_total_usd
    assert pack.seed_rounds[1].ceiling_usd == Decimal(169_500)


def test_no_amount_is_stated_of_a_contributor_but_the_one_in_kind(pack: Pack) -> None:
    stated = {contributor.code: contributor.in_kind_usd for contributor in pack.contributors if contributor.in_kind_usd}
    assert stated == {"NLD": Decimal(11_500_000)}
    assert [contributor.rank for contributor in pack.contributors] == list(range(1, 32))


def test_the_seven_regional_conferences_stand_with_their_dates_as_printed(pack: Pack) -> None:
    regional = {c.city: c.starts_on.isoformat() for c in pack.conferences if c.series == "regional-conferences"}
    assert len(regional) == 7
    assert regional["Vienna"] == "2019-02-11"  # last of the list, before all others: as printed


def test_the_resolutions_are_each_cited_once_with_the_year_of_their_symbol(pack: Pack) -> None:
    councils = [mandate for mandate in pack.mandates if mandate.body == "Security Council"]
    assert len(councils) == 28
    for mandate in councils:
        assert mandate.code == f"S/RES/{mandate.number} ({mandate.year})"
    sessions = {mandate.number: mandate.year for mandate in pack.mandates if mandate.body == "General Assembly"}
    for number, year in sessions.items():
        # Session 1 opened in the autumn of 1946: session N runs from 1945 + N into the next year.
        assert year - int(number.split("/")[0]) in (1945, 1946), number


def test_every_row_names_its_paragraph_or_its_public_source(pack: Pack) -> None:
    for table in TABLES:
        for row in getattr(pack, table.name):
            from_the_report = row.source.startswith("A/74/677 ")
            assert from_the_report == (row.source_kind is SourceKind.REPORT), row


def test_the_world_has_193_member_states_and_two_observers(pack: Pack) -> None:
    standings = Counter(country.standing for country in pack.countries)
    assert (standings[Standing.MEMBER], standings[Standing.OBSERVER], standings[Standing.FICTIONAL]) == (193, 2, 0)


def test_the_colours_of_the_pillars_are_apart_for_eyes_that_do_not_see_red_or_green(pack: Pack) -> None:
    colours = [channels(pillar.colour) for pillar in pack.pillars]
    for colour in colours:
        assert contrast_on_white(colour) >= 3  # WCAG 1.4.11
    for seen in ([see(colour, matrix) for colour in colours] for matrix in (NORMAL, PROTANOPIA, DEUTERANOPIA)):
        for one, other in combinations(seen, 2):
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.15


Rgb = tuple[float, float, float]
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
#: Machado, Oliveira and Fernandes (2009), severity 1.0; for linear RGB.
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))


def channels(colour: str) -> Rgb:
    """Linear red, green and blue of ``#rrggbb``, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return linear(red), linear(green), linear(blue)


def linear(value: float) -> float:
    """A channel of sRGB as light."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def see(colour: Rgb, matrix: tuple[Rgb, Rgb, Rgb]) -> list[float]:
    """The colour as such an eye sees it."""
    return [sum(weight * channel for weight, channel in zip(row, colour, strict=True)) for row in matrix]


def contrast_on_white(colour: Rgb) -> float:
    """The contrast ratio of WCAG against white."""
    return 1.05 / (0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2] + 0.05)
