"""The planted leaks, and some of them planted."""

import os
import re
import subprocess
import sys
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from django.conf import LazySettings
from django.http import QueryDict

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.needs.access import concerned
from colonnade.needs.models import Consent, Recommendation, Wish
from colonnade.needs.queries import consents_of, wishes_of
from colonnade.web.events.grid import month_view
from colonnade.web.events.held import Held
from colonnade.web.events.month import Month
from colonnade.web.needs.confidentiality import confidentiality_of
from colonnade.web.shared.reading import Reading
from proof.addresses import ADDRESSES
from proof.leaks import LEAKS, Leak
from proof.leaks.planting import found
from proof.people import fill_needs, person_called, welcome_everybody
from proof.readers import CIRCLES, EVERYBODY
from proof.registry import BUILDER, WHY, fill_registry

ROOT = Path(__file__).resolve().parents[2]


def test_there_are_sixty_leaks_of_many_kinds() -> None:
    assert len(LEAKS) >= 60
    assert len({leak.name for leak in LEAKS}) == len(LEAKS)
    assert len({leak.kind for leak in LEAKS}) >= 40
    assert all(set(leak.addresses) <= ADDRESSES.keys() for leak in LEAKS)
    assert {leak.circle for leak in LEAKS} <= CIRCLES.keys()


def test_what_a_leak_exchanges_is_found_by_its_place() -> None:
    owner, name, value = found("colonnade.web.shared.reading:Reading.figure")
    assert (name, value) == ("figure", owner.__dict__["figure"])


def test_the_grid_of_a_month_takes_no_record_from_its_reading() -> None:
    """A reading that sees more shows nothing there, so that it is not among the leaks; what it is given is."""
    asked = SimpleNamespace(reader=SimpleNamespace(asked="public"))  # whatever else it were asked, it would refuse
    day = date(2019, 6, 3)
    many = [Held(f"e{n}", f"Day {n}", "workshop", "", "", None, "illustrative", day, day) for n in range(9)]
    view = month_view(
        cast("Reading", asked), Selection(Subject.EVENTS), Month(2019, 6), many, QueryDict(), date(2020, 3, 2)
    )
    assert view.count == 9
    assert any(entry.more for week in view.weeks for entry in week)
    assert "colonnade.web.events.held:held" in {f"colonnade.{leak.name}" for leak in LEAKS}


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_every_leak_finds_what_it_exchanges(leak: Leak) -> None:
    """A plant whose place was moved would be counted as missed, and nobody would know why."""
    process = get_context("fork").Process(target=leak.plant)
    process.start()
    process.join(60)
    assert process.exitcode == 0


@pytest.mark.django_db
def test_whoever_is_shown_wishes_and_consents_reads_all_of_them(settings: LazySettings) -> None:
    """So that reading more of them is not among the leaks; showing them to others is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    fill_registry(actor=BUILDER)
    welcome_everybody()
    fill_needs(actor=BUILDER)
    shown = 0
    for reader in EVERYBODY:
        viewer = reader.viewer(person_called(reader.name).pk if reader.signs_in else None)
        for need in Recommendation.objects.visible_to(viewer).select_related("country", "assessment"):
            if concerned(viewer, need):
                shown += 1
                assert len(wishes_of(viewer, need)) == Wish.objects.unscoped(WHY).filter(recommendation=need).count()
                consents = Consent.objects.unscoped(WHY).filter(recommendation=need)
                assert len(consents_of(viewer, need)) == consents.count()
            else:
                assert confidentiality_of(viewer, need) is None
    assert shown > 20


def test_planted_leaks_are_caught_and_more_of_them_than_status_codes_tell() -> None:
    """A few of them, each in two worlds of its own; ``python -m proof power`` plants them all."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "proof", "power", "--leaks", "6"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATABASE_OWNER_URL")},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    last = done.stdout.splitlines()[-1] if done.stdout else done.stderr
    told = re.fullmatch(r"6 planted leaks: (\d) caught \(\d+%\); a table of status codes catches (\d) \(\d+%\)", last)
    assert told is not None, done.stderr
    assert int(told[1]) == 6, done.stderr
    assert int(told[2]) < 6, done.stderr
