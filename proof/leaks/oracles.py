"""Leaks that show no hidden record, only something that depends on one: an order, a length, a name, a moment."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from inspect import unwrap
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.http import Http404, HttpResponseNotFound, HttpResponseRedirect
from django.urls import get_resolver
from django.utils import translation

from colonnade.analysis.manifest import read_manifest
from colonnade.analysis.snapshot import current_snapshot
from colonnade.core.reading import as_application
from colonnade.core.viewer import AUDIENCES, Role
from colonnade.members.models import Handover, RoleHeld, SavedView
from colonnade.portfolio.models import Project
from proof.leaks.planting import exchange, whole

_POLICY = "colonnade.web.middleware:PagePolicyMiddleware.__call__"
_PROJECT = "colonnade.web.projects.queries:known_project"


def hidden_things() -> int:
    """A number that depends on rows that few may see."""
    with as_application("a planted leak"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM portfolio_project WHERE level <> 'public')"
            " + (SELECT count(*) FROM members_savedview)"
        )
        return int(cursor.fetchone()[0])


def _wrap(place: str, around: Callable[..., Any]) -> Callable[[], None]:
    """Exchange a function for ``around(the function, its arguments)``."""

    def make(old: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            return around(old, *args, **kwargs)

        return call

    return lambda: exchange(place, make)


def rule_forgotten(place: str) -> Callable[[], None]:
    """A model's rule lets everything through, and no ring holds it."""

    def plant() -> None:
        exchange(f"{place}.entitled", lambda _old: lambda _self, _viewer: Q())
        exchange("colonnade.core.visibility:ring_around", lambda _old: lambda _viewer: nullcontext())
        exchange("colonnade.core.reading:reading_as", lambda _old: lambda _viewer: nullcontext())

    return plant


def _without_reader(old: Any, self: Any, key: Any, make: Any) -> Any:
    """``Reading.place`` is a folder, partitions and an entitlement; only the folder is left of it."""

    def stripped(part: Any) -> Any:
        return part[0] if isinstance(part, tuple) and part and isinstance(part[0], Path) else part

    return old(self, tuple(map(stripped, key)) if stripped(key) is key else stripped(key), make)


cache_without_reader = _wrap("colonnade.web.shared.kept:Kept.get", _without_reader)


def _one_for_all(old: Any, self: Any, folder: Any, viewer: Any) -> Any:
    if not hasattr(_one_for_all, "opened"):
        _one_for_all.opened = {}  # type: ignore[attr-defined]  # kept on the function
    kept: dict[Any, Any] = _one_for_all.opened  # type: ignore[attr-defined]  # as above
    if folder not in kept:
        kept[folder] = old(self, folder, AUDIENCES["secretariat"].viewer if viewer.roles else viewer)
    return kept[folder]


snapshot_without_reader = _wrap("colonnade.analysis.store:SnapshotCache.open", _one_for_all)


def _widest(old: Any, report: Any, file: Any, _audience: Any, inventory: Any) -> Any:
    return old(report, file, AUDIENCES["secretariat"], inventory)


report_without_audience = _wrap("colonnade.web.reports.files:built_file", _widest)

_before: list[Any] = []


def _as_before(old: Any, person: Any, on: Any) -> Any:
    now = old(person, on)
    _before.append(now)
    return _before[-2] if len(_before) > 1 else now


viewer_before = _wrap("colonnade.members.queries:standing_of", _as_before)
every_partition = _wrap("colonnade.analysis.entitlement:Entitlement.includes", lambda *_args: True)
every_audience = _wrap("colonnade.web.shared.audiences:audiences_within", lambda *_args: tuple(AUDIENCES.values()))


def _everybodys(_old: Any, _viewer: Any, page: str = "") -> list[SavedView]:
    with as_application("a planted leak"):
        views = SavedView.objects.unscoped("a planted leak").order_by("pk")
        return list(views.filter(page=page) if page else views)


views_of_others = _wrap("colonnade.web.saved.menu:saved_views", _everybodys)


def _drawn(old: Any, reading: Any, asked: Any, caption: str) -> Any:
    """Of its reading a chart takes titles and colours; what it draws is the answer."""
    with as_application("a planted leak"):
        return old(reading, replace(asked, answer=whole(reading).ask(asked.question)), caption)


chart_of_everything = _wrap("colonnade.web.explore.drawing:drawing_of", _drawn)


def people_for_everybody() -> None:
    """The list of people without its gate."""
    _in_the_table("people", lambda old, request: unwrap(old)(request))


def _of_others(old: Any, viewer: Any) -> Any:
    with as_application("a planted leak"):
        received = Handover.objects.unscoped("a planted leak").exclude(to_person=viewer.user_id)
        others = list(dict.fromkeys(received.order_by("pk").values_list("to_person", flat=True)))
        return [*old(viewer), *(each for other in others for each in old(replace(viewer, user_id=other)))]


handovers_of_others = _wrap("colonnade.web.handing_over.shown:taken", _of_others)


