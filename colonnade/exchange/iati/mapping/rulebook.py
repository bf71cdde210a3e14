"""Reads the ``mapping`` folder of a data pack; refuses it whole, every error listed, where a rule cannot be used."""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.exchange.iati import codes
from colonnade.exchange.iati.mapping.phrases import Term, pattern_of, term_of
from colonnade.exchange.iati.mapping.rules import TEXT, TITLE, Mapped, MarkerRule, Rules, ScopeRule, TextRule
from colonnade.exchange.iati.values import decimal

R = TypeVar("R")

FOLDER: Final = "mapping"
MANY: Final = ";"
TEXT_RULE: Final = "id order value where any_of also unless sectors least_share places pillars source note"
#: Every file and its columns, in their order.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        file: tuple(columns.split())
        for file, columns in (
            ("terms.csv", "term language phrases note"),
            ("pillars.csv", TEXT_RULE),
            ("themes.csv", TEXT_RULE),
            ("areas.csv", TEXT_RULE),
            ("scopes.csv", "id order value codes countries regions source note"),
            ("statuses.csv", "id code value source note"),
            ("markers.csv", "id vocabulary code significance marker score source note"),
            ("regions.csv", "id vocabulary code value source note"),
        )
    }
)
SCOPES: Final = frozenset({"global", "regional", "national"})
STATUSES: Final = frozenset({"in_development", "awaiting_funding", "ongoing", "completed", "suspended", "cancelled"})
COUNTS: Final = frozenset({"any", "none", "one", "several"})


class _Unusable(ValueError):
    """A row cannot be used; the problem is noted already."""


@dataclass(slots=True)
class _Row:
    """A row of a file, and where to note what is wrong with it."""

    file: str
    number: int
    cells: Mapping[str, str]
    problems: list[Problem]

    def text(self, column: str) -> str:
        return self.cells[column].strip()

    def refuse(self, column: str, message: str, mend: str) -> _Unusable:
        self.problems.append(Problem(self.file, self.number, column, self.cells[column], message, mend))
        return _Unusable(message)

    def one_of(self, column: str, known: Collection[str], what: str) -> str:
        met = self.text(column)
        if met not in known:
            raise self.refuse(column, f"no such {what}", f"use one of: {', '.join(sorted(known))}")
        return met

    def many(self, column: str, known: Collection[str] | None, what: str) -> tuple[str, ...]:
        met = tuple(part for word in self.text(column).split(MANY) if (part := word.strip()))
        for one in met:
            if known is not None and one not in known:
                raise self.refuse(column, f"no such {what}: {one}", f"use {what}s that are listed, separated by ;")
        return met

    def integer(self, column: str, largest: int) -> int:
        met = self.text(column)
        if not (met.isascii() and met.isdecimal() and int(met) <= largest):
            raise self.refuse(column, "not a whole number", f"write a number from 0 to {largest}")
        return int(met)


