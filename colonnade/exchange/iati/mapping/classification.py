"""Pillar, themes, areas, scope, status and markers of an activity, each with the rule it rests on."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from colonnade.exchange.iati.activity import Activity
from colonnade.exchange.iati.mapping.phrases import plain
from colonnade.exchange.iati.mapping.rules import TITLE, Mapped, Rules, ScopeRule, TextRule
from colonnade.exchange.iati.sectors import DAC_PURPOSE

UNSPECIFIED_REGION: Final = "998"


@dataclass(frozen=True, slots=True)
class Classification:
    """What the rules say of an activity. ``None`` and empty: no rule applies, so it is not reported."""

    pillar: Mapped | None
    themes: tuple[Mapped, ...]
    areas: tuple[Mapped, ...]
    scope: Mapped | None
    status: Mapped | None
    markers: tuple[tuple[Mapped, int], ...]

    @property
    def facts(self) -> tuple[Mapped, ...]:
        """Every mapped value."""
        single = tuple(one for one in (self.pillar, self.scope, self.status) if one)
        return (*single, *self.themes, *self.areas, *(marker for marker, _ in self.markers))


def map_activity(activity: Activity, rules: Rules) -> Classification:
    """Apply the rules: the first that holds gives pillar, scope and status; all that hold give themes and areas."""
    subject = _Subject(activity, rules)
    pillar = next(subject.values("pillar", rules.pillars, None), None)
    given = pillar.value if pillar else None
    return Classification(
        pillar=pillar,
        themes=_first_of_each(subject.values("theme", rules.themes, given)),
        areas=_first_of_each(subject.values("area", rules.areas, given)),
        scope=_scope(activity, rules.scopes),
        status=rules.statuses.get(activity.status),
        markers=tuple(_markers(activity, rules)),
    )


class _Subject:
    """What text rules look at, made once for an activity; each term is searched for at most once."""

    def __init__(self, activity: Activity, rules: Rules) -> None:
        self.title = plain(" | ".join(text.text for text in activity.titles))
        self.text = self.title + plain(" | ".join(text.text for text in activity.descriptions))
        self.sectors = purpose_shares(activity)
        self.places = frozenset(countries_of(activity)) | frozenset(regions_of(activity))
        self.terms = rules.terms
        self.searched: dict[tuple[str, bool], str] = {}

    def values(self, field: str, rules: Sequence[TextRule], pillar: str | None) -> Iterator[Mapped]:
        for rule in rules:
            if rule.pillars and pillar not in rule.pillars:
                continue
            evidence = self.evidence(rule)
            if evidence is not None:
                yield Mapped(field, rule.value, rule.id, "; ".join(evidence))

    def evidence(self, rule: TextRule) -> list[str] | None:
        """What makes the rule hold; ``None`` where it does not."""
        evidence = []
        if rule.places:
            here = sorted(rule.places & self.places)
            if not here:
                return None
            evidence.append(f"place {', '.join(here)}")
        if rule.sectors:
            met = [code for code in self.sectors if _is_one_of(code, rule.sectors)]
            if not met or sum(self.sectors[code] for code in met) < rule.least_share:
                return None
            evidence.append(f"sector {', '.join(met)}")
        if any(self.find(term, in_title=True) for term in rule.unless):
            return None
        if rule.any_of:
            words = next(filter(None, (self.find(term, in_title=rule.where == TITLE) for term in rule.any_of)), "")
            if not words:
                return None
            evidence.append(f"“{words}”")
        for term in rule.also:
            words = self.find(term, in_title=False)
            if not words:
                return None
            evidence.append(f"“{words}”")
        return evidence

    def find(self, term: str, *, in_title: bool) -> str:
        key = (term, in_title)
        if key not in self.searched:
            self.searched[key] = self.terms[term].found_in(self.title if in_title else self.text)
        return self.searched[key]


def _is_one_of(code: str, wanted: Sequence[str]) -> bool:
    return any(code.startswith(one[:-1]) if one.endswith("*") else code == one for one in wanted)


def _first_of_each(values: Iterator[Mapped]) -> tuple[Mapped, ...]:
    found: dict[str, Mapped] = {}
    for value in values:
        found.setdefault(value.value, value)
    return tuple(found.values())


def purpose_shares(activity: Activity) -> dict[str, Decimal]:
    """OECD DAC purpose codes with their shares in per cent: those of the activity, else those of its transactions.

    Codes whose shares are not all published weigh alike.
    """
    sectors = [sector for sector in activity.sectors if sector.vocabulary == DAC_PURPOSE]
    stated = [(sector.code, sector.percentage) for sector in sectors if sector.percentage is not None]
    if sectors and len(stated) == len(sectors):
        shares: dict[str, Decimal] = defaultdict(Decimal)
        for code, share in stated:
            shares[code] += share
        return dict(shares)
    if not sectors:
        sectors = [one for paid in activity.transactions for one in paid.sectors if one.vocabulary == DAC_PURPOSE]
    alike = list(dict.fromkeys(sector.code for sector in sectors))
    return {code: Decimal(100) / len(alike) for code in alike}


def countries_of(activity: Activity) -> tuple[str, ...]:
    """Recipient countries: those of the activity; where it names no place at all, those of its transactions."""
    found = [country.code for country in activity.countries]
    if not found and not activity.regions:
        found = [paid.country.code for paid in activity.transactions if paid.country]
    return tuple(dict.fromkeys(found))


def regions_of(activity: Activity, vocabulary: str = "1") -> tuple[str, ...]:
    """Recipient regions of a vocabulary: those of the activity, else those of its transactions."""
    found = list(activity.regions)
    if not found and not activity.countries:
        found = [paid.region for paid in activity.transactions if paid.region]
    return tuple(dict.fromkeys(region.code for region in found if region.vocabulary == vocabulary))


def _scope(activity: Activity, rules: Sequence[ScopeRule]) -> Mapped | None:
    countries = countries_of(activity)
    regions = regions_of(activity) or regions_of(activity, "2") or regions_of(activity, "99")
    published = activity.scope or "none"
    for rule in rules:
        if published in rule.codes and _counts(countries, rule.countries) and _counts(regions, rule.regions):
            stated = f"activity-scope {activity.scope}" if activity.scope else "no activity-scope"
            places = ", ".join((*countries, *regions)) or "none"
            return Mapped("scope", rule.value, rule.id, f"{stated}; places {places}")
    return None


def _counts(places: Sequence[str], wanted: str) -> bool:
    match wanted:
        case "none":
            return not places
        case "one":
            return len(places) == 1 and places[0] != UNSPECIFIED_REGION
        case "several":
            return len(places) > 1
        case "unspecified":
            return tuple(places) == (UNSPECIFIED_REGION,)
        case _:
            return True


def _markers(activity: Activity, rules: Rules) -> Iterator[tuple[Mapped, int]]:
    given: set[str] = set()
    for rule in rules.markers:
        for marker in activity.markers:
            met = (marker.vocabulary, marker.code, marker.significance)
            if met == (rule.vocabulary, rule.code, rule.significance) and rule.marker not in given:
                given.add(rule.marker)
                evidence = f"policy-marker {marker.code}, significance {marker.significance}"
                yield Mapped(f"marker {rule.marker}", str(rule.score), rule.id, evidence), rule.score
