"""What a reader's role may read of members: who the entities are; of people, how they are called.

A saved view is seen by whoever saved it and by the people of the entity that it is shared with, until it is ended. The
roles that people hold are shown to who signed in. Invitations, mails and what happened at the door are for those who
administer people, extra access for those who watch it. Nothing that anybody signs in with is readable. What became of
an entity is public; what was handed over is between those whom it concerns.
"""

from colonnade.core.policies import ENTITIES, SEES_ALL, Ring, seen_with

OWN = "(SELECT reader_person())"
PEOPLE = "(SELECT reader_holds('administrator', 'auditor'))"

RING = Ring(
    open=(
        "members_entity",
        "members_workinggroup",
        "members_workinggroup_chairs",
        "members_arrangement",
        "members_formername",
        "members_succession",
        "members_succession_predecessors",
        "members_succession_successors",
    ),
    columns={"members_person": ("id", "name", "is_active")},
    policed={
        "members_savedview": f"ended_at IS NULL AND (person_id = {OWN}"
        f" OR ({OWN} IS NOT NULL AND shared_with_id IN {ENTITIES}))",
        "members_handover": f"{SEES_ALL} OR {OWN} IN (from_person_id, to_person_id, made_by_id)",
        "members_handedover": seen_with("members_handover", "handover_id"),
        "members_roleheld": f"{OWN} IS NOT NULL",
        "members_invitation": PEOPLE,
        "members_mail": PEOPLE,
        "members_signin": PEOPLE,
        "members_extraaccess": f"(SELECT reader_holds('administrator', 'auditor', 'secretariat')) OR person_id = {OWN}",
    },
)
