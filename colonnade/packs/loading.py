"""Loading a data pack: every list of the registry, brought up to date in one transaction.

A pack whose bytes were loaded already is left alone. One registry serves one strategy: a pack of another is refused.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, Final

from django.db.models import Model

from colonnade.audit.actions import action
from colonnade.audit.lists import ListChanges, ListRow, record_list
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.funding.models import Appeal, Contributor, SeedAward, SeedRound, Window
from colonnade.members.models import Arrangement, Entity, WorkingGroup
from colonnade.needs.models import AssistanceProcess
from colonnade.packs.pack import Pack
from colonnade.packs.rule_books import RuleBook
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Programme
from colonnade.results.models import Event, OversightRecommendation, Publication, Submission
from colonnade.review.models import Call, Process
from colonnade.strategy.models import (
    Area,
    Document,
    Instrument,
    Mandate,
    MarkerLevel,
    Pillar,
    Safeguard,
    Strategy,
    Target,
    Theme,
)

PUBLISHED: Final = {"provenance": Provenance.PUBLISHED.value}


#: Columns of every list; places keep none of them, and events the first alone.
SOURCE: Final = ("source", "source_kind", "note")


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What loading did: rows written and left alone, or that the pack was loaded already."""

    strategy: str
    created: int
    updated: int
    unchanged: int
    was_current: bool = False

    def __str__(self) -> str:
        if self.was_current:
            return f"{self.strategy}: loaded already, nothing to do"
        return f"{self.strategy}: {self.created} created, {self.updated} updated, {self.unchanged} unchanged"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list of the pack and where it goes: the model, what identifies a row, columns that are called otherwise.

    ``refers`` are columns that hold a code of another list; ``many`` columns that hold several. ``fixed`` is the same
    for every row. ``dropped`` columns have no place in the registry: the pack's reader checks them, nothing reads them.
    ``moving`` is a unique column whose values may change places.
    """

    table: str
    model: type[Model]
    key: tuple[str, ...] = ("code",)
    renamed: Mapping[str, str] | None = None
    refers: Mapping[str, type[Model]] | None = None
    many: Mapping[str, type[Model]] | None = None
    fixed: Mapping[str, Any] | None = None
    dropped: tuple[str, ...] = ()
    moving: str = ""


#: In this order: a list comes after those that it refers to.
LISTS: Final[tuple[Loaded, ...]] = (
    Loaded("pillars", Pillar),
    Loaded("themes", Theme, refers={"pillar": Pillar}),
    Loaded("areas", Area),
    Loaded("mandates", Mandate),
    Loaded("documents", Document, key=("symbol",)),
    Loaded("instruments", Instrument, key=("number",)),
    Loaded("safeguards", Safeguard),
    Loaded("markers", MarkerLevel, key=("marker", "level")),
    Loaded("targets", Target),
    Loaded("regions", Region, refers={"parent": Region}, dropped=SOURCE),
    Loaded("countries", Country, renamed={"iso3": "code"}, refers={"region": Region}, dropped=SOURCE),
    Loaded("entities", Entity, refers={"parent": Entity}, fixed=PUBLISHED),
    Loaded("working_groups", WorkingGroup, many={"chairs": Entity}),
    Loaded("arrangements", Arrangement, key=("organisation_id",), refers={"party": Entity, "organisation": Entity}),
    Loaded("appeals", Appeal, key=("key",), renamed={"code": "key"}),
    Loaded("windows", Window, refers={"pillar": Pillar, "theme": Theme}),
    Loaded("contributors", Contributor, refers={"country": Country, "entity": Entity}, fixed=PUBLISHED, moving="rank"),
    Loaded("seed_rounds", SeedRound),
    Loaded(
        "seed_awards",
        SeedAward,
        key=("round_id", "number"),
        refers={"round": SeedRound, "entity": Entity, "working_group": WorkingGroup},
        fixed=PUBLISHED,
    ),
    Loaded(
        "programmes",
        Programme,
        renamed={"lead": "lead_entity"},
        refers={"lead": Entity, "pillar": Pillar},
        many={"partners": Entity, "themes": Theme, "countries": Country, "regions": Region, "mandates": Mandate},
        fixed=PUBLISHED,
    ),
    Loaded(
        "conferences",
        Event,
        refers={"organiser": Entity, "country": Country},
        many={"partner_countries": Country, "partner_entities": Entity},
        fixed=PUBLISHED | {"level": "public"},
        dropped=SOURCE[1:],
    ),
    Loaded("publications", Publication, refers={"pillar": Pillar}, many={"publishers": Entity}, fixed=PUBLISHED),
    Loaded(
        "submissions",
        Submission,
        key=("submitter",),
        refers={"country": Country, "entity": Entity},
        fixed=PUBLISHED,
    ),
    Loaded("oversight", OversightRecommendation, fixed=PUBLISHED),
)


@action
def load_pack(pack: Pack, *, actor: Actor) -> LoadSummary:
    """Bring every list up to date with ``pack``.

    Raises ``ProblemsFound`` where the registry serves another strategy.
    """
    current = Strategy.objects.first()
    if current is not None and current.code != pack.strategy.key:
        raise ProblemsFound([_another_strategy(current, pack)])
    if current is not None and current.pack_digest == pack.digest:
        return LoadSummary(pack.strategy.key, 0, 0, 0, was_current=True)
    totals = [0, 0, 0]
    for loaded in LISTS:
        for rows in _generations(loaded, getattr(pack, loaded.table)):
            if not rows:
                continue
            changes = record_list(
                model=loaded.model,
                key=loaded.key,
                rows=_rows(loaded, rows, pack),
                actor=actor,
                moving=loaded.moving,
            )
            _add(totals, changes)
    if pack.board is not None:
        _add(totals, record_list(model=Process, key=("code",), rows=[_process_row(pack.board)], actor=actor))
        process = Process.objects.get(code=pack.board.code)
        calls = [_call_row(call, process) for call in SeedRound.objects.all()]
        _add(totals, record_list(model=Call, key=("code",), rows=calls, actor=actor))
    if pack.assistance is not None:
        rules = [_process_row(pack.assistance)]
        _add(totals, record_list(model=AssistanceProcess, key=("code",), rows=rules, actor=actor))
    record_list(model=Strategy, key=("code",), rows=[_strategy_row(pack)], actor=actor)
    created, updated, unchanged = totals
    return LoadSummary(pack.strategy.key, created, updated, unchanged)


def _add(totals: list[int], changes: ListChanges) -> None:
    for place, number in enumerate((changes.created, changes.updated, changes.unchanged)):
        totals[place] += number


def _process_row(made: RuleBook) -> ListRow:
    return ListRow(
        {
            "code": made.code,
            "title": made.title,
            "source": made.source,
            "source_kind": made.source_kind.value,
            "note": made.note,
            "rules": dict(made.rules),
        }
    )


def _call_row(published: SeedRound, process: Process) -> ListRow:
    """A round of the past as a call that is decided. Its days and its money were not published, so it has none."""
    return ListRow(
        {
            "code": published.code,
            "title": published.title,
            "process_id": process.pk,
            "rules": process.rules,
            "seed_round_id": published.pk,
            "standing": Call.Standing.DECIDED.value,
            "group_ceiling_usd": published.ceiling_usd,
            **PUBLISHED,
        }
    )


def _another_strategy(current: Strategy, pack: Pack) -> Problem:
    return Problem(
        file="strategy.toml",
        row=None,
        column="key",
        value=pack.strategy.key,
        message=f"this registry serves the strategy {current.code!r}",
        mend="load the pack into a database of its own (DATABASE_URL, or another checkout)",
    )


def _strategy_row(pack: Pack) -> ListRow:
    strategy = pack.strategy
    return ListRow(
        {
            "code": strategy.key,
            "title": strategy.title,
            "short_title": strategy.short_title,
            "document_symbol": strategy.document_symbol,
            "document_title": strategy.document_title,
            "published_on": strategy.document_date,
            "base_currency": strategy.base_currency,
            "coordination": strategy.coordination,
            "coordination_short": strategy.coordination_short,
            "secretariat": strategy.secretariat,
            "assessor": strategy.assessor,
            "fund": strategy.fund,
            "voluntary_claim": strategy.voluntary_claim,
            "illustrative_notice": strategy.illustrative_notice,
            "restricted_notice": strategy.restricted_notice,
            "terms": dict(strategy.terms),
            "links": [{"title": link.title, "url": link.url} for link in strategy.links],
            "pack_digest": pack.digest,
        }
    )


def _generations(loaded: Loaded, rows: Sequence[Any]) -> Iterable[list[Any]]:
    """A list whose rows refer to one another, parents before children; any other list whole."""
    own = [column for column, model in (loaded.refers or {}).items() if model is loaded.model]
    if not own:
        yield list(rows)
        return
    identity = next(name for name in ("code", "iso3") if hasattr(rows[0], name)) if rows else "code"
    placed: set[str] = set()
    left = list(rows)
    while left:
        ready = [row for row in left if all(getattr(row, column) in placed | {None} for column in own)]
        if not ready:
            raise ValueError(f"{loaded.table}: rows refer to one another in a circle")
        yield ready
        placed |= {getattr(row, identity) for row in ready}
        left = [row for row in left if getattr(row, identity) not in placed]


def _rows(loaded: Loaded, rows: Sequence[Any], pack: Pack) -> list[ListRow]:
    keys = {model: _keys_of(model) for model in {*(loaded.refers or {}).values(), *(loaded.many or {}).values()}}
    return [_row(loaded, row, keys, _EXTRA.get(loaded.table, _nothing)(row, pack)) for row in rows]


def _keys_of(model: type[Model]) -> dict[str, int]:
    return dict(model._base_manager.values_list("code", "pk"))


def _row(loaded: Loaded, row: Any, keys: Mapping[type[Model], Mapping[str, int]], extra: Mapping[str, Any]) -> ListRow:
    values: dict[str, Any] = dict(loaded.fixed or {})
    many: dict[str, list[int]] = {}
    for column in (column.name for column in fields(row)):
        cell = getattr(row, column)
        name = (loaded.renamed or {}).get(column, column)
        if column in loaded.dropped:
            continue
        if model := (loaded.refers or {}).get(column):
            values[f"{name}_id"] = None if cell is None else keys[model][cell]
        elif model := (loaded.many or {}).get(column):
            many[name] = [keys[model][part] for part in cell]
        else:
            values[name] = _plain(loaded.model, name, cell)
    return ListRow({**values, **extra}, many)


def _plain(model: type[Model], name: str, cell: Any) -> Any:
    """A cell as the field keeps it: a missing text is empty where the field knows no null."""
    if isinstance(cell, Enum):
        return cell.value
    if cell is None and not model._meta.get_field(name).null:
        return ""
    return cell


def _nothing(row: Any, pack: Pack) -> Mapping[str, Any]:
    return {}


def _fictional(row: Any, pack: Pack) -> Mapping[str, Any]:
    """A region is fictional where all its countries are."""
    standings = {country.standing.value for country in pack.countries if country.region == row.code}
    return {"fictional": standings == {Country.Standing.FICTIONAL.value}}


def _renamed(row: Any, pack: Pack) -> Mapping[str, Any]:
    """An entity that was renamed here keeps its name, whatever the pack calls it."""
    renamed = Entity.objects.filter(code=row.code, former_names__isnull=False)
    return renamed.values("abbreviation", "name").first() or {}


_EXTRA: Final[Mapping[str, Callable[[Any, Pack], Mapping[str, Any]]]] = {
    "regions": _fictional,
    "entities": _renamed,
}
