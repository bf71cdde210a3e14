"""Assessments of fictional States, what they recommend, and which projects claim to answer."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from colonnade.core.identifiers import public_id_from
from colonnade.packs.illustrative.allocation import by_share, deal
from colonnade.packs.illustrative.projects import Maker
from colonnade.packs.illustrative.records import MadeAssessment, MadeRecommendation, MadeResponse, MadeState
from colonnade.portfolio.reported import ReportedProject

ANSWERS = ("ongoing", "completed")
REASONS = {
    "rejected": "The project does not reach the institution that the recommendation addresses.",
    "contested": "The State reports that the training was not held in the regions concerned.",
}
EVIDENCE = (
    "Project document, results framework",
    "Progress report to the review board",
    "Record of the training held, with the number of participants",
    "Text of the draft law prepared with the project's advice",
    "Final report and evaluation",
)


def make_needs(
    maker: Maker, asked: Mapping[str, Any], projects: Sequence[ReportedProject]
) -> tuple[list[MadeAssessment], list[MadeRecommendation], list[MadeResponse]]:
    """Needs from one visit to each assessed State, and claims of the portfolio's projects to answer them."""
    assessments = _assessments(maker, asked)
    recommendations = _recommendations(maker, asked, assessments)
    return assessments, recommendations, _responses(maker, asked, recommendations, projects)


def _assessments(maker: Maker, asked: Mapping[str, Any]) -> list[MadeAssessment]:
    """Visits spread evenly over the years from the first day on. The States shown to visitors are always assessed."""
    shown = maker.shown
    others = [state for state in maker.states if state not in shown]
    states: list[MadeState] = [*shown, *maker.rng.sample(others, asked["states"] - len(shown))]
    maker.rng.shuffle(states)
    first: date = asked["from"]
    days = (asked["until"] - first).days - 12
    visits = []
    for place, state in enumerate(states):
        starts = first + timedelta(days=days * place // max(1, len(states) - 1))
        kind = maker.rng.choice(("visit", "visit", "visit", "follow_up", "desk"))
        visits.append(MadeAssessment(public_id_from(maker.rng), state.code, kind, starts, starts + timedelta(days=4)))
    return visits


def _recommendations(
    maker: Maker, asked: Mapping[str, Any], assessments: Sequence[MadeAssessment]
) -> list[MadeRecommendation]:
    rng = maker.rng
    names = {state.code: state.name for state in maker.states}
    pillars = deal(by_share(asked["recommendations"], asked["pillars"]), rng)
    confidential = _confidential(maker, asked, assessments)
    told: dict[str, set[str]] = {}
    numbers: dict[str, int] = {}
    made = []
    for place, pillar in enumerate(pillars):
        visit = assessments[place % len(assessments)]
        topic = rng.choice(maker.vocabulary.topics_of(pillar))
        title, text = maker.writer.recommendation(topic, names[visit.country], told.setdefault(visit.country, set()))
        numbers[visit.country] = numbers.get(visit.country, 0) + 1
        named = tuple(rng.sample(topic.leads, 1)) if place in confidential and rng.randrange(3) == 0 else ()
        made.append(
            MadeRecommendation(
                public_id=public_id_from(rng),
                reference=f"{visit.country}/{visit.starts_on.year}/{numbers[visit.country]:02d}",
                assessment=visit.public_id,
                country=visit.country,
                title=title,
                text=text,
                theme=topic.theme,
                pillar=pillar,
                mandates=topic.mandates,
                priority=rng.choice(("high", "high", "medium", "medium", "medium", "low")),
                level="restricted" if place in confidential else "compact",
                issued_on=visit.ends_on + timedelta(days=7),
                named_entities=named,
            )
        )
    return made


def _confidential(maker: Maker, asked: Mapping[str, Any], assessments: Sequence[MadeAssessment]) -> set[int]:
    """Places of the recommendations that stay confidential: one of every shown State's, the rest anybody's."""
    shown = {state.code for state in maker.shown}
    first = {place for place, visit in enumerate(assessments) if visit.country in shown}
    others = [place for place in range(asked["recommendations"]) if place not in first]
    return first | set(maker.rng.sample(others, asked["restricted"] - len(first)))


def _responses(
    maker: Maker,
    asked: Mapping[str, Any],
    recommendations: Sequence[MadeRecommendation],
    projects: Sequence[ReportedProject],
) -> list[MadeResponse]:
    """For the share of needs that is answered, one or two projects of the same State or theme claim to do so."""
    rng = maker.rng
    answering = [project for project in projects if project.status in ANSWERS and project.level != "restricted"]
    answered = rng.sample(list(recommendations), len(recommendations) * asked["answered_percent"] // 100)
    claims = [
        (need, project)
        for need in sorted(answered, key=lambda need: need.reference)
        for project in _candidates(maker, need, answering)
    ]
    standings = deal(by_share(len(claims), asked["standings"]), rng)
    return [
        _response(maker, asked, need, project, standing)
        for (need, project), standing in zip(claims, standings, strict=True)
    ]


def _candidates(maker: Maker, need: MadeRecommendation, projects: Sequence[ReportedProject]) -> list[ReportedProject]:
    """Projects that had not ended when the need was found: of its State if there are any, else of its theme."""
    projects = [project for project in projects if project.ends_on is None or project.ends_on > need.issued_on]
    here = [project for project in projects if any(place.code == need.country for place in project.countries)]
    close = [project for project in here if need.theme in project.themes or project.pillar == need.pillar]
    wide = [project for project in projects if project.scope == "global" and need.theme in project.themes]
    pool = close or wide or [project for project in projects if need.theme in project.themes]
    return maker.rng.sample(pool, min(len(pool), maker.rng.choice((1, 1, 1, 2))))


def _response(
    maker: Maker, asked: Mapping[str, Any], need: MadeRecommendation, project: ReportedProject, standing: str
) -> MadeResponse:
    rng, as_of = maker.rng, maker.vocabulary.as_of
    if project.entity == asked["assessor"]:
        standing = "claimed"  # nobody judges a claim of their own
    verified = standing in ("verified", "rejected")
    possible = max(need.issued_on, project.starts_on or need.issued_on)
    claimed_on = min(possible + timedelta(days=rng.randrange(20, 200)), as_of - timedelta(days=2))
    return MadeResponse(
        public_id=public_id_from(rng),
        recommendation=need.public_id,
        project=project.public_id or "",
        strength=rng.choice(("full", "full", "partial")),
        standing=standing,
        evidence=rng.choice(EVIDENCE),
        claimed_by=project.entity,
        claimed_on=claimed_on,
        verified_on=min(claimed_on + timedelta(days=rng.randrange(10, 90)), as_of) if verified else None,
        reason=REASONS.get(standing, ""),
    )
