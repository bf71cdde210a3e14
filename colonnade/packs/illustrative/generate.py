"""The whole illustrative portfolio, pure: the same vocabulary gives the same records everywhere."""

import random
from collections.abc import Iterator
from string import ascii_uppercase

from colonnade.packs.illustrative.before import make_before, with_their_past
from colonnade.packs.illustrative.events import make_events
from colonnade.packs.illustrative.mappings import make_mapping, make_office
from colonnade.packs.illustrative.money import make_appeal, make_contributions, make_contributors
from colonnade.packs.illustrative.needs import make_needs
from colonnade.packs.illustrative.projects import Maker, complete, inventory, make_portfolio
from colonnade.packs.illustrative.records import IllustrativePortfolio, MadeInventory, MadeRegion, MadeState
from colonnade.packs.illustrative.texts import Writer
from colonnade.packs.illustrative.vocabulary import Vocabulary
from colonnade.portfolio.reported import ReportedProject


def generate(vocabulary: Vocabulary) -> IllustrativePortfolio:
    """Every illustrative record.

    Of the targets' sections, ``before``, ``mapping``, ``office``, ``markers`` and ``series`` may be left out, and make
    nothing then.
    """
    targets = vocabulary.targets
    # Not for secrets: the seed is published, so that everybody gets the same portfolio.
    rng = random.Random(targets["seed"])  # noqa: S311  # the same records from the same seed, and no secret
    states = tuple(_states(vocabulary))
    rng_states = list(states)
    rng.shuffle(rng_states)
    maker = Maker(rng, Writer(rng), vocabulary, tuple(rng_states))
    projects, inventories = _portfolios(maker)
    assessments, recommendations, responses = make_needs(maker, targets["needs"], projects)
    contributors = make_contributors(maker, targets["contributors"]["number"])
    return IllustrativePortfolio(
        regions=tuple(
            MadeRegion(code, name, position) for position, (code, name, _) in enumerate(vocabulary.regions, start=1)
        ),
        states=states,
        inventories=(*inventories, *_mappings(maker)),
        assessor=targets["needs"]["assessor"],
        assessments=tuple(assessments),
        recommendations=tuple(recommendations),
        responses=tuple(responses),
        contributors=tuple(contributors),
        contributions=tuple(make_contributions(maker, contributors, projects)),
        appeal=targets["appeal"]["key"],
        appeal_entries=tuple(make_appeal(maker, targets["appeal"], projects)),
        events=tuple(event for series in targets.get("series", ()) for event in make_events(maker, series)),
    )


def _portfolios(maker: Maker) -> tuple[list[ReportedProject], list[MadeInventory]]:
    """The portfolio's projects, and the inventories of the year before and of this one."""
    targets, as_of = maker.vocabulary.targets, maker.vocabulary.as_of
    projects = make_portfolio(maker)
    before = targets.get("before")
    if before is None:
        projects = complete(maker, projects)
        return projects, [inventory(targets["portfolio"], as_of, projects, None)]
    projects, statuses = with_their_past(maker, projects, before)
    projects = complete(maker, projects)
    earlier = make_before(maker, projects, statuses, before)
    return projects, [
        inventory(before, as_of, earlier, None),
        inventory(targets["portfolio"], as_of, projects, before["key"]),
    ]


def _states(vocabulary: Vocabulary) -> Iterator[MadeState]:
    """States with codes in alphabetical order from the first one on."""
    codes = _codes_from(vocabulary.first_code)
    for code, _, names in vocabulary.regions:
        for name in names:
            yield MadeState(next(codes), name, code)


def _codes_from(first: str) -> Iterator[str]:
    """User-assigned alpha-3 codes: QMA, QMB, ... QZZ."""
    letters = ascii_uppercase
    for second in letters[letters.index(first[1]) :]:
        for third in letters:
            yield f"{first[0]}{second}{third}"


def _mappings(maker: Maker) -> Iterator[MadeInventory]:
    targets, as_of = maker.vocabulary.targets, maker.vocabulary.as_of
    if asked := targets.get("mapping"):
        yield inventory(asked, as_of, make_mapping(maker, asked), None)
    if asked := targets.get("office"):
        yield inventory(asked, as_of, make_office(maker, asked), None)
