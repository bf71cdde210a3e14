"""One activity as the registry takes it: a :class:`ReportedProject` whose every mapped value has its fact."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from colonnade.core.problems import Problem
from colonnade.core.rates import RateTable
from colonnade.exchange.iati import codes
from colonnade.exchange.iati.activity import Activity
from colonnade.exchange.iati.mapping.amounts import (
    Amount,
    NotAdded,
    budget_of,
    funding_of,
    in_one_currency,
    overlaps,
)
from colonnade.exchange.iati.mapping.classification import countries_of, map_activity, regions_of
from colonnade.exchange.iati.mapping.rules import Mapped, Rules
from colonnade.exchange.iati.relations import PARENT
from colonnade.portfolio.reported import (
    ReportedFact,
    ReportedMarker,
    ReportedMoney,
    ReportedPartner,
    ReportedPlace,
    ReportedProject,
)

#: What the registry's columns hold.
LONGEST_REFERENCE: Final = 120
LONGEST_ENTITY: Final = 60
LONGEST_LANGUAGE: Final = 12
LONGEST_CODE: Final = 200
SHARE: Final = Decimal("0.0001")
_DAC_CHANNEL = re.compile(r"\d{5}", re.ASCII)


#: Notes a problem: value met, message, mend, column.
Note = Callable[[str, str, str, str], None]


@dataclass(frozen=True, slots=True)
class Lists:
    """What the registry knows already: entity codes by IATI reference, alpha-3 by alpha-2, and its regions."""

    entities: Mapping[str, str]
    countries: Mapping[str, str]
    regions: frozenset[str]

    def entity(self, ref: str) -> Mapped | None:
        """The listed entity that publishes as ``ref``. Five digits are a channel code of the OECD DAC: XM-DAC-."""
        known = self.entities.get(ref.upper())
        if known:
            return Mapped("entity", known, "entity-reference", f"organisation {ref}")
        if _DAC_CHANNEL.fullmatch(ref) and (known := self.entities.get(f"XM-DAC-{ref}")):
            return Mapped("entity", known, "entity-channel-code", f"organisation {ref}")
        return None


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organisation that publishes activities and is no entity of the strategy. ``code`` is its reference.

    ``name`` is as published, or the reference where no name is; ``language`` is that of the name.
    """

    code: str
    name: str
    kind: str
    language: str = ""

    @property
    def preference(self) -> tuple[bool, bool, str]:
        """Of several names of one publisher the least of these is taken: a name before none, English before others."""
        return self.name == self.code, self.language.split("-")[0] != "en", self.name


@dataclass(frozen=True, slots=True)
class PublishedProject:
    """A project, who publishes it where that is nobody the strategy lists, its budget, and the parents it names."""

    project: ReportedProject
    publisher: Publisher | None
    budget: Amount | None
    parents: tuple[str, ...]


def project_of(
    activity: Activity, rules: Rules, rates: RateTable, lists: Lists, problems: list[Problem]
) -> PublishedProject | None:
    """Map one activity. What cannot be stored is left out, or the whole project refused, and noted in ``problems``."""

    def note(value: str, message: str, mend: str, column: str) -> None:
        text = f"{activity.identifier}: {message}"
        problems.append(Problem(activity.file, activity.line, column, value[:200], text, mend))

    found = map_activity(activity, rules)
    entity = lists.entity(activity.reporting.ref)
    publisher = None if entity else _publisher(activity)
    code = entity.value if entity else publisher.code if publisher else ""
    refusals = list(_refusals(activity, found.status, code))
    for value, message, mend, column in refusals:
        note(value, f"{message}, so the project is not taken", mend, column)
    if refusals or found.status is None:
        return None
    starts_on, ends_on = activity.dates.starts_on, activity.dates.ends_on
    if starts_on and ends_on and ends_on < starts_on:
        note(
            f"{starts_on} to {ends_on}",
            "it ends before it starts; the end is left out",
            "mend the dates",
            "activity-date",
        )
        ends_on = None
    budget, funding = _money(activity, rates, note)
    regions = _regions(activity, rules, lists)
    title = activity.title
    facts = [*found.facts, *regions]
    facts += [entity] if entity else []
    facts += [_fact_of("budget", budget)] if budget else []
    facts += [_fact_of("funding", funding)] if funding else []
    project = ReportedProject(
        reference=activity.identifier,
        title=title.text if title else activity.identifier,
        entity=code,
        status=found.status.value,
        description=_description(activity),
        language=_language(activity),
        scope=found.scope.value if found.scope else "",
        pillar=found.pillar.value if found.pillar else None,
        level="public",
        starts_on=starts_on,
        ends_on=ends_on,
        budget=_reported(budget),
        funding=_reported(funding),
        areas=tuple(area.value for area in found.areas),
        themes=tuple(theme.value for theme in found.themes),
        countries=_countries(activity, lists, note),
        regions=_region_places(activity, regions),
        partners=_partners(activity, lists),
        markers=tuple(
            ReportedMarker(mapped.field.removeprefix("marker "), score, mapped.evidence)
            for mapped, score in found.markers
        ),
        reference_codes=_reference_codes(activity),
        facts=tuple(
            ReportedFact(one.field, one.value, one.rule, one.evidence, activity.file, activity.line) for one in facts
        ),
    )
    parents = tuple(one.ref for one in activity.related if one.type == PARENT)
    return PublishedProject(project, publisher, budget, parents)