@dataclass(slots=True)
class _Folder:
    """The rule files of one pack, as they are read."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def rows(self, file: str) -> Iterator[_Row]:
        name, columns = f"{FOLDER}/{file}", COLUMNS[file]
        try:
            with (self.folder / FOLDER / file).open(encoding="utf-8-sig", newline="") as stream:
                records = list(csv.reader(stream, strict=True))
        except FileNotFoundError:
            self.problems.append(Problem(name, None, None, "", "the file is missing", f"add {name}"))
            return
        except (csv.Error, UnicodeDecodeError) as error:
            self.problems.append(
                Problem(name, None, None, str(error), "not a CSV file in UTF-8", "save it as CSV UTF-8")
            )
            return
        if not records or tuple(records[0]) != columns:
            met = ",".join(records[0]) if records else ""
            self.problems.append(Problem(name, 1, None, met, "another header", f"write {','.join(columns)}"))
            return
        for number, record in enumerate(records[1:], start=2):
            if len(record) != len(columns):
                self.problems.append(
                    Problem(
                        name, number, None, str(len(record)), "not as wide as the header", f"write {len(columns)} cells"
                    )
                )
            else:
                yield _Row(name, number, dict(zip(columns, record, strict=True)), self.problems)

    def each(self, file: str, make: Callable[[_Row], R]) -> list[R]:
        """What ``make`` makes of every usable row. No two rows may have the same id."""
        made, seen = [], dict[str, int]()
        for row in self.rows(file):
            rule_id = row.cells.get("id", "")
            if rule_id in seen and "id" in row.cells:
                row.refuse("id", f"also the id of row {seen[rule_id]}", "give each rule an id of its own")
            seen[rule_id] = row.number
            try:
                made.append(make(row))
            except _Unusable:
                continue
        return made

    def codes_of(self, file: str, column: str) -> frozenset[str]:
        """The codes that a file of the pack itself lists; none where it has no such file."""
        path = self.folder / file
        if not path.is_file():
            return frozenset()
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return frozenset(row.get(column) or "" for row in csv.DictReader(stream))


def load_rules(pack: Path) -> Rules:
    """The rules of the data pack in folder ``pack``. Raises ``ProblemsFound`` with everything that is wrong."""
    folder = _Folder(pack)
    terms = _terms(folder)
    pillars = folder.codes_of("pillars.csv", "code")

    def text_rules(file: str) -> tuple[TextRule, ...]:
        values = folder.codes_of(file, "code")
        found = folder.each(file, lambda row: _text_rule(row, values, terms, pillars))
        return tuple(sorted(found, key=lambda rule: rule.order))

    rules = Rules(
        terms=terms,
        pillars=text_rules("pillars.csv"),
        themes=text_rules("themes.csv"),
        areas=text_rules("areas.csv"),
        scopes=tuple(sorted(folder.each("scopes.csv", _scope_rule), key=lambda rule: rule.order)),
        statuses=dict(folder.each("statuses.csv", _status_rule)),
        markers=tuple(folder.each("markers.csv", _marker_rule)),
        regions=dict(folder.each("regions.csv", _region_rule)),
    )
    if folder.problems:
        raise ProblemsFound(folder.problems)
    return rules


def _terms(folder: _Folder) -> dict[str, Term]:
    phrases: dict[str, list[tuple[str, str]]] = {}

    def read(row: _Row) -> None:
        language = row.text("language")
        for phrase in row.many("phrases", None, "phrase"):
            try:
                pattern_of(phrase, language)
            except ValueError as error:
                raise row.refuse("phrases", str(error), "write words, with * and ... between them") from error
            phrases.setdefault(row.text("term"), []).append((language, phrase))

    folder.each("terms.csv", read)
    return {key: term_of(key, pairs) for key, pairs in phrases.items()}


def _text_rule(row: _Row, values: Collection[str], terms: Collection[str], pillars: Collection[str]) -> TextRule:
    rule = TextRule(
        id=row.text("id"),
        order=row.integer("order", 9999),
        value=row.one_of("value", values, "code of the pack"),
        where=row.one_of("where", (TITLE, TEXT), "part of an activity"),
        any_of=row.many("any_of", terms, "term"),
        also=row.many("also", terms, "term"),
        unless=row.many("unless", terms, "term"),
        sectors=row.many("sectors", None, "sector"),
        least_share=_share(row),
        places=frozenset(row.many("places", codes.COUNTRY | codes.DAC_REGION, "place")),
        pillars=frozenset(row.many("pillars", pillars, "pillar")),
    )
    if not (rule.any_of or rule.sectors or rule.places):
        raise row.refuse("any_of", "a rule that holds for everything", "state terms, sectors or places")
    return rule


def _share(row: _Row) -> Decimal:
    met = row.text("least_share")
    found = decimal(met) if met else Decimal(0)
    if found is None or not 0 <= found <= 100:
        raise row.refuse("least_share", "not a percentage", "write a number from 0 to 100, or nothing")
    return found


def _scope_rule(row: _Row) -> ScopeRule:
    return ScopeRule(
        id=row.text("id"),
        order=row.integer("order", 9999),
        value=row.one_of("value", SCOPES, "scope"),
        codes=frozenset(row.many("codes", {"none", *codes.ACTIVITY_SCOPE}, "scope code")),
        countries=row.one_of("countries", COUNTS, "count"),
        regions=row.one_of("regions", COUNTS | {"unspecified"}, "count"),
    )


def _status_rule(row: _Row) -> tuple[str, Mapped]:
    code = row.one_of("code", codes.ACTIVITY_STATUS, "status code")
    value = row.one_of("value", STATUSES, "status")
    return code, Mapped("status", value, row.text("id"), f"activity-status {code}")


def _marker_rule(row: _Row) -> MarkerRule:
    return MarkerRule(
        id=row.text("id"),
        vocabulary=row.text("vocabulary"),
        code=row.text("code"),
        significance=row.one_of("significance", codes.POLICY_SIGNIFICANCE, "significance"),
        marker=row.text("marker"),
        score=row.integer("score", 3),
    )


def _region_rule(row: _Row) -> tuple[tuple[str, str], Mapped]:
    vocabulary, code = row.text("vocabulary"), row.text("code")
    evidence = f"recipient-region {code} of vocabulary {vocabulary}"
    return (vocabulary, code), Mapped("region", row.text("value"), row.text("id"), evidence)
