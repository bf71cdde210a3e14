"""Illustrative requests of fictional States: one that waits to be passed on, one that entities answered, one with a
lead, one that was closed with a reason, and one to join a programme.

They are filed through the ordinary actions by the people of a demonstration, so that every rule of the strategy holds
for them. Each says that it was made to illustrate.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.actions.filing import ask_to_join, file_request
from colonnade.needs.assistance.actions.outcomes import close_request
from colonnade.needs.assistance.actions.passing import Recipient, answer_request, name_lead, pass_on
from colonnade.needs.assistance.actions.writing import Asked
from colonnade.needs.assistance.queries import rules_now
from colonnade.needs.assistance.rules import Kind, Rules
from colonnade.needs.models import AssistancePassing, AssistanceRequest, Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Programme

MADE_UP: Final = Provenance.ILLUSTRATIVE
_WHY: Final = "Illustrative: the institutions concerned were set up this year."
_ANSWER: Final = AssistancePassing.Answer


@action
def record_illustrative_requests(
    *, officer: Person, focal_points: Sequence[Person], states: Sequence[Person], today: date, actor: Actor
) -> bool:
    """File them: ``states`` ask, ``officer`` passes on, ``focal_points`` answer; whether there was anything to record.

    Nothing is recorded twice, and nothing where a strategy says nothing of requests, or has too few people.
    """
    rules = rules_now()
    known = AssistanceRequest.objects.unscoped("whether they are there").filter(provenance=MADE_UP)
    if rules is None or not states or len(focal_points) < 2 or known.exists():
        return False
    entities = [_entity_of(each, today) for each in focal_points]
    general = next((each for each in rules.kinds if not each.safeguards), rules.kinds[0])
    guarded = next((each for each in rules.kinds if each.safeguards), general)
    officers: dict[str, Any] = {"person": officer, "actor": actor}
    needs = _needs_of(states[0], today)
    answered = _file(states[0], general, rules, _titled(needs, 1), today, actor, need=needs[1] if needs[1:] else None)
    _pass(answered, entities, officers)
    _answer(answered, entities[0], focal_points[0], _ANSWER.CAN_LEAD, actor)
    _answer(answered, entities[1], focal_points[1], _ANSWER.INTERESTED, actor)
    _file(states[0], general, rules, _titled(needs, 0), today, actor, need=needs[0] if needs else None)
    closed = _file(states[-1], general, rules, "Illustrative: a request that nobody can answer", today, actor)
    why = "Illustrative: no entity works in this field; the State was told of two regional organisations that do."
    close_request(asked=closed, reason=why, seen_version=closed.version, **officers)
    programme = Programme.objects.filter(code__in=rules.joining.programmes if rules.joining else ()).first()
    if programme is not None:
        ask_to_join(
            country=_country_of(states[0], today),
            programme=programme,
            document="Illustrative note",
            provenance=MADE_UP,
            person=states[0],
            actor=actor,
        )
    led = _file(states[-1], guarded, rules, f"Illustrative: {guarded.title}", today, actor)
    _pass(led, entities[:1], officers)
    _answer(led, entities[0], focal_points[0], _ANSWER.CAN_LEAD, actor)
    name_lead(asked=_now(led), entity=entities[0], seen_version=_now(led).version, **officers)
    return True


def _file(
    person: Person,
    kind: Kind,
    rules: Rules,
    title: str,
    today: date,
    actor: Actor,
    need: Recommendation | None = None,
) -> AssistanceRequest:
    channels = [rules.channel(code) for code in kind.channels]
    channel = next((each for each in channels if each is not None and each.to != "entity"), channels[0])
    assert channel is not None
    asked = Asked(
        kind=kind.code, channel=channel.code, title=title[:200], what=f"{title}: training and advice for two years.",
        why=_WHY, need=need, by_when=today + timedelta(days=365), document="Illustrative note",
        touches=AssistanceRequest.Touches.BOTH if kind.safeguards else "",
    )  # fmt: skip
    seen = AssistanceRequest.objects.unscoped("they are illustrative, all of them").values_list("public_id", flat=True)
    return file_request(
        country=_country_of(person, today), asked=asked, twins_seen=list(seen), provenance=MADE_UP, person=person,
        actor=actor,
    )  # fmt: skip


def _pass(asked: AssistanceRequest, to: Sequence[Entity], by: dict[str, Any]) -> None:
    recipients = [Recipient(each, "Illustrative: it works in the State.") for each in to]
    pass_on(asked=asked, to=recipients, seen_version=_now(asked).version, **by)


def _answer(asked: AssistanceRequest, entity: Entity, person: Person, answer: str, actor: Actor) -> None:
    says = "Illustrative: with two experts, from next quarter on."
    answer_request(asked=asked, entity=entity, answer=answer, says=says, person=person, actor=actor)


def _now(asked: AssistanceRequest) -> AssistanceRequest:
    return AssistanceRequest.objects.unscoped("as it stands now").get(pk=asked.pk)


def _entity_of(person: Person, today: date) -> Entity:
    return Entity.objects.get(code=min(viewer_for(person, today).entity_ids))


def _country_of(person: Person, today: date) -> Country:
    return Country.objects.get(code=min(viewer_for(person, today).country_codes))


def _needs_of(person: Person, today: date) -> list[Recommendation]:
    """Open needs of the State with a theme, one of each."""
    viewer = viewer_for(person, today)
    rows = (
        Recommendation.objects.visible_to(viewer)
        .filter(standing="open", provenance=MADE_UP, theme__isnull=False, country__code__in=viewer.country_codes)
        .exclude(title="")
        .select_related("theme")
        .order_by("reference")
    )
    first_of_theme: dict[int | None, Recommendation] = {}
    for need in rows:
        first_of_theme.setdefault(need.theme_id, need)
    return list(first_of_theme.values())[:2]


def _titled(needs: Sequence[Recommendation], place: int) -> str:
    return f"Illustrative: {needs[place].title}" if len(needs) > place else f"Illustrative request {place + 1}"