def _refusals(activity: Activity, status: Mapped | None, entity: str) -> Iterator[tuple[str, str, str, str]]:
    """Why the registry cannot hold the project: value met, message, mend, column."""
    if status is None:
        yield activity.status, "no status", "publish an activity-status of the code list", "activity-status"
    if not 0 < len(entity) <= LONGEST_ENTITY:
        yield entity, "no usable publisher", f"give a ref of at most {LONGEST_ENTITY} characters", "reporting-org/@ref"
    if len(activity.identifier) > LONGEST_REFERENCE:
        mend = f"use at most {LONGEST_REFERENCE} characters"
        yield activity.identifier, "too long an identifier", mend, "iati-identifier"


def _publisher(activity: Activity) -> Publisher | None:
    reporting = activity.reporting
    code = reporting.ref or reporting.name
    kind = codes.ORGANISATION_TYPE.get(reporting.type, "organisation")
    return Publisher(code, reporting.name or code, kind, reporting.language) if code else None


def _money(activity: Activity, rates: RateTable, note: Note) -> tuple[Amount | None, Amount | None]:
    """Budget and funding in one currency; what makes no sum is noted and left out."""
    found: list[Amount | None] = []
    for field, compute in (("budget", budget_of), ("transaction", funding_of)):
        try:
            found.append(compute(activity, rates))
        except NotAdded as error:
            note("", f"{error}; it is left out", "publish amounts of one currency that make a sum", field)
            found.append(None)
    for amount in found:
        for money in amount.left_out if amount else ():
            met = f"{money.amount} {money.currency}"
            note(met, "an amount among others that has no rate; it is left out of their sum", "add a rate", "value")
    budget, funding = found
    if overlaps(activity.budgets):
        note("", "budget periods overlap; all are counted", "publish budgets whose periods do not overlap", "budget")
    if budget and funding:
        stated = funding
        budget, funding = in_one_currency(budget, funding)
        if funding is None:
            met = f"{stated.money.amount} {stated.money.currency}"
            note(
                met, f"funding is not in {budget.money.currency} and has no rate; it is left out", "add a rate", "value"
            )
    return budget, funding


def _reported(amount: Amount | None) -> ReportedMoney | None:
    return ReportedMoney(amount.money.amount, amount.money.currency, amount.on, amount.usd) if amount else None


def _fact_of(field: str, amount: Amount) -> Mapped:
    return Mapped(field, f"{amount.money.amount} {amount.money.currency}", amount.rule, amount.evidence)


def _language(activity: Activity) -> str:
    language = activity.title.language if activity.title else activity.language
    return language if len(language) <= LONGEST_LANGUAGE else language.split("-")[0]


def _description(activity: Activity) -> str:
    """The descriptions in English where there are any, else those in the language of the first; a paragraph each."""
    texts = activity.descriptions
    if not texts:
        return ""
    english = [text.text for text in texts if text.language.split("-")[0] == "en"]
    return "\n\n".join(english or [text.text for text in texts if text.language == texts[0].language])


def _countries(activity: Activity, lists: Lists, note: Note) -> tuple[ReportedPlace, ...]:
    shares: dict[str, Decimal | None] = {}
    for country in activity.countries:
        before = shares.get(country.code)
        shares[country.code] = country.percentage if before is None else before + (country.percentage or 0)
    places = []
    for code in countries_of(activity):
        known = lists.countries.get(code)
        if known is None:
            note(
                code,
                "a country that the registry does not list; it is left out",
                "use a present code",
                "recipient-country",
            )
        else:
            places.append(ReportedPlace(known, _share(shares.get(code))))
    return tuple(places)


def _share(percentage: Decimal | None) -> Decimal | None:
    return None if percentage is None else min(percentage, Decimal(100)).quantize(SHARE, ROUND_HALF_EVEN)


def _regions(activity: Activity, rules: Rules, lists: Lists) -> tuple[Mapped, ...]:
    """The registry's regions that the published ones map to; a region that none stands for stays in its file."""
    named = [(vocabulary, code) for vocabulary in ("1", "2") for code in regions_of(activity, vocabulary)]
    found: dict[str, Mapped] = {}
    for vocabulary, code in named:
        mapped = rules.regions.get((vocabulary, code.lstrip("0") if vocabulary == "2" else code))
        if mapped and mapped.value in lists.regions:
            found.setdefault(mapped.value, mapped)
    return tuple(found.values())


def _region_places(activity: Activity, regions: tuple[Mapped, ...]) -> tuple[ReportedPlace, ...]:
    """Regions with the share of the whole, where the activity names one region and says how much of it is there."""
    stated = [region.percentage for region in activity.regions]
    only = stated[0] if len(regions) == len(stated) == 1 else None
    return tuple(ReportedPlace(region.value, _share(only)) for region in regions)


def _partners(activity: Activity, lists: Lists) -> tuple[ReportedPartner, ...]:
    found = []
    for organisation in activity.organisations:
        entity = lists.entity(organisation.ref)
        role = codes.ORGANISATION_ROLE[organisation.role]
        found.append(ReportedPartner(organisation.name or organisation.ref, role, entity.value if entity else None))
    return tuple(dict.fromkeys(found))


def _reference_codes(activity: Activity) -> tuple[tuple[str, str], ...]:
    found = [("iati", activity.identifier)]
    found += [("iati-parent", one.ref) for one in activity.related if one.type == PARENT]
    found += [(f"iati-other-{one.type or 'unknown'}"[:40], one.ref) for one in activity.other_identifiers]
    return tuple(dict.fromkeys((scheme, code) for scheme, code in found if len(code) <= LONGEST_CODE))
