"""Every write about released totals, and about figures that were published outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.access import why_not_approve, why_not_propose, why_not_refuse, why_not_withdraw
from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.models import KnownFigure, ReleaseBasis, ReleaseCheck, ReleasedTotal
from colonnade.analysis.releases.basis import NotReleasable
from colonnade.analysis.releases.checking import finding_as_json
from colonnade.analysis.releases.preparing import Prepared, Wanted, prepare, wanted_by
from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for


class ReleaseRefused(ValueError):
    """A release cannot be made, approved or ended as asked; the text says why, to whoever asked."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A number that was published outside: what it counts, where, and from what to what it may be."""

    key: str
    title: str
    source: str
    figure: str
    cell: dict[str, str]
    low: Decimal | None
    high: Decimal | None
    printed: str


@action
def propose_release(
    *,
    person: Person,
    wanted: Wanted,
    policy: Policy,
    title: str,
    reason: str,
    note: str = "",
    provenance: str = Provenance.REPORTED,
    actor: Actor,
) -> ReleasedTotal:
    """Count what is ``wanted``, suppress what must stay out, and put it before another person.

    Raises :class:`ReleaseRefused` where something protected could be derived whatever is suppressed.
    """
    if refusal := why_not_propose(_today(person)):
        raise ReleaseRefused(refusal)
    if not title.strip() or not reason.strip():
        raise ReleaseRefused(_("Say what is released, and why."))
    prepared = _prepared(wanted, policy)
    release = ReleasedTotal.objects.create(
        title=" ".join(title.split()),
        figure=wanted.figure,
        question=wanted.question_as_json,
        parameters=dict(wanted.parameters),
        audience=wanted.audience,
        over=wanted.over,
        values=prepared.values.as_json(),
        policy=policy.as_json(),
        snapshot=prepared.snapshot,
        as_of=prepared.as_of,
        reason=reason.strip(),
        note=note.strip(),
        made_by=person,
        provenance=provenance,
    )
    ReleaseBasis.objects.create(
        release=release,
        kind=prepared.basis.kind,
        measure=prepared.basis.measure,
        records=[record.as_json() for record in prepared.basis.records],
    )
    _note_checks(release, prepared, ReleaseCheck.Stage.PROPOSAL)
    return release


@action
def approve_release(*, release: ReleasedTotal, person: Person, seen: str, actor: Actor) -> ReleasedTotal:
    """Count and check the release anew, and put it in force. ``seen`` is the digest of the values that were looked at.

    Raises :class:`ReleaseRefused` where it no longer passes, where it says other numbers than were looked at, or where
    the same person proposed it.
    """
    # Two approvals wait for each other: each may pass by itself, and both together give something away.
    waiting = ReleasedTotal.objects.unscoped("approvals wait for one another").order_by("pk").select_for_update()
    list(waiting.values_list("pk", flat=True))
    locked = _locked(release)
    if refusal := why_not_approve(_today(person), locked):
        raise ReleaseRefused(refusal)
    try:
        wanted = wanted_by(locked)
    except NotReleasable as none:
        raise ReleaseRefused(str(none)) from none
    prepared = _prepared(wanted, Policy.from_json(locked.policy))
    if prepared.values.digest != seen:
        raise ReleaseRefused(_("The registry has moved, and the numbers with it: look at them again."))
    locked.values = prepared.values.as_json()
    locked.snapshot, locked.as_of = prepared.snapshot, prepared.as_of
    locked.standing = ReleasedTotal.Standing.APPROVED
    locked.approved_by, locked.approved_at = person, _now()
    locked.version += 1
    locked.save()
    ReleaseBasis.objects.unscoped("an action writes what it checked").filter(release=locked).update(
        records=[record.as_json() for record in prepared.basis.records]
    )
    _note_checks(locked, prepared, ReleaseCheck.Stage.APPROVAL)
    return locked


@action
def refuse_release(*, release: ReleasedTotal, person: Person, because: str, actor: Actor) -> ReleasedTotal:
    """End a proposal. Raises :class:`ReleaseRefused`."""
    locked = _locked(release)
    if refusal := why_not_refuse(_today(person), locked):
        raise ReleaseRefused(refusal)
    return _end(locked, person, ReleasedTotal.Standing.REFUSED, because)


