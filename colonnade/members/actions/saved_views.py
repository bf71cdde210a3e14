"""Every write about saved views."""

from urllib.parse import parse_qsl, urlencode

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.access import why_not_change_view, why_not_share_with
from colonnade.members.models import Entity, Person, SavedView


class ViewRefused(ValueError):
    """A saved view cannot be kept, renamed or ended as asked; the text says why, to whoever asked."""


@action
def save_view(
    *, person: Person, page: SavedView.Page, title: str, query: str, shared_with: Entity | None, actor: Actor
) -> SavedView:
    """Keep ``query`` of ``page`` under ``title``. Raises :class:`ViewRefused`."""
    if shared_with is not None:
        today = timezone.localdate()
        held = [role for role in person.roles_held.all() if role.held_on(today)]
        if reason := why_not_share_with(person, shared_with, held):
            raise ViewRefused(reason)
    # Written anew from its parts, so that what is kept is a query and nothing else.
    settled = urlencode(parse_qsl(query))
    if len(settled) > SavedView.QUERY_LENGTH:
        raise ViewRefused(_("This view has too many filters to be saved: take some away."))
    named = _free_title(person, page, title)
    return SavedView.objects.create(person=person, page=page, title=named, query=settled, shared_with=shared_with)


@action
def rename_view(*, view: SavedView, person: Person, title: str, actor: Actor) -> SavedView:
    """Give ``view`` another name. Raises :class:`ViewRefused`."""
    locked = _own_view(view, person)
    locked.title = _free_title(person, SavedView.Page(locked.page), title, other_than=locked)
    locked.save(update_fields=["title"])
    return locked


@action
def end_view(*, view: SavedView, person: Person, actor: Actor) -> None:
    """Take ``view`` out of everybody's sight. Raises :class:`ViewRefused`."""
    locked = _own_view(view, person)
    locked.ended_at = Now()
    locked.save(update_fields=["ended_at"])


def _own_view(view: SavedView, person: Person) -> SavedView:
    locked = (
        SavedView.objects.unscoped("locks what it changes")
        .select_for_update()
        .filter(pk=view.pk, ended_at__isnull=True)
        .first()
    )
    if locked is None:
        raise ViewRefused(_("This view has been ended."))
    if reason := why_not_change_view(person, locked):
        raise ViewRefused(reason)
    return locked


def _free_title(person: Person, page: SavedView.Page, title: str, other_than: SavedView | None = None) -> str:
    """``title`` without blanks around it, where the person has no other view of that name."""
    named = " ".join(title.split())
    if not named or len(named) > SavedView.TITLE_LENGTH:
        raise ViewRefused(
            _("A view needs a name of at most %(length)s characters.") % {"length": SavedView.TITLE_LENGTH}
        )
    # Two saves of one person wait for each other, so that the second is told and does not fail.
    Person.objects.select_for_update().get(pk=person.pk)
    own = SavedView.objects.unscoped("names of one's own views").filter(
        person=person, page=page, title=named, ended_at__isnull=True
    )
    if other_than is not None:
        own = own.exclude(pk=other_than.pk)
    if own.exists():
        raise ViewRefused(_("You already have a view called “%(title)s”. Choose another name.") % {"title": named})
    return named
