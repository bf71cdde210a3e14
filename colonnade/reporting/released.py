"""What a report says of numbers that its readers may not count: that they are not released, or the released total.

A released total stands in ``figures.json`` apart from the figures, as attested: it cannot be recomputed from the
snapshot, which does not hold its records.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from colonnade.analysis.disclosure.tables import ALL
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.published import Attested
from colonnade.analysis.figures.result import FigureResult
from colonnade.analysis.figures.withheld import is_withheld
from colonnade.analysis.queries import InForce
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.core.viewer import Viewer
from colonnade.reporting.document import Block, Document, Heading, Paragraph, Style, Text
from colonnade.reporting.wording import Wording

ANCHOR = "released-totals"


def as_attested(release: InForce) -> Attested:
    """A release as ``figures.json`` has it."""
    return Attested(
        release.figure,
        release.title,
        release.public_id,
        release.audience,
        release.over,
        release.as_of.isoformat(),
        release.approved_at.date().isoformat(),
        release.values.as_json(),
    )


def without_withheld(results: Mapping[str, FigureResult], viewer: Viewer) -> dict[str, FigureResult]:
    """``results``, those that say nothing to ``viewer`` without a value: the report leaves out what mentions them."""
    return {
        key: replace(result, value=None) if is_withheld(library()[key], result.value, viewer) else result
        for key, result in results.items()
    }


def with_released(
    document: Document,
    results: Mapping[str, FigureResult],
    viewer: Viewer,
    released: Mapping[str, InForce],
    words: Wording,
) -> Document:
    """``document`` with a last section on the figures of ``results`` that say nothing to ``viewer``."""
    withheld = [key for key in results if is_withheld(library()[key], results[key].value, viewer)]
    if not withheld:
        return document
    return replace(document, blocks=(*document.blocks, *_section(withheld, results, released, words)))


def released_in(results: Mapping[str, FigureResult], viewer: Viewer, released: Mapping[str, InForce]) -> list[InForce]:
    """The releases that stand for a figure of ``results`` which says nothing to ``viewer``."""
    return [
        released[key] for key in results if key in released and is_withheld(library()[key], results[key].value, viewer)
    ]


def _section(
    withheld: Sequence[str], results: Mapping[str, FigureResult], released: Mapping[str, InForce], words: Wording
) -> Iterator[Block]:
    yield Heading(1, words.released_totals, ANCHOR)
    told = [released[key] for key in withheld if key in released]
    if told:
        yield _paragraph(words.released_intro)
    for release in told:
        day = words.date(release.approved_at.date())
        attested = words.attested.format(day=day, as_of=words.date(release.as_of.date()))
        yield _paragraph(f"{release.title} ({attested}): {'; '.join(_numbers(release.values, words))}.")
    others = [results[key].title for key in withheld if key not in released]
    if others:
        yield _paragraph(words.not_released.format(titles="; ".join(others)))


def _numbers(values: ReleasedValues, words: Wording) -> Iterator[str]:
    for line in values.rows.lines:
        if not values.columns.lines:
            yield f"{line.title} {_number(values, line.code, ALL, words)}"
        for column in values.columns.lines:
            yield f"{line.title}, {column.title} {_number(values, line.code, column.code, words)}"
    yield f"{words.total.lower()} {_number(values, ALL, ALL, words)}"


def _number(values: ReleasedValues, row: str, column: str, words: Wording) -> str:
    value = values.cells[row, column]
    return words.not_shown if value is None else display(value, values.unit)


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),), style=Style.NOTE)


def attested_of(releases: Iterable[InForce]) -> tuple[Attested, ...]:
    """Releases as ``figures.json`` has them."""
    return tuple(map(as_attested, releases))
