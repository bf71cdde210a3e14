"""The whole illustrative portfolio, pure: the same vocabulary gives the same records everywhere."""

import random
from collections.abc import Iterator
from string import ascii_uppercase

from colonnade.packs.illustrative.events import make_events
from colonnade.packs.illustrative.mappings import make_office, make_prevention
from colonnade.packs.illustrative.money import make_appeal, make_contributions, make_contributors
from colonnade.packs.illustrative.needs import make_needs
from colonnade.packs.illustrative.projects import Maker, inventory, make_portfolio
from colonnade.packs.illustrative.records import IllustrativePortfolio, MadeInventory, MadeRegion, MadeState
from colonnade.packs.illustrative.texts import Writer
from colonnade.packs.illustrative.vocabulary import Vocabulary


def generate(vocabulary: Vocabulary) -> IllustrativePortfolio:
    """Every illustrative record. Sections that the targets leave out (``office``, ``prevention``, ...) make none."""
    targets = vocabulary.targets
    # Not for secrets: the seed is published, so that everybody gets the same portfolio.
    rng = random.Random(targets["seed"])  # noqa: S311
    states = tuple(_states(vocabulary))
    rng_states = list(states)
    rng.shuffle(rng_states)
    maker = Maker(rng, Writer(rng), vocabulary, tuple(rng_states))
    projects, before = make_portfolio(maker)
    inventories = [
        inventory(targets["before"], vocabulary.as_of, before, None),
        inventory(targets["portfolio"], vocabulary.as_of, projects, targets["before"]["key"]),
        *_mappings(maker),
    ]
    assessments, recommendations, responses = make_needs(maker, targets["needs"], projects)
    contributors = make_contributors(maker, targets["contributors"]["number"])
    return IllustrativePortfolio(
        regions=tuple(
            MadeRegion(code, name, position) for position, (code, name, _) in enumerate(vocabulary.regions, start=1)
        ),
        states=states,
        inventories=tuple(inventories),
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
    if asked := targets.get("prevention"):
        yield inventory(asked, as_of, make_prevention(maker, asked), None)
    if asked := targets.get("office"):
        yield inventory(asked, as_of, make_office(maker, asked), None)
