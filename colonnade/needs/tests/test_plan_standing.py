"""Where a plan stands while its next version is written, for its circle and for others who read it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.needs.models import ActionPlan
from colonnade.needs.plans.actions.consents import confirm_consent
from colonnade.needs.plans.actions.versions import end_plan, propose_version, redraft_plan
from colonnade.needs.plans.queries import plans_of
from colonnade.needs.plans.standing import standing_at, standings, stands
from colonnade.needs.tests.plan_house import DAY, TEST, House, fresh, house_of_plans

pytestmark = pytest.mark.django_db
SHOWN = ("drafting", "proposed", "agreed", "ended")


@pytest.fixture
def house() -> House:
    return house_of_plans()


def told(house: House, plan: ActionPlan, who: str) -> tuple[str, str | None]:
    """Where it stands, and its next version, by the table; the filter has to say the same."""
    viewer = house.viewer(who)
    one = standings(viewer, [fresh(plan)])[plan.pk]
    found = {each for each in SHOWN if standing_at(viewer, plans_of(viewer), each).filter(pk=plan.pk).exists()}
    assert found == {each.value for each in (one.standing, one.coming) if each is not None}
    return one.standing.value, one.coming.value if one.coming else None


def test_a_plan_stays_agreed_while_its_next_version_is_written_which_the_circle_alone_is_told(house: House) -> None:
    plan = house.begin()
    house.outline(plan)
    assert told(house, plan, "state") == ("drafting", None)
    plan = house.agree(plan)
    consent = house.consent(plan, "state", "compact")
    confirm_consent(consent=consent, person=house.people["second"], actor=TEST)
    redraft_plan(reason="More", **house.by(plan, "officer"))
    for who in ("state", "officer", "alpha"):
        assert told(house, plan, who) == ("agreed", "drafting")
    assert told(house, plan, "gamma") == ("agreed", None)
    propose_version(**house.by(plan, "officer"))
    assert told(house, plan, "state") == ("agreed", "proposed")
    assert told(house, plan, "gamma") == ("agreed", None)
    house.consent(plan, "state", "version")
    assert told(house, plan, "state") == ("agreed", None)
    end_plan(reason="The war", **house.by(plan, "state"))
    for who in ("state", "gamma"):
        assert told(house, plan, who) == ("ended", None)


@given(st.sampled_from(SHOWN), st.booleans(), st.booleans())
def test_outside_of_the_circle_nothing_tells_of_a_next_version(standing: str, has_version: bool, circle: bool) -> None:
    plan = ActionPlan(standing=standing, standing_since=DAY + timedelta(days=9))
    one = stands(plan, DAY if has_version else None, in_circle=circle)
    if not circle and has_version and standing != "ended":
        assert (one.standing.value, one.since, one.coming) == ("agreed", DAY, None)
    assert one.coming is None or (circle and has_version)
