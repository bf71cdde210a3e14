"""What a reader sees, level by level, how many of each kind, and through which role; what is kept from them, in words.

Only what the reader may see is counted. What is kept is said by its rule, which is the same whether there is anything
or not.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level, Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.models import AppealEntry, Contribution
from colonnade.needs.models import Assessment
from colonnade.places.models import Country
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import listing_address

LEVELS: Final = (Level.PUBLIC, Level.COMPACT, Level.RESTRICTED)


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force, in words; from when to when; and the viewer that it makes alone."""

    title: str
    since: object
    until: object
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Circle:
    """A level for one reader: the rule, how far it is open to them, and through which of their roles."""

    level: str
    rule: str
    extent: str
    through: tuple[str, ...]


def level_title(level: Level) -> str:
    """What a level is called."""
    return {Level.PUBLIC: _("Public"), Level.COMPACT: _("Compact"), Level.RESTRICTED: _("Restricted")}[level]


def circles(viewer: Viewer, held: Iterable[Held], states: str) -> Iterator[Circle]:
    """The three levels for ``viewer``, who holds the roles ``held``, some of them for ``states``."""
    roles = tuple(held)
    yield Circle(level_title(Level.PUBLIC), _("Seen by everyone."), _("All of it."), (_("Open to everybody"),))
    yield _circle(
        Level.COMPACT,
        _(
            "Seen by member entities, the secretariat, assessors, board members and auditors; by a State's people where"
            " it concerns their State."
        ),
        viewer,
        roles,
        all_of=lambda each: each.inside_the_compact,
        part_of=lambda each: bool(each.country_codes),
        part=_("What concerns %(names)s.") % {"names": states},
    )
    yield _circle(
        Level.RESTRICTED,
        _(
            "Seen by the State that asked for it, its assessors, the secretariat, auditors, and entities that"
            " were named or lead the project."
        ),
        viewer,
        roles,
        all_of=lambda each: each.sees_restricted,
        part_of=lambda each: bool(each.country_codes or each.entity_ids or each.coordinates),
        part=" ".join(_restricted_parts(viewer, states)),
    )


def _restricted_parts(viewer: Viewer, states: str) -> Iterator[str]:
    if viewer.country_codes:
        yield _("What %(states)s asked to keep confidential.") % {"states": states}
    if viewer.coordinates:
        names = {"states": _named(viewer.coordinates)}
        yield _("Requests of %(states)s that came by way of you, or that the State lets you read.") % names
    if viewer.entity_ids:
        names = {"entities": _named(viewer.entity_ids)}
        yield _("Records that name %(entities)s, and projects that they lead.") % names


def _circle(
    level: Level,
    rule: str,
    viewer: Viewer,
    roles: tuple[Held, ...],
    *,
    all_of: Callable[[Viewer], bool],
    part_of: Callable[[Viewer], bool],
    part: str,
) -> Circle:
    if all_of(viewer):
        through, extent = [one for one in roles if all_of(one.viewer)], _("All of it.")
    elif part_of(viewer):
        through, extent = [one for one in roles if part_of(one.viewer)], part
    else:
        through, extent = [], _("Nothing of it.")
    return Circle(level_title(level), rule, extent, tuple(one.title for one in through))


def kept_back(viewer: Viewer, states: str) -> Iterator[str]:
    """What ``viewer`` is not shown, as rules. None of them says whether there is any."""
    if not viewer.inside_the_compact:
        yield (
            _("What is shared inside the compact and does not concern %(names)s: drafts, needs of other States, money.")
            % {"names": states}
            if states
            else _("What is shared inside the compact: drafts, needs of assessed States, part of the money.")
        )
    if not viewer.sees_restricted:
        yield _(
            "What a State asked to keep confidential, whole records or fields of them, unless it is your State or"
            " you are named on it."
        )
        yield _(
            "Whether there is anything of that kind: lists, counts, searches, ranks and files are made as if what"
            " you may not see were not there."
        )
    if Role.SECRETARIAT not in viewer.roles and not viewer.sees_restricted:
        yield _("Proposals of released totals, until two people have approved them.")
    yield _("What other people keep for themselves: their saved views, what they sign in with, their sessions.")


def seen_table(viewer: Viewer, reading: Reading) -> TableView:
    """How many records of each kind and level ``viewer`` sees; numbers open their lists, where there is a list."""
    inventory = reading.inventory()
    rows = []
    subjects: list[tuple[str, Selection]] = [
        (_("Needs of assessed States"), Selection(Subject.NEEDS)),
        (_("Events"), Selection(Subject.EVENTS)),
    ]
    if inventory is not None:
        title = _("Projects of %(inventory)s") % {"inventory": inventory.title}
        subjects.insert(0, (title, Selection(Subject.PROJECTS, inventory.key)))
    for title, selection in subjects:
        counts = reading.ask(Question(selection, str(selection.subject), "level")).row_totals
        rows.append(_row(title, {str(level): int(count or 0) for level, count in counts.items()}, selection, reading))
    with reading_as(viewer):
        rows += [_row(title, _counts(model, viewer)) for title, model in _registered().items()]
    return TableView(
        _("How many records you see"),
        (
            HeaderView(_("Records")),
            *(HeaderView(level_title(level), numeric=True) for level in LEVELS),
            HeaderView(_("In all"), numeric=True),
        ),
        tuple(rows),
        note=_("0 says that you see none. It does not say that there is none."),
    )


def by_role_table(held: Iterable[Held], open_as: Callable[[Viewer], Reading]) -> TableView:
    """How many projects, needs and events each role opens by itself."""
    rows = []
    for one in held:
        reading = open_as(one.viewer)
        inventory = reading.inventory()
        numbers = [
            reading.total(Selection(Subject.PROJECTS, inventory.key), "projects") if inventory else 0,
            reading.total(Selection(Subject.NEEDS), "needs"),
            reading.total(Selection(Subject.EVENTS), "events"),
        ]
        rows.append((CellView(one.title, header=True), *(CellView(grouped(n or 0), numeric=True) for n in numbers)))
    heads = (_("Role"), _("Projects"), _("Needs"), _("Events"))
    return TableView(
        _("What each role opens by itself"),
        tuple(HeaderView(title, numeric=place > 0) for place, title in enumerate(heads)),
        tuple(rows),
    )


def _registered() -> Mapping[str, type[Any]]:
    """Kinds that have levels and stand in no list with filters."""
    return {_("Assessments"): Assessment, _("Contributions"): Contribution, _("Entries of the appeal"): AppealEntry}


def _counts(model: type[Any], viewer: Viewer) -> Mapping[str, int]:
    seen: GuardedQuerySet[Any] = model.objects.visible_to(viewer)
    return dict(seen.order_by().values_list("level").annotate(Count("pk")))


def _row(
    title: str, counts: Mapping[str, int], selection: Selection | None = None, reading: Reading | None = None
) -> tuple[CellView, ...]:
    def cell(count: int, level: str = "") -> CellView:
        address = ""
        if selection is not None and reading is not None and count:
            address = listing_address(selection.where("level", level) if level else selection, reading)
        return CellView(grouped(count), address, numeric=True)

    return (
        CellView(title, header=True),
        *(cell(counts.get(str(level), 0), str(level)) for level in LEVELS),
        cell(sum(counts.values())),
    )


def states_of(viewer: Viewer) -> str:
    """The names of the States that the reader is here for."""
    if not viewer.country_codes:
        return ""
    language = get_language() or "en"
    found = Country.objects.filter(code__in=viewer.country_codes).order_by("name")
    return ", ".join(state.name_in(language) for state in found)


def _named(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))
