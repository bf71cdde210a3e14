"""A small portfolio in which every figure has something to count, written out by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

from colonnade.analysis.tests.snapshots import Row, SnapshotBuilder


def entry(project: str, inventory: str = "now", **reported: Any) -> Row:
    """An entry with sound money columns: a closed project has neither shortfall nor surplus."""
    row: dict[str, Any] = {
        "inventory": inventory,
        "project": project,
        "title": f"Project {project}",
        "entity": "UNODC",
        "pillar": "I",
        "scope": "global",
        "status": "ongoing",
        "currency": "USD",
        **reported,
    }
    row.setdefault("active", row["status"] not in ("completed", "cancelled"))
    for name in ("budget", "funding"):
        row.setdefault(f"{name}_usd", row.get(name) if row["currency"] == "USD" else None)
    budget, funding = row["budget_usd"], row["funding_usd"]
    known = budget is not None and funding is not None
    zero = Decimal(0)
    row["shortfall_usd"] = zero if not row["active"] else max(budget - funding, zero) if known else None
    row["surplus_usd"] = zero if not row["active"] else max(funding - budget, zero) if known else None
    return row


def need(code: str, **found: Any) -> Row:
    return {
        "recommendation": code,
        "title": f"Need {code}",
        "country": "XAA",
        "pillar": "II",
        "theme": "prevention",
        "provenance": "illustrative",
        **found,
    }


def response(recommendation: str, project: str, standing: str, strength: str = "full") -> Row:
    return {"recommendation": recommendation, "project": project, "standing": standing, "strength": strength}


def event(code: str, kind: str, series: str, **held: Any) -> Row:
    return {"event": code, "title": code, "kind": kind, "series": series, "provenance": "illustrative", **held}


def example() -> SnapshotBuilder:
    """Two inventories of a portfolio, a mapping, an office's projects, needs, money and events."""
    builder = SnapshotBuilder()
    dollars = Decimal
    builder.add(
        "entry",
        entry("a", entity="UNCCT", budget=dollars(1000), funding=dollars(400), gender_marker=3, origin="mandate"),
        entry("b", pillar="II", scope="regional", budget=dollars(500), funding=dollars(600), gender_marker=0),
        entry("c", pillar=None, scope=None, status="completed", budget=dollars(250), funding=dollars(250)),
        entry("d", entity="UNOCT", pillar="III", status="in_development", currency="XTS", budget=dollars(9)),
        entry("a", "before", status="in_development", budget=dollars(800)),
        entry("b", "before", pillar="IV", budget=dollars(500)),
        entry("e", "before", pillar="IV", status="completed"),
        *(
            entry(f"m{number}", "mapping", status=status)
            for number, status in enumerate(("completed", "ongoing", "ongoing", "awaiting_funding"))
        ),
        *(
            entry(f"o{number}", "office", status=status, scope="national")
            for number, status in enumerate(("completed", "ongoing", "in_development", "cancelled"))
        ),
    )
    builder.add(
        "entry_area",
        *({"inventory": "mapping", "project": "m0", "area": area} for area in ("dialogue", "governance")),
        {"inventory": "mapping", "project": "m3", "area": "dialogue"},
        {"inventory": "now", "project": "a", "area": "communities"},
    )
    builder.add(
        "entry_country",
        {"inventory": "mapping", "project": "m0", "country": "XAA"},
        {"inventory": "mapping", "project": "m1", "country": "XAA"},
        {"inventory": "mapping", "project": "m3", "country": "XAB"},
        {"inventory": "now", "project": "a", "country": "XAA"},
        {"inventory": "now", "project": "a", "country": "XAB"},
    )
    builder.add(
        "entry_marker",
        *(
            {"inventory": "now", "project": project, "marker": marker, "score": score}
            for project, marker, score in (("a", "gender", 3), ("b", "gender", 0), ("a", "youth", 1))
        ),
    )
    builder.add(
        "marker_check",
        {"marker_check": "k1", "project": "a", "title": "A", "marker": "gender", "score": 3, "outcome": "agrees"},
        {"marker_check": "k2", "project": "b", "title": "B", "marker": "gender", "score": 0},
        level="compact",
    )
    builder.add("entry_partner", {"inventory": "now", "project": "a", "entity": "CTED", "role": "implementing"})
    builder.add("entry_partner", {"inventory": "now", "project": "b", "entity": "UNODC", "role": "lead"})
    builder.add(
        "recommendation",
        *(need(code) for code in ("n1", "n2", "n3")),
        need("n4", pillar="III", theme="victims", country="XAB"),
        need("n5", pillar=None, theme=None),
        need("real", provenance="published"),
    )
    builder.add(
        "response",
        response("n1", "a", "verified"),
        response("n2", "a", "verified", "partial"),
        response("n2", "b", "contested"),
        response("n3", "b", "contested"),
        response("n4", "b", "claimed"),
        response("n5", "c", "rejected"),
    )
    builder.add(
        "contributor",
        {"contributor": "one", "name": "One", "rank": 1, "provenance": "published"},
        {"contributor": "two", "name": "Two", "rank": 2, "in_kind_usd": 11_500_000, "provenance": "published"},
        {"contributor": "made-up", "name": "Made up", "provenance": "illustrative"},
    )
    given = {"contributor": "made-up", "provenance": "illustrative"}
    builder.add(
        "contribution",
        {"contribution": "c1", "currency": "USD", "amount": 100, "amount_usd": 100, **given},
        {"contribution": "c2", "currency": "XTS", "amount": 7, **given},
    )
    for year, amounts in ((2018, (113_000, 100_000)), (2019, (169_500, 89_000))):
        builder.add("seed_round", {"round": f"seed-{year}", "title": "", "year": year, "ceiling_usd": 169_500})
        builder.add(
            "seed_award",
            *(
                {
                    "award": f"s{year}{number}",
                    "round": f"seed-{year}",
                    "number": number,
                    "title": f"Award {number}",
                    "amount_usd": amount,
                    "provenance": "published",
                }
                for number, amount in enumerate(amounts, start=1)
            ),
        )
    asked = {"appeal": "appeal", "entity": "UNODC", "provenance": "illustrative"}
    builder.add(
        "appeal_entry",
        {"project": "a", "title": "A", "pillar": "I", "requirement_usd": 600, "at_launch": True, **asked},
        {"project": "d", "title": "D", "pillar": "III", "at_launch": False, **asked},
        {"title": "Elsewhere", "pillar": "I", "requirement_usd": 50, "at_launch": True, **asked},
    )
    builder.add(
        "event",
        event("w1", "workshop", "uncct-2018-2019", participants=30),
        event("w2", "workshop", "uncct-2018-2019"),
        event("s1", "side_event", "uncct-2018-2019", participants=12),
        event("x1", "expert_meeting", "unoct-2019", participants=5),
        event("t1", "training", "unoct-2019", participants=40),
        event(
            "r1",
            "high_level_conference",
            "regional-conferences",
            city="Minsk",
            country="BLR",
            starts_on=date(2019, 9, 3),
            ends_on=date(2019, 9, 4),
            provenance="published",
        ),
    )
    builder.add("event_state", *({"event": "w1", "country": country} for country in ("XAA", "XAB")))
    return builder.add("event_state", {"event": "w2", "country": "XAA"})
