"""Files of activities as an inventory of projects: each activity once, no budget counted twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.rates import RateTable
from colonnade.exchange.iati.activity import Activity
from colonnade.exchange.iati.mapping.amounts import Amount, NotAdded, beyond_children
from colonnade.exchange.iati.mapping.projects import Lists, PublishedProject, Publisher, project_of
from colonnade.exchange.iati.mapping.rules import Rules
from colonnade.exchange.iati.reading import read_activities
from colonnade.exchange.iati.values import Notes
from colonnade.portfolio.reported import ReportedFact, ReportedMoney, ReportedProject

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of a file: its activities, or that it was refused, and how many problems it has."""

    file: str
    activities: int
    problems: int
    refused: bool


@dataclass(frozen=True, slots=True)
class Published:
    """Everything read: projects in order of their identifiers, publishers that no list knows, what was noted."""

    projects: tuple[ReportedProject, ...]
    publishers: tuple[Publisher, ...]
    as_of: date | None
    files: tuple[FileRead, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Kept:
    """The report of an activity that stands so far."""

    published: PublishedProject
    updated: datetime
    file: str
    line: int


def read_published(files: Iterable[Path], rules: Rules, rates: RateTable, lists: Lists) -> Published:
    """Read and map ``files``. A file that is refused is listed, and the others are read.

    An activity that stands in several places is taken once: as it was last updated, else as it was met first.
    """
    kept: dict[str, _Kept] = {}
    problems: list[Problem] = []
    read: list[FileRead] = []
    newest: date | None = None
    for path in files:
        notes, count, before = Notes(path.name), 0, len(problems)
        try:
            for activity in read_activities(path, notes):
                count += 1
                newest = _later(newest, _known_on(activity))
                _keep(activity, project_of(activity, rules, rates, lists, problems), kept, problems)
        except ProblemsFound as refused:
            problems += refused.problems
            read.append(FileRead(path.name, 0, len(refused.problems), refused=True))
            continue
        except OSError as error:
            mend = "give the path of a file that can be read"
            problems.append(Problem(path.name, None, None, str(path), f"cannot be read: {error.strerror}", mend))
            read.append(FileRead(path.name, 0, 1, refused=True))
            continue
        problems += notes.listed()
        read.append(FileRead(path.name, count, len(problems) - before, refused=False))
    projects = _without_double_budgets(kept, problems)
    publishers = {one.published.publisher for one in kept.values() if one.published.publisher}
    ordered = sorted(publishers, key=lambda one: (one.code, one.preference, one.kind), reverse=True)
    by_code = {publisher.code: publisher for publisher in ordered}
    return Published(
        tuple(projects), tuple(by_code[code] for code in sorted(by_code)), newest, tuple(read), tuple(problems)
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day), default=None)


def _known_on(activity: Activity) -> date | None:
    """The day that an activity speaks of: when it was last updated, else of its last transaction."""
    if activity.last_updated:
        return activity.last_updated.date()
    return max((paid.on for paid in activity.transactions if paid.on), default=None)


def _keep(
    activity: Activity, published: PublishedProject | None, kept: dict[str, _Kept], problems: list[Problem]
) -> None:
    if published is None:
        return
    candidate = _Kept(published, activity.last_updated or _NEVER, activity.file, activity.line)
    standing = kept.get(activity.identifier)
    if standing is None:
        kept[activity.identifier] = candidate
        return
    loser = standing if candidate.updated > standing.updated else candidate
    winner = candidate if loser is standing else standing
    kept[activity.identifier] = winner
    problems.append(
        Problem(
            loser.file,
            loser.line,
            "iati-identifier",
            activity.identifier,
            f"{activity.identifier}: also in {winner.file}, row {winner.line}, which is taken",
            "publish each activity once",
        )
    )


def _without_double_budgets(kept: dict[str, _Kept], problems: list[Problem]) -> list[ReportedProject]:
    """The projects, in which a parent keeps only what its budget holds beyond those of its children."""
    children: dict[str, list[Amount]] = {}
    for identifier, one in kept.items():
        if one.published.budget:
            for parent in set(one.published.parents) - {identifier}:
                children.setdefault(parent, []).append(one.published.budget)
    projects = []
    for identifier in sorted(kept):
        one = kept[identifier]
        project, budget = one.published.project, one.published.budget
        if budget and identifier in children:
            project = _beyond_children(one, budget, children[identifier], problems)
        projects.append(project)
    return projects


def _beyond_children(
    one: _Kept, budget: Amount, children: Sequence[Amount], problems: list[Problem]
) -> ReportedProject:
    project = one.published.project

    def note(message: str) -> None:
        text = f"{project.reference}: {message}"
        met = f"{budget.money.amount} {budget.money.currency}"
        problems.append(Problem(one.file, one.line, "budget", met, text, "publish a budget at one level only"))

    try:
        rest = beyond_children(budget, children)
    except NotAdded as error:
        note(f"{error}; both levels are counted")
        return project
    note(
        f"children are read too; their budgets are counted, and {rest.money.amount if rest else 'nothing'} of this one"
    )
    facts = [fact for fact in project.facts if fact.field != "budget"]
    if rest is None:
        evidence = f"{budget.money.amount} {budget.money.currency} is stated by {len(children)} children"
        facts.append(ReportedFact("budget", "", "budget-beyond-children", evidence, one.file, one.line))
        return replace(project, budget=None, facts=tuple(facts))
    facts.append(ReportedFact("budget", str(rest.money.amount), rest.rule, rest.evidence, one.file, one.line))
    money = ReportedMoney(rest.money.amount, rest.money.currency, rest.on, rest.usd)
    return replace(project, budget=money, facts=tuple(facts))
