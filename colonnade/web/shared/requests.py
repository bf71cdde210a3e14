"""The request that views receive once the middleware has said who is looking."""

from django.http import HttpRequest

from colonnade.core.viewer import Viewer


class ViewerRequest(HttpRequest):
    """A request with the viewer that every read begins with."""

    viewer: Viewer
