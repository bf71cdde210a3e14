"""What a probe is told: the status, and the names of what failed. Nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from colonnade.web.house.health import Health

NEVER_KEPT = {"Cache-Control": "no-store"}


def plain_answer(request: HttpRequest, found: Health) -> HttpResponse:
    """JSON, or a line of text for those who ask for text: 200, or 503 where something failed."""
    if request.get_preferred_type(["application/json", "text/plain"]) == "text/plain":
        text = " ".join((found.status, *found.failed)) + "\n"
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=found.code, headers=NEVER_KEPT)
    said = {"status": found.status} | ({"failed": found.failed} if found.failed else {})
    return JsonResponse(said, status=found.code, headers=NEVER_KEPT)


def wants_details(request: HttpRequest) -> bool:
    """Whether a browser with a session asks: then the page finds out who it is."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and "text/html" in request.headers.get("Accept", "")
