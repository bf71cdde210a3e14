"""Events of the published kinds and numbers, with how many people each fictional State sent."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from colonnade.core.identifiers import public_id_from
from colonnade.packs.illustrative.allocation import apportion
from colonnade.packs.illustrative.projects import Maker
from colonnade.packs.illustrative.records import MadeEvent, MadeState

TITLES = {
    "workshop": "Workshop on {subject}, {place}",
    "side_event": "Side event: {subject}",
    "expert_meeting": "Expert meeting on {subject}, {place}",
    "technical_mission": "Technical mission to {place}: {subject}",
    "outreach_event": "Outreach event on {subject}, {place}",
    "thematic_regional_event": "Regional event on {subject}, {place}",
    "high_level_conference": "Regional high-level conference on {subject}, {place}",
    "training": "Training for {audience}: {subject}, {place}",
}


def make_events(maker: Maker, asked: Mapping[str, Any]) -> list[MadeEvent]:
    """One series. All its participants together, and the States they came from, are those that were asked for.

    Where ``training`` names kinds, the participants are those of these kinds, and the other events have some of their
    own beside them.
    """
    rng = maker.rng
    kinds = [kind for kind, number in asked["events"].items() for _ in range(number)]
    counted = [place for place, kind in enumerate(kinds) if not asked["training"] or kind in asked["training"]]
    sizes = [rng.randrange(12, 45) for _ in kinds]
    for place, size in zip(counted, apportion(asked["participants"], [sizes[place] for place in counted]), strict=True):
        sizes[place] = size
    guests = rng.sample(maker.states, asked["states"])
    return [
        _event(maker, asked, number, kind, size, guests)
        for number, (kind, size) in enumerate(zip(kinds, sizes, strict=True))
    ]


def _event(
    maker: Maker, asked: Mapping[str, Any], number: int, kind: str, size: int, guests: Sequence[MadeState]
) -> MadeEvent:
    rng = maker.rng
    host = guests[number % len(guests)]
    elsewhere = [state for state in guests if state is not host]
    others = rng.sample(elsewhere, min(len(elsewhere), rng.randrange(1, 6)))
    sent = apportion(size, [3, *(rng.randrange(1, 4) for _ in others)])
    attendance = tuple((state.code, part) for state, part in zip((host, *others), sent, strict=True) if part)
    topic = rng.choice(maker.vocabulary.topics)
    first: date = asked["from"]
    starts = first + timedelta(days=rng.randrange((asked["until"] - first).days - 3))
    title = TITLES[kind].format(
        subject=rng.choice(topic.subjects), audience=rng.choice(topic.audiences), place=host.name
    )
    return MadeEvent(
        public_id=public_id_from(rng),
        code=f"{asked['key']}-{number + 1:03d}",
        kind=kind,
        title=title,
        organiser=asked["organiser"],
        country=host.code,
        starts_on=starts,
        ends_on=starts + timedelta(days=rng.choice((0, 1, 2, 3))),
        series=asked["key"],
        attendance=attendance,
    )
