"""``python -m evaluation.classification [--sealed]``: how often what is proposed of a record is right, and how often
nothing is proposed.

The records are published activities (IATI), asked as forms ask: title and description whole. Countries are those that
the text names, and scope is what these say: nothing is learned for them. The marker of gender equality and the group of
sectors (the first three digits of the DAC's code, in place of a theme, which the files do not have) are learned from
titles of the activities of other publishers. A third of the publishers, by a hash of their names, is sealed: nothing
was chosen on it. Exit status 0: measured; 2: the data is not there.
"""

import argparse
import csv
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel import Locale
from lxml import etree

from colonnade.analysis.matching.classifying import Classifier, Labelled
from colonnade.analysis.matching.naming import FURTHER, GLOBAL, NATIONAL, REGIONAL, Names
from colonnade.analysis.matching.proposing import COUNTRY, MARKER, SCOPE, THEME, Proposer
from colonnade.analysis.matching.records import Record
from evaluation.activities import elements, record_of
from evaluation.graded import is_sealed
from evaluation.measures import measured

BESIDE: Final = Path(__file__).parents[2] / "shared" / "data"
#: Names the folder with ``iati/``.
VARIABLE: Final = "COLONNADE_EVALUATION_DATA"
_TABLES: Final = Path(__file__).parents[1] / "colonnade" / "places" / "tables"
_LANGUAGES: Final = ("ar", "zh", "en", "fr", "ru", "es")
#: IATI's codes of scope: 2 and 3 are several countries; 4 to 8 one, or a part of it.
_SCOPES: Final = {"1": GLOBAL, "2": REGIONAL, "3": REGIONAL, **dict.fromkeys("45678", NATIONAL)}
_DAC: Final = (None, "1", "DAC")


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity with what its publisher said of it, by dimension."""

    record: Record
    publisher: str
    codes: dict[str, frozenset[str]]


def main() -> int:
    """Measure, or say why not."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.classification", description=__doc__)
    parser.add_argument("--sealed", action="store_true", help="measure on the sealed publishers as well")
    arguments = parser.parse_args()
    folder = Path(os.environ.get(VARIABLE, BESIDE)) / "iati"
    if not folder.is_dir():
        print(f"There is no {folder}; name the folder of iati/ by {VARIABLE}.", file=sys.stderr)
        return 2
    known = list(activities(folder))
    open_ones = [each for each in known if not is_sealed(each.publisher)]
    choose, hold = ([each for each in open_ones if _half(each.publisher) == half] for half in (0, 1))
    tell("development publishers", choose, hold)
    if arguments.sealed:
        sealed = [each for each in known if is_sealed(each.publisher)]
        tell("sealed publishers, on which nothing was chosen", open_ones, sealed)
    return 0


def _half(publisher: str) -> int:
    return int(is_sealed(f"half {publisher}") or is_sealed(f"second half {publisher}"))


def tell(title: str, learn: Sequence[Activity], ask: Sequence[Activity]) -> None:
    """Print one part: each dimension with how many proposals were right, and how many activities got one."""
    publishers = len({each.publisher for each in ask})
    print(f"\n{title}: {len(ask):,} activities of {publishers} publishers, learned from {len(learn):,} of others")
    proposer = proposer_from(learn)
    dimensions = (COUNTRY, SCOPE, MARKER, THEME)
    found = [(each, proposer.propose(each.record, dimensions)) for each in ask]
    for dimension in dimensions:
        asked = [(each, some[dimension]) for each, some in found if dimension in each.codes]
        right = [
            (float(one.code in each.codes[dimension]), each.publisher) for each, some in asked for one in some
        ]  # fmt: skip
        answered = sum(1 for _each, some in asked if some)
        print(f"  {dimension:14s} proposed for {answered:,} of {len(asked):,} activities; {_right(right)}")
        if dimension == COUNTRY:
            told = [(float(code in {one.code for one in some}), each.publisher) for each, some in asked
                    for code in each.codes[dimension]]  # fmt: skip
            print(f"  {'':14s} of the countries that publishers name, found: {_right(told)}")
        if (calibration := proposer.classifier.calibrations.get(dimension)) is not None:
            level = calibration.threshold
            said = "none: four in five were not reached, so it abstains" if level is None else f"{level:.2f}"
            print(f"  {'':14s} least sureness, chosen on what it learned from: {said}")
            if level is not None:
                whole = calibration
                told_of = f"right {whole.right} of {whole.proposed}, for {whole.answered} of {whole.tried} activities"
                print(f"  {'':14s} on the half of it on which that was not chosen, of the same publishers: {told_of}")


def _right(values: Sequence[tuple[float, str]]) -> str:
    if not values:
        return "none proposed"
    told = measured([value for value, _ in values], [publisher for _, publisher in values])
    (low, high), (lowest, highest) = told.by_queries, told.by_states
    return (
        f"right {int(sum(value for value, _ in values)):,} of {len(values):,}: {told.mean:.3f} [{low:.3f}, {high:.3f}],"
        f" publishers resampled [{lowest:.3f}, {highest:.3f}]"
    )


def proposer_from(learn: Sequence[Activity]) -> Proposer:
    """What proposes, learned as a registry learns: from titles."""
    labelled = [
        Labelled(Record(each.record.id, each.record.title), some)
        for each in learn
        if (some := {name: codes for name, codes in each.codes.items() if name in (MARKER, THEME)})
    ]
    return Proposer(Classifier.of(labelled, ()), Names.of(_countries()), Names.of(_regions()), frozenset())


def _countries() -> Iterator[tuple[str, str]]:
    territories = [Locale(language).territories for language in _LANGUAGES]
    yield from FURTHER
    for row in _table("countries"):
        yield row["iso2"], row["name"]
        yield from ((row["iso2"], str(some[row["iso2"]])) for some in territories if row["iso2"] in some)


def _regions() -> Iterator[tuple[str, str]]:
    return ((row["code"], row["name"]) for row in _table("regions") if row["code"] != "001")


def _table(name: str) -> list[dict[str, str]]:
    with (_TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def activities(folder: Path) -> Iterator[Activity]:
    """All activities of the files in ``folder``, each identifier once."""
    met: set[str] = set()
    for path in sorted(folder.glob("*.xml")):
        if path.name.startswith("ct-pve-extract"):  # a selection of the others
            continue
        for element in elements(path):
            told = record_of(element)
            if told.id and told.title and told.id not in met:
                met.add(told.id)
                yield Activity(Record(told.id, told.text, told.title), told.entity, _codes(element))


def _codes(activity: etree._Element) -> dict[str, frozenset[str]]:
    countries = {(each.get("code") or "").upper() for each in activity.findall("recipient-country")} - {""}
    scope = next((each.get("code", "") for each in activity.findall("activity-scope")), "")
    marker = {
        each.get("significance", "")
        for each in activity.findall("policy-marker")
        if (each.get("code") or "").lstrip("0") == "1" and each.get("vocabulary") in _DAC
    } & {"0", "1", "2"}
    sectors = {
        (each.get("code") or "")[:3]
        for each in activity.findall("sector")
        if each.get("vocabulary") in _DAC and len(each.get("code") or "") == 5
    }
    found = {
        COUNTRY: countries,
        SCOPE: {_SCOPES[scope]} if scope in _SCOPES else set(),
        MARKER: marker if len(marker) == 1 else set(),
        THEME: sectors,
    }
    return {name: frozenset(some) for name, some in found.items() if some}


if __name__ == "__main__":
    sys.exit(main())
