"""Where two records of one project differ, as questions: what stands is a person's choice, and money is never added up.

A question has a key, which the choices of a merging are kept by:

* ``title``, ``money`` and so on, for the columns that :data:`GROUPS` names: ``kept`` or ``merged``;
* ``entry:<inventory>``, ``marker:<marker>``, ``safeguard:<code>``: what both reported, differently: the same;
* ``appeal:<appeal>``: both are asked for in it, and one of the two requirements stands: the same;
* ``contribution:<identifier>``: a contributor gave to both: ``both`` sums stand, or it was told twice and counts
  ``once``, with the kept record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_noop

from colonnade.analysis.merging.access import KEPT, MERGED
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.models import AppealEntry, Contribution
from colonnade.portfolio.models import InventoryEntry, Project, ProjectMarker, ProjectSafeguard

#: Rows of a guarded model: those that a viewer sees, or, in the action, all.
Rows = Callable[[Any], "GuardedQuerySet[Any]"]

#: Kinds of questions that everybody sees who sees both records. The others are about rows that fewer may see: who makes
#: the two one is asked them, and what was answered stands in the log alone.
SHARED: Final = ("field", "entry", "marker", "safeguard")
BOTH: Final = "both"
ONCE: Final = "once"
#: The columns of money, whose amounts belong together.
MONEY: Final = ("currency", "budget", "budget_on", "budget_usd", "funding", "funding_on", "funding_usd")
#: Columns of a project that are chosen together -> how people call them, in the order of the page.
GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "title": (gettext_noop("Title"), ("title", "language")),
        "description": (gettext_noop("Description"), ("description",)),
        "status": (gettext_noop("Status"), ("status",)),
        "scope": (gettext_noop("Scope"), ("scope",)),
        "pillar": (gettext_noop("Pillar"), ("pillar_id",)),
        "programme": (gettext_noop("Programme"), ("programme_id",)),
        "working_group": (gettext_noop("Working group"), ("working_group_id",)),
        "period": (gettext_noop("Period"), ("starts_on", "ends_on")),
        "origin": (gettext_noop("Origin"), ("origin", "origin_note")),
        "money": (gettext_noop("Budget and funding"), MONEY),
    }
)
#: Columns of what is reported of a project in an inventory.
REPORTED: Final = ("scope", "status", "pillar_id", *MONEY)
#: What both may say of one thing: the kind of question -> the model, how its rows are told apart, what they say.
KEYED: Final[Mapping[str, tuple[type[Model], str, tuple[str, ...]]]] = MappingProxyType(
    {
        "entry": (InventoryEntry, "inventory__key", REPORTED),
        "marker": (ProjectMarker, "marker", ("score", "justification", "scored_by_id", "scored_at")),
        "safeguard": (ProjectSafeguard, "safeguard__code", ("respected", "how")),
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """Something in which two records differ. ``default`` is empty where a person has to choose.

    ``kept`` and ``merged`` are the columns of either side.
    """

    key: str
    kind: str
    title: str
    kept: Mapping[str, Any]
    merged: Mapping[str, Any]
    options: tuple[str, str] = (KEPT, MERGED)
    default: str = KEPT

    def chosen(self, choices: Mapping[str, str]) -> str:
        """What was chosen; the default where nothing was, or what is no answer."""
        made = choices.get(self.key, "")
        return made if made in self.options else self.default


def shared(questions: Sequence[Question]) -> list[Question]:
    """The questions that everybody sees who sees both records."""
    return [each for each in questions if each.kind in SHARED]


def undecided(questions: Sequence[Question], choices: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that a person has to answer and has not."""
    return tuple(each for each in questions if not each.chosen(choices))


def questions_about(kept: Project, merged: Project, rows: Rows) -> list[Question]:
    """What there is to be chosen, of the rows that ``rows`` gives."""
    found = list(_of_columns(kept, merged))
    for kind in KEYED:
        found += _of_keyed(kind, kept, merged, rows)
    return [*found, *_of_appeals(kept, merged, rows), *_of_contributions(kept, merged, rows)]


def _of_columns(kept: Project, merged: Project) -> Iterator[Question]:
    for key, (title, columns) in GROUPS.items():
        one, other = ({name: getattr(each, name) for name in columns} for each in (kept, merged))
        if one == other or (key == "money" and not _says_money(one) and not _says_money(other)):
            continue
        if key == "money":
            default = _default(_says_money(one), _says_money(other))
        else:
            default = _default(_says(one[columns[0]]), _says(other[columns[0]])) or KEPT
        yield Question(key, "field", title, one, other, default=default)


def _default(one_says: bool, other_says: bool) -> str:
    """Who says something where the other does not; nobody where both do."""
    if one_says and other_says:
        return ""
    return MERGED if other_says else KEPT


def _says(value: object) -> bool:
    return value not in (None, "")


def _says_money(columns: Mapping[str, Any]) -> bool:
    return columns["budget"] is not None or columns["funding"] is not None


def _of_keyed(kind: str, kept: Project, merged: Project, rows: Rows) -> Iterator[Question]:
    one, other = keyed(kind, kept, rows), keyed(kind, merged, rows)
    for name in sorted(one.keys() & other.keys()):
        if one[name] != other[name]:
            # Which report of a time stands decides about money: nobody is led to an answer.
            default = "" if kind == "entry" else KEPT
            yield Question(f"{kind}:{name}", kind, name, one[name], other[name], default=default)


def keyed(kind: str, project: Project, rows: Rows) -> dict[str, dict[str, Any]]:
    """What ``project`` says of each thing of a kind: by its key, the columns."""
    model, name, columns = KEYED[kind]
    found = rows(model).filter(project=project).order_by().values_list(name, *columns)
    return {key: dict(zip(columns, values, strict=True)) for key, *values in found}


def _of_appeals(kept: Project, merged: Project, rows: Rows) -> Iterator[Question]:
    asked: dict[int, dict[str, dict[str, Any]]] = {kept.pk: {}, merged.pk: {}}
    found = rows(AppealEntry).filter(project__in=(kept, merged), left_on__isnull=True).order_by("pk")
    for project, appeal, *values in found.values_list("project_id", "appeal__key", "title", "requirement_usd"):
        asked[project][appeal] = dict(zip(("title", "requirement_usd"), values, strict=True))
    for appeal in sorted(asked[kept.pk].keys() & asked[merged.pk].keys()):
        one, other = asked[kept.pk][appeal], asked[merged.pk][appeal]
        yield Question(f"appeal:{appeal}", "appeal", appeal, one, other, default="")


def _of_contributions(kept: Project, merged: Project, rows: Rows) -> Iterator[Question]:
    columns = ("currency", "amount", "amount_usd", "received_on", "kind")
    given = rows(Contribution).filter(project__in=(kept, merged)).order_by("received_on", "pk")
    lines = list(given.values_list("project_id", "contributor__name", "public_id", *columns))
    own: dict[str, list[dict[str, Any]]] = {}
    for project, name, _identifier, *values in lines:
        if project == kept.pk:
            own.setdefault(name, []).append(dict(zip(columns, values, strict=True)))
    for project, name, identifier, *values in lines:
        if project == merged.pk and name in own:
            line = dict(zip(columns, values, strict=True))
            key = f"contribution:{identifier}"
            # The first of the contributor's own lines stands for all of them: the page lists them.
            yield Question(key, "contribution", name, {"lines": own[name]}, line, (BOTH, ONCE), "")