def _everybodys_roles(old: Any, viewer: Any) -> Any:
    return old(replace(viewer, roles=viewer.roles | {Role.SECRETARIAT}))


roles_of_others = _wrap("colonnade.web.handing_over.views:_roles", _everybodys_roles)


def _with_strangers(old: Any, viewer: Any) -> Any:
    with as_application("a planted leak"):
        return [*old(viewer), RoleHeld.objects.select_related("person", "entity", "country").order_by("pk").last()]


stranger_among_ones_own = _wrap("colonnade.web.handing_over.views:_roles", _with_strangers)


def identifier_of_everything() -> None:
    """The identifier of the whole snapshot, for everybody."""
    told = property(lambda _self: read_manifest(current_snapshot()).snapshot_id)
    exchange("colonnade.web.shared.reading:Reading.snapshot_id", lambda _old: told)


def time_of_everything() -> None:
    """The time of the whole snapshot, for everybody."""

    def told(_self: Any) -> datetime:
        return read_manifest(current_snapshot()).created_at

    exchange("colonnade.web.shared.reading:Reading.created_at", lambda _old: property(told))


def _counting(old: Any, self: Any, request: Any) -> Any:
    response = old(self, request)
    response.headers["X-Records"] = str(hidden_things())
    return response


header_that_counts = _wrap(_POLICY, _counting)


def _padded(old: Any, self: Any, request: Any) -> Any:
    response = old(self, request)
    if not response.streaming and response.content:
        response.content += b" " * (hidden_things() % 64)
    return response


length_that_counts = _wrap(_POLICY, _padded)


def _cookie(old: Any, self: Any, request: Any) -> Any:
    response = old(self, request)
    response.set_cookie("seen", str(hidden_things()))
    return response


cookie_that_counts = _wrap(_POLICY, _cookie)


def _language(old: Any, self: Any, request: Any) -> Any:
    codes = [code for code, _title in settings.LANGUAGES]
    translation.activate(codes[hidden_things() % len(codes)])
    return old(self, request)


language_that_tells = _wrap("colonnade.web.looking.middleware:LookingMiddleware.__call__", _language)
pages_of_everything = _wrap(
    "colonnade.web.shared.pages:pages_of",
    lambda old, number, size, total, query: old(number, size, total + hidden_things() * 3, query),
)


def _turned(rows: Any) -> Any:
    at = hidden_things() % len(rows) if rows else 0
    return rows[at:] + rows[:at]


def _ordered(old: Any, *args: Any, **kwargs: Any) -> Any:
    listing = old(*args, **kwargs)
    return replace(listing, rows=_turned(listing.rows))


order_by_hidden = _wrap("colonnade.web.shared.reading:Reading.listing", _ordered)


def _ranked(old: Any, *args: Any, **kwargs: Any) -> Any:
    found = old(*args, **kwargs)
    return replace(found, groups=tuple(replace(group, hits=_turned(group.hits)) for group in found.groups))


rank_by_hidden = _wrap("colonnade.web.search.results:results", _ranked)


def _is_there(public_id: str) -> bool:
    with as_application("a planted leak"):
        return Project.objects.unscoped("a planted leak").filter(public_id=public_id).exists()


def _logged(old: Any, viewer: Any, public_id: str) -> Any:
    known = old(viewer, public_id)
    if known is None and _is_there(public_id):
        logging.getLogger("colonnade.projects").warning("somebody asked for what they may not see")
    return known


log_that_names = _wrap(_PROJECT, _logged)


def redirect_for_hidden() -> None:
    """What is hidden leads to the page to sign in; what never was is not there."""

    def view(old: Any, request: Any, public_id: str) -> Any:
        try:
            return old(request, public_id=public_id)
        except Http404:
            if _is_there(public_id):
                return HttpResponseRedirect("/people/sign-in/")
            raise

    _in_the_table("project", view)


def error_that_tells() -> None:
    """What is hidden says so in the words of the error, with the status of what never was."""

    def view(old: Any, request: Any, public_id: str) -> Any:
        try:
            return old(request, public_id=public_id)
        except Http404:
            if _is_there(public_id):
                return HttpResponseNotFound("You may not see this project.")
            raise

    _in_the_table("project", view)


def _in_the_table(name: str, around: Any) -> None:
    """Exchange the view of a named address."""
    waiting = list(get_resolver().url_patterns)
    while waiting:
        entry: Any = waiting.pop()
        waiting += getattr(entry, "url_patterns", [])
        if getattr(entry, "name", "") == name:
            old = entry.callback
            entry.callback = lambda request, old=old, **kwargs: around(old, request, **kwargs)


def _numbered(old: Any, mail: Any) -> Any:
    message = old(mail)
    if message is not None:
        message.subject += f" {hidden_things()}"
    return message


mail_that_counts = _wrap("colonnade.web.people.post:compose", _numbered)
column_that_counts = _wrap(
    "colonnade.web.shared.separated:download",
    lambda old, name, header, rows: old(name, [*header, str(hidden_things())], rows),
)
