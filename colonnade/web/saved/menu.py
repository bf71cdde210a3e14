"""The small menu of saved views that stands on the lists and on Explore."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.members.models import SavedView
from colonnade.web.saved.addresses import known_query, view_address
from colonnade.web.saved.forms import SaveForm
from colonnade.web.shared.requests import ViewerRequest


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A saved view as it is offered: its address, whose it is, and whether it is what is shown now."""

    view: SavedView
    address: str
    own: bool
    current: bool = False

    @property
    def shared(self) -> str:
        """Who sees it, in words; empty for the owner alone."""
        if self.view.shared_with is None:
            return ""
        return _("shared with %(entity)s") % {"entity": self.view.shared_with.abbreviation}


@dataclass(frozen=True, slots=True)
class SavedMenu:
    """What the component ``saved/menu.html`` receives. ``form`` is ``None`` for who is not signed in."""

    links: tuple[SavedLink, ...]
    form: SaveForm | None


def saved_menu(request: ViewerRequest, page: SavedView.Page) -> SavedMenu:
    """The views of ``page`` that the reader may open, and the form that saves what they look at."""
    if not request.user.is_authenticated:
        return SavedMenu((), None)
    query = known_query(page, _without_blanks(request.GET))
    views = saved_views(request.viewer, page)
    links = tuple(
        SavedLink(view, view_address(view.page, view.query), view.person_id == request.user.pk, view.query == query)
        for view in views
    )
    form = SaveForm(request.viewer, initial={"page": page, "query": query}, auto_id="save-%s")
    return SavedMenu(links, form)


def saved_views(viewer: Viewer, page: str = "") -> list[SavedView]:
    """The views that ``viewer`` may open, of one page or of all."""
    views = SavedView.objects.visible_to(viewer).select_related("shared_with")
    return list(views.filter(page=page) if page else views)


def _without_blanks(query: QueryDict) -> str:
    kept = query.copy()
    for name, values in list(kept.lists()):
        kept.setlist(name, [value for value in values if value])
    return kept.urlencode()
