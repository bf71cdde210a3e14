"""From a request to the reading it asks for. An audience that the viewer may not look as is not there."""

from django.http import Http404

from colonnade.web.shared.addresses import AUDIENCE
from colonnade.web.shared.audiences import NoSuchAudience, reader_for
from colonnade.web.shared.reading import Reading, open_reading
from colonnade.web.shared.requests import ViewerRequest


def reading_of(request: ViewerRequest) -> Reading:
    """The current snapshot, as the request's viewer sees it or as the audience that the address names does."""
    try:
        reader = reader_for(request.viewer, request.GET.get(AUDIENCE, ""))
    except NoSuchAudience as none:
        raise Http404 from none
    return open_reading(reader)
