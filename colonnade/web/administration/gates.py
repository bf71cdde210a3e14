"""Who reaches these pages. For everybody else they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404
from django.http.response import HttpResponseBase

from colonnade.core.viewer import Viewer
from colonnade.members.access import why_not_administer, why_not_see_people
from colonnade.web.shared.requests import ViewerRequest

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponseBase]


def for_administrators(view: View[P]) -> View[P]:
    """The page is there for administrators."""
    return _for(view, why_not_administer)


def for_those_who_see_people(view: View[P]) -> View[P]:
    """The page is there for administrators and auditors."""
    return _for(view, why_not_see_people)


def _for(view: View[P], why_not: Callable[[Viewer], str | None]) -> View[P]:
    @wraps(view)
    def answer(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if why_not(request.viewer) is not None:
            raise Http404
        return view(request, *args, **kwargs)

    return answer
