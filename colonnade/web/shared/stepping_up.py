"""Asking somebody who is signed in to show once more that it is they, before something that cannot be taken back.

``@confirmed_recently`` stands on views that publish, decide, or hand out restricted records. Whoever confirmed long
ago is asked, and comes back to what they were doing. What they had typed goes with them through the question, signed
and theirs alone, and is sent by them again: the server keeps no copy of it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from colonnade.members.models import Person
from colonnade.web.people.confirming import ask_to_confirm, hold
from colonnade.web.shared.requests import ViewerRequest, person_of
from colonnade.web.shared.signed_in import confirmed_within, person_signed_in

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponseBase]


def confirmed_recently(view: Callable[Concatenate[ViewerRequest, P], HttpResponseBase]) -> View[P]:
    """Let ``view`` be reached only by somebody who confirmed in the last ``settings.CONFIRMED_FOR`` seconds.

    For whoever is not signed in the page is not there (``Http404``). Files chosen in a form cannot go through the
    question: let the view that shows such a form ask too.
    """
    return _asking(view, person_signed_in)


def confirmed_even_half_way(view: Callable[Concatenate[ViewerRequest, P], HttpResponseBase]) -> View[P]:
    """The same for the pages that enrol a second factor, which somebody without one reaches."""
    return _asking(view, person_of)


def _asking(
    view: Callable[Concatenate[ViewerRequest, P], HttpResponseBase], who: Callable[[ViewerRequest], Person | None]
) -> View[P]:
    @wraps(view)
    def ask_first(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        question = _question(request, who(request))
        return view(request, *args, **kwargs) if question is None else question

    return ask_first


def confirmation_first(request: ViewerRequest) -> HttpResponseBase | None:
    """The question, for a view that asks for some of its answers only; ``None`` for somebody who confirmed just now.

    For whoever is not signed in the page is not there (``Http404``).
    """
    return _question(request, person_signed_in(request))


def _question(request: ViewerRequest, person: Person | None) -> HttpResponseBase | None:
    if person is None:
        raise Http404
    if confirmed_within(request.session, settings.CONFIRMED_FOR):
        return None
    if request.method in {"GET", "HEAD"}:
        return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': request.get_full_path()})}")
    return ask_to_confirm(request, held=hold(request, person))