@action
def withdraw_release(*, release: ReleasedTotal, person: Person, because: str, actor: Actor) -> ReleasedTotal:
    """Stop showing a release as a number of today. What was said is known: later checks count it.

    Raises :class:`ReleaseRefused`.
    """
    locked = _locked(release)
    if refusal := why_not_withdraw(_today(person), locked):
        raise ReleaseRefused(refusal)
    return _end(locked, person, ReleasedTotal.Standing.WITHDRAWN, because)


@action
def note_published_figures(*, figures: Sequence[PublishedFigure], origin: KnownFigure.Origin, actor: Actor) -> int:
    """Note the figures that are not noted yet or say something else now; return how many rows were written."""
    noted = {known.key: known for known in KnownFigure.objects.filter(key__in=[figure.key for figure in figures])}
    written = 0
    for figure in figures:
        told = {
            "title": figure.title,
            "source": figure.source,
            "figure": figure.figure,
            "cell": figure.cell,
            "low": figure.low,
            "high": figure.high,
            "printed": figure.printed,
        }
        known = noted.get(figure.key)
        if known is None:
            KnownFigure.objects.create(key=figure.key, origin=origin, **told)
            written += 1
        elif any(getattr(known, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(known, name, value)
            known.save()
            written += 1
    return written


@action
def note_figure_published_outside(*, person: Person, figure: PublishedFigure, actor: Actor) -> KnownFigure:
    """Note one that a person came across. Raises :class:`ReleaseRefused`."""
    if refusal := why_not_propose(_today(person)):
        raise ReleaseRefused(refusal)
    if KnownFigure.objects.filter(key=figure.key).exists():
        raise ReleaseRefused(_("This figure has been noted already."))
    return KnownFigure.objects.create(
        key=figure.key,
        title=figure.title,
        source=figure.source,
        figure=figure.figure,
        cell=figure.cell,
        low=figure.low,
        high=figure.high,
        printed=figure.printed,
        origin=KnownFigure.Origin.PERSON,
        noted_by=person,
    )


def _prepared(wanted: Wanted, policy: Policy) -> Prepared:
    try:
        prepared = prepare(wanted, policy)
    except NotReleasable as none:
        raise ReleaseRefused(str(none)) from none
    if not prepared.passes:
        raise ReleaseRefused(why_it_fails(prepared))
    return prepared


def why_it_fails(prepared: Prepared) -> str:
    """Why nothing, or not this, can be released, in a sentence."""
    for circle in prepared.checked.circles:
        for finding in circle.findings:
            return _("Something protected could be derived: %(what)s.") % {"what": finding.name}
    return _("Nothing of it can be shown: every cell is too small, or is needed to protect one that is.")


def _note_checks(release: ReleasedTotal, prepared: Prepared, stage: ReleaseCheck.Stage) -> None:
    ReleaseCheck.objects.bulk_create(
        ReleaseCheck(
            release=release,
            stage=stage,
            audience=circle.circle,
            passed=circle.passed,
            hidden_records=circle.hidden_records,
            unknowns=circle.unknowns,
            statements=circle.statements,
            sensitive=circle.sensitive,
            against=list(circle.against),
            findings=[finding_as_json(finding) for finding in (*circle.findings, *circle.standing)],
        )
        for circle in prepared.checked.circles
    )


def _locked(release: ReleasedTotal) -> ReleasedTotal:
    return ReleasedTotal.objects.unscoped("locks what it changes").select_for_update().get(pk=release.pk)


def _end(release: ReleasedTotal, person: Person, standing: ReleasedTotal.Standing, because: str) -> ReleasedTotal:
    if not because.strip():
        raise ReleaseRefused(_("Say why."))
    release.standing = standing
    release.ended_by, release.ended_at, release.ended_because = person, _now(), because.strip()
    release.version += 1
    release.save()
    return release


def _today(person: Person) -> Viewer:
    return viewer_for(person, timezone.localdate())


def _now() -> datetime:
    return timezone.now()
