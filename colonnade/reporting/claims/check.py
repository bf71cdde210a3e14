"""What does not agree: within a document, and between the document and the registry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Protocol

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.reporting.claims.intervals import Interval
from colonnade.reporting.claims.loading import Claims
from colonnade.reporting.claims.model import Claim, with_unit
from colonnade.reporting.claims.relations import Gap, Relation, Side

DOCUMENT: Final = "document"
REGISTRY: Final = "registry"

Number = int | Decimal


class Registry(Protocol):
    """Where figures are looked up. Values are in base units (dollars, counts, per cent), exact and unrounded."""

    def figure_value(self, key: str, parameters: Mapping[str, str | int], cell: Mapping[str, str]) -> Number | None:
        """The value of a figure, or of one cell of it; ``None`` where nothing was reported.

        ``cell`` holds the ``measure`` and a code for each dimension; it is empty for a figure of a single value.
        Raises ``KeyError`` where there is no such figure, parameter or cell.
        """


@dataclass(frozen=True, slots=True)
class Tried:
    """A reading that was tried on a disagreement, and whether it holds."""

    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two statements that cannot both be true as they are read.

    ``kind`` is ``document`` or ``registry``; ``relation`` is the relation's key, or the figure's; ``form`` is the kind
    of relation.
    """

    kind: str
    relation: str
    form: str
    says: str
    left: Side
    right: Side
    gap: Gap
    readings: tuple[Tried, ...] = ()
    symbol: str = ""

    @property
    def explained_by(self) -> tuple[str, ...]:
        return tuple(tried.text for tried in self.readings if tried.holds)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.left.paragraphs + self.right.paragraphs))

    @property
    def message(self) -> str:
        """The disagreement in one line."""
        opening = "Should hold, and does not" if self.kind == DOCUMENT else "The registry has another value"
        sides = f"{self._told(self.left)} against {self._told(self.right)}"
        return f"{opening}: {self.says}. {sides}. Difference: {self.gap}."

    def _told(self, side: Side) -> str:
        places = ", ".join(self._short(paragraph) for paragraph in side.paragraphs)
        return f"{side.text} ({places})" if places else side.text

    def _short(self, paragraph: str) -> str:
        return paragraph.removeprefix(f"{self.symbol} ")

    def as_dict(self) -> dict[str, Any]:
        """The disagreement as ``--json`` prints it; numbers are in base units."""
        return {
            "kind": self.kind,
            "relation": self.relation,
            "form": self.form,
            "left": _side(self.left),
            "right": _side(self.right),
            "paragraphs": list(self.paragraphs),
            "difference": {
                "printed": number(self.gap.printed),
                "smallest": number(self.gap.smallest),
                "unit": self.gap.unit,
                "text": str(self.gap),
            },
            "explained_by": list(self.explained_by),
            "readings": [{"text": tried.text, "holds": tried.holds} for tried in self.readings],
            "message": self.message,
        }


def check_claims(claims: Claims, registry: Registry | None = None) -> tuple[Disagreement, ...]:
    """Everything that does not agree, the document's own first, each in the order of the file.

    Raises ``ProblemsFound`` where a claim names a figure, parameter or cell that the registry has not.
    """
    found = tuple(check_document(claims))
    return found if registry is None else (*found, *check_registry(claims, registry))


def check_document(claims: Claims) -> Iterator[Disagreement]:
    """The relations that cannot hold, whatever the printed numbers were rounded from."""
    for relation in claims.relations:
        verdict = relation.body.verdict()
        if not verdict.holds:
            yield Disagreement(
                DOCUMENT, relation.key, relation.kind, relation.says, verdict.left, verdict.right, verdict.gap,
                _try_readings(relation), claims.published.symbol,
            )  # fmt: skip


def check_registry(claims: Claims, registry: Registry) -> tuple[Disagreement, ...]:
    """The claims whose figure has another value, or none. Raises ``ProblemsFound`` where there is no such figure."""
    found: list[Disagreement] = []
    problems: list[Problem] = []
    for claim in claims.claims.values():
        if claim.answer is None or not claim.is_number:
            continue
        answer = claim.answer
        try:
            value = registry.figure_value(answer.figure, answer.parameters, answer.cell)
        except KeyError as error:
            mend = "name a figure of the registry, its parameters and a cell of its table"
            problems.append(Problem(claims.file, claim.row, "figure", str(answer), str(error.args[0]), mend))
            continue
        if (different := _compared(claim, value, claims.published.symbol)) is not None:
            found.append(different)
    if problems:
        raise ProblemsFound(problems)
    return tuple(found)


def _try_readings(relation: Relation) -> tuple[Tried, ...]:
    return tuple(Tried(reading.text, reading.holds) for reading in relation.readings)


def _compared(claim: Claim, value: Number | None, symbol: str) -> Disagreement | None:
    assert claim.answer is not None
    assert claim.interval is not None
    assert claim.value is not None
    left = Side(claim.printed, (claim.source,), claim.value, claim.interval.low, claim.interval.high)
    if value is None:
        right, gap = Side("no value in the registry", ()), Gap(claim.value, claim.value, claim.unit)
    elif Fraction(value) in claim.interval:
        return None
    else:
        counted = Fraction(value)
        exact = Interval.exactly(counted)
        right = Side(f"{with_unit(counted, claim.unit)} in the registry", (), counted, counted, counted)
        gap = Gap(abs(claim.value - counted), claim.interval.distance(exact), claim.unit)
    return Disagreement(
        REGISTRY, str(claim.answer), "figure", claim.counts, left, right, gap, symbol=symbol
    )  # fmt: skip


def number(value: Fraction | None) -> int | float | None:
    """A number as JSON writes it: whole where it is whole, else to six decimals."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 6)


def _side(side: Side) -> dict[str, Any]:
    return {
        "text": side.text,
        "value": number(side.value),
        "low": number(side.low),
        "high": number(side.high),
        "paragraphs": list(side.paragraphs),
    }
