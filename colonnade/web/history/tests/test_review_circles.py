"""Who was let in to a proposal and a call at a time: whoever sees one sees what happened since it was theirs to see."""

import pytest

from colonnade.analysis.tests.registries import RandomRegistry
from colonnade.audit.models import Event
from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.models import Person
from colonnade.review.models import WITH_THE_APPLICANT, Call, Proposal, Standing
from colonnade.review.tests.registries import MOMENT, RandomProposals, a_call
from colonnade.web.history.circles import eyes_of, last_closed, open_at, open_events, with_owners
from colonnade.web.history.kinds import KINDS

pytestmark = pytest.mark.django_db

VIEWERS = (
    Viewer(user_id=1, roles=frozenset({Role.SECRETARIAT})),
    Viewer(user_id=1, roles=frozenset({Role.AUDITOR})),
    Viewer(user_id=1, roles=frozenset({Role.BOARD})),
    Viewer(user_id=1, roles=frozenset({Role.DONOR})),
    *(
        Viewer(user_id=1, roles=frozenset({role}), entity_ids=frozenset({code}))
        for role in (Role.ENTITY, Role.CHAIR)
        for code in ("ALPHA", "BETA")
    ),
    PUBLIC,
)


@pytest.fixture
def filled() -> RandomProposals:
    registry = RandomRegistry(3)
    people = [Person.objects.create(email=f"{number}@demo.example", name=str(number)) for number in range(3)]
    made = RandomProposals(registry.random, registry.entities, people, registry.needs, registry.projects)
    Proposal.objects.unscoped("test").update(provenance="illustrative")
    Call.objects.unscoped("test").update(provenance="illustrative")
    return made


@pytest.mark.parametrize("kind", ["proposal", "call"])
def test_an_event_is_shown_to_those_who_see_the_row_that_it_left(kind: str, filled: RandomProposals) -> None:
    table = (Proposal if kind == "proposal" else Call).objects
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert filled.proposals
    for viewer in VIEWERS:
        eyes, seen = eyes_of(viewer), {str(key) for key in table.visible_to(viewer).values_list("pk", flat=True)}
        updates = with_owners(Event.objects.filter(operation="UPDATE", table_name=KINDS[kind].table))
        shown = updates.filter(open_events(eyes, kinds=[KINDS[kind]]))
        assert set(shown.values_list("row_id", flat=True)) == seen, viewer
        assert all(open_at(KINDS[kind], int(key), newest, eyes) for key in seen), viewer


def test_a_draft_is_told_to_its_own_people_alone_also_once_it_was_sent(filled: RandomProposals) -> None:
    kind, board = KINDS["proposal"], eyes_of(VIEWERS[2])
    draft = next(each for each in filled.proposals if each.standing == Standing.DRAFT)
    own = eyes_of(Viewer(user_id=1, roles=frozenset({Role.ENTITY}), entity_ids=frozenset({draft.entity.code})))
    table = Proposal.objects.unscoped("test").filter(pk=draft.pk)
    table.update(purpose="A first thought")
    table.update(standing="submitted", submitted_at=MOMENT, origin="mandate", cited_need=None, mandate_note="x")
    sent = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert last_closed(kind, draft.pk, board) == sent
    assert last_closed(kind, draft.pk, own) == 0
    table.update(quality="Seen by all")
    assert open_at(kind, draft.pk, sent, board)
    assert not open_at(kind, draft.pk, sent - 1, board)
    table.update(standing="returned")
    table.update(purpose="A second thought")
    assert Standing.RETURNED in WITH_THE_APPLICANT
    assert last_closed(kind, draft.pk, board) > sent


def test_the_preparation_of_a_call_is_not_told(filled: RandomProposals) -> None:
    call = a_call(filled.calls[0].process, "new", standing=Call.Standing.PREPARING, title="A plan")
    table = Call.objects.unscoped("test").filter(pk=call.pk)
    table.update(title="Another plan")
    table.update(standing="open")
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert last_closed(KINDS["call"], call.pk, eyes_of(PUBLIC)) == newest
    assert last_closed(KINDS["call"], call.pk, eyes_of(VIEWERS[0])) == 0
