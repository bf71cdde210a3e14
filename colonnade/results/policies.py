"""What a reader's role may read of results: events by their level, attendance with its event, the rest is public."""

from colonnade.core.policies import ENTITIES, STATES, Ring, by_levels, lookup, seen_with

EVENT = "results_event"

RING = Ring(
    open=(
        "results_publication",
        "results_publication_publishers",
        "results_submission",
        "results_oversightrecommendation",
    ),
    policed={
        EVENT: by_levels(
            concerns=f"country_id IN {STATES} OR id IN (SELECT reader_events_of_states())",
            named=f"organiser_id IN {ENTITIES}",
        ),
        **{
            table: seen_with(EVENT, f"{table}.event_id")
            for table in (
                "results_eventattendance",
                "results_event_partner_countries",
                "results_event_partner_entities",
            )
        },
    },
    functions=(
        lookup(
            "reader_events_of_states",
            "SELECT event_id FROM results_eventattendance WHERE country_id IN (SELECT reader_states())",
        ),
    ),
)
