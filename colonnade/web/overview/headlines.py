"""The headline figures, and the pillars side by side: which figures stand on the home page, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import rounded
from colonnade.analysis.figures.result import TableValue
from colonnade.strategy.models import Pillar
from colonnade.web.releases.shown import number_released
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.numbers import LinkedNumber, cell_of, number_of, value_at
from colonnade.web.shared.reading import Reading

PLACEHOLDER: Final = "{number}"


@dataclass(frozen=True, slots=True)
class Part:
    """Words, or a number among them."""

    words: str = ""
    number: LinkedNumber | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """A number at large, and a sentence about it with a number of its own."""

    title: str
    number: LinkedNumber
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PillarRow:
    """A pillar with its numbers. ``bar`` is the length of its share, of 100."""

    code: str
    title: str
    short_title: str
    colour: str
    bar: int
    numbers: tuple[LinkedNumber, ...]


@dataclass(frozen=True, slots=True)
class PillarTable:
    """The pillars, and their column heads after the first."""

    header: tuple[str, ...]
    rows: tuple[PillarRow, ...]


def headlines(reading: Reading) -> Iterator[Headline]:
    """The headline figures in order, each opening its own page."""
    yield Headline(
        _("Projects"),
        _number(reading, "projects"),
        _with(_("against {number} in the previous inventory"), _number(reading, "projects_previous")),
    )
    yield Headline(
        _("Funding shortfall"),
        _number(reading, "shortfall_total"),
        _with(_("{number} of the budget of active projects"), _number(reading, "shortfall_share")),
    )
    yield Headline(
        _("Budget of active projects"),
        _number(reading, "budget_active"),
        _with(_("of {number} in all"), _number(reading, "budget_total")),
    )
    yield Headline(
        _("Entities at work"),
        _number(reading, "entities_implementing"),
        _with(_("lead projects, of which {number} are active"), _number(reading, "projects_active")),
    )
    yield _needs(reading)
    yield Headline(
        _("Balance of the pillars"),
        _number(reading, "pillar_balance"),
        (Part(_("of what an equal share would give the smallest")),),
    )


def _needs(reading: Reading) -> Headline:
    title = _("Needs of assessed States")
    if reading.is_withheld("needs_count"):
        # Needs are shared inside the compact: nought would say that there are none.
        released = reading.released_total("needs_count")
        if released:
            return Headline(title, number_released(released), (Part(_("released, attested by two people")),))
        return Headline(title, LinkedNumber(_("not released")), (Part(_("shared inside the compact")),))
    answered = _number(reading, "needs_with_response")
    return Headline(
        title, _number(reading, "needs_count"), _with(_("of which a project responds to {number}"), answered)
    )


def pillars(reading: Reading) -> PillarTable | None:
    """The pillars side by side: projects, needs and how far they are covered, money. ``None`` where none reports."""
    shares = reading.figure("projects_by_pillar")
    if not isinstance(shares.value, TableValue):
        return None
    columns = [
        (_("Projects"), "projects_by_pillar", "projects"),
        (_("Share of projects"), "projects_by_pillar", "share"),
        (_("Budget of active projects"), "money_by_pillar", "active_budget"),
        (_("Shortfall"), "money_by_pillar", "shortfall"),
    ]
    if reading.figure("needs_count").value:
        columns += [
            (_("Needs"), "coverage_by_pillar", "needs"),
            (_("Needs met or partly met"), "coverage_by_pillar", "covered_share"),
        ]
    rows = []
    for pillar in Pillar.objects.all():
        numbers = tuple(_cell(reading, key, pillar.code, measure) for _title, key, measure in columns)
        share, _unit = value_at(shares, Place(shares.key, cell={"pillar": pillar.code}, measure="share"))
        bar = int(rounded(share or 0, 0))
        rows.append(PillarRow(pillar.code, pillar.title, pillar.short_title, pillar.colour, bar, numbers))
    return PillarTable(tuple(title for title, _key, _measure in columns), tuple(rows))


def _number(reading: Reading, key: str) -> LinkedNumber:
    return number_of(reading.figure(key), Place(key, audience=reading.reader.asked))


def _cell(reading: Reading, key: str, pillar: str, measure: str) -> LinkedNumber:
    place = Place(key, audience=reading.reader.asked, cell={"pillar": pillar}, measure=measure)
    try:
        return cell_of(reading.figure(key), place)
    except LookupError:  # a pillar that none of the figure's records names
        return LinkedNumber("–")


def _with(sentence: str, number: LinkedNumber) -> tuple[Part, ...]:
    before, found, after = sentence.partition(PLACEHOLDER)
    if not found or not number.href:
        return ()
    return tuple(part for part in (Part(before), Part(number=number), Part(after)) if part.words or part.number)
