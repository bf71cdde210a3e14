"""Facts of an imaginary State with as much of everything as one asks for."""

from dataclasses import replace

from colonnade.reporting.briefs import BriefTable, StateFacts

TITLE = "Strengthening the capacity of inspectors of wells and of laboratories in districts along the river"
RULE = "A project counts once wherever it names this State; its whole budget stands in each that it names. "


def facts(number: int = 40, **changes: object) -> StateFacts:
    """A State with ``number`` of projects, entities, themes, endings and events."""
    made = StateFacts(
        code="QMA",
        name="Hereland",
        region="The region",
        strategy="The Strategy for Clean Water",
        symbol="W/1",
        inventory="The wells of 2019",
        as_of="31 August 2019",
        until="31 August 2020",
        audience="the people of Hereland",
        circle="the people of Hereland",
        snapshot="2019-08-31T00:00:00Z",
        address="https://wells.example/countries/QMA/",
        notice="Illustrative records. These records are invented and say nothing of any State.",
        headlines=(
            ("Active projects", str(number)),
            ("Entities leading them", str(number)),
            ("Their budget", "$140.2 million"),
            ("Their shortfall", "$61.7 million"),
            ("Needs", str(number)),
            ("Unmet needs", str(number // 2)),
        ),
        places=table(
            min(number, 5),
            ("Scope", "Projects", "Active"),
            "National, naming no State at all",
            note="In these numbers.",
        ),
        pillars=table(
            min(number, 5), ("Pillar", "Ongoing", "Awaiting funding", "In development", "All"), "Wells", "Total"
        ),
        needs=table(number, ("Thematic priority", "Needs", "Unmet", "Claimed", "Met"), "Water that is clean", "Total"),
        needs_released=True,
        entities=table(number, ("Entity", "Pillars", "Projects"), "Office for the Coordination of Wells and Pipes"),
        projects=table(number, ("Project", "Entity", "Pillar", "Budget"), TITLE),
        ending=table(number, ("Project", "Entity", "Ends on"), TITLE),
        events=table(number, ("Event", "When", "Place", "Participants"), TITLE),
        rules=(
            "A project counts once wherever it names this State; its whole budget stands in each that it names. " * 2,
        )
        * 4,
        sources="Source: the registry, W/1. Every number opens at https://wells.example/countries/QMA/.",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of the facts


def table(number: int, header: tuple[str, ...], text: str, total: str = "", note: str = "") -> BriefTable:
    """``number`` rows of ``text`` and numbers under ``header``."""
    words = len([title for title in header if title in WORDS])
    row = (text, *("words" for _ in range(words)), *("1,234" for _ in header[1 + words :]))
    return BriefTable(
        header=header,
        numeric=tuple(place > words for place in range(len(header))),
        rows=tuple(row for _ in range(number)),
        total=number,
        totals=(total, *row[1:]) if total else (),
        note=note,
    )


WORDS = ("Pillars", "Entity", "Pillar", "When", "Place", "Ends on")
