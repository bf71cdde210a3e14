"""Many clients edit the same records at once: not one edit is lost, and the log holds every one.

A sample of ``python -m benchmarks.edits``, which does it with 32 clients and 20,000 edits.
"""

from benchmarks.writers import count, edits, fill, run_clients, sealer_at_work
from colonnade.audit.sealing import seal_waiting
from colonnade.audit.verification import verify_database
from tests.log.conftest import Registry

CLIENTS, EDITS, PROJECTS = 8, 400, 10


def test_clients_that_edit_the_same_projects_at_once_lose_no_edit(registry: Registry) -> None:
    projects, officer = fill(PROJECTS)
    with sealer_at_work(registry.anchors.append):
        done = run_clients(CLIENTS, projects, officer, edits(EDITS))
    assert done.saved == EDITS
    assert done.refused, "somebody was in somebody's way"
    assert count(projects).agree_on(EDITS)
    registry.anchors += seal_waiting().heads
    verified = verify_database()
    assert verified.holds
    assert verified.unsealed == 0


def test_the_count_shows_an_edit_that_was_lost(registry: Registry) -> None:
    projects, officer = fill(1)
    run_clients(2, projects, officer, edits(4))
    registry.as_owner("UPDATE portfolio_project SET title = '3'")
    assert not count(projects).agree_on(4)
    registry.as_owner("UPDATE portfolio_project SET title = '4'")
    assert not count(projects).agree_on(4), "writing around the version leaves gaps in the log"
