"""The health of the house in words, for those who run it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.web.house.health import Health, Standing
from colonnade.web.shared.facts import Fact, Line, facts


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check with its outcome, and what to do where it failed."""

    title: str
    holds: bool
    mend: str


def checks_of(found: Health) -> list[CheckView]:
    """Every check in words."""
    words = [
        ("database", _("The database answers"), _("Start it, or mend DATABASE_URL.")),
        ("migrations", _("Its tables are those of this version"), _("Run: colonnade migrate")),
        ("strategy", _("A strategy is loaded"), _("Run: colonnade load PACK")),
        (
            "space",
            _("There is room for snapshots and reports"),
            _("Free at least 500 MB on the disk of the state folder."),
        ),
    ]
    return [CheckView(title, name not in found.failed, mend) for name, title, mend in words]


def standing_facts(known: Standing) -> list[Fact]:
    """The details."""
    strategy, manifest = known.strategy, known.manifest
    current = _("as the registry stands") if known.snapshot_is_current else _("older; the next page builds a new one")
    return facts(
        (_("Strategy"), Line(strategy.code, aside=strategy.pack_digest) if strategy else _("none is loaded")),
        (
            _("Snapshot"),
            # When it was taken tells of every change, also of records that an administrator may not see.
            current if manifest else _("none yet; the first page that counts builds it"),
        ),
        (_("Last change that was logged"), _ago(known.last_event_at) if known.last_event_at else _("none yet")),
        (_("Migrations to run"), [Line(name) for name in known.migrations_missing]),
        (_("Free space"), _("%(size)s MB") % {"size": grouped(known.space_free // 1_000_000)}),
        (_("Versions"), [Line(name, aside=number) for name, number in known.versions]),
    )


def _ago(when: datetime) -> str:
    return _("%(when)s UTC, %(time)s ago") % {"when": date_format(when, "j F Y, H:i"), "time": timesince(when)}
