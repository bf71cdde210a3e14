"""How well suggestions do, on how many records: what people verified and rejected says so, where there is enough."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.analysis.matching.learning import LEAST, LEAST_OF_EACH, Learned
from colonnade.analysis.models import DismissedSuggestion
from colonnade.core.reading import reading_as
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.facts import Fact, facts
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.suggestions.views import insist_on_suggestions


@require_safe
def quality(request: ViewerRequest) -> HttpResponse:
    """What was judged, whether it is enough to learn from, and how far scores order it: over the reader's records."""
    insist_on_suggestions(request)
    reading = open_reading(reader_for(request.viewer))
    learned = reading.suggestions.learned
    with reading_as(request.viewer):
        dismissed = DismissedSuggestion.objects.visible_to(request.viewer).in_force().count()
    context = {
        "learned": learned,
        "least": {"pairs": LEAST, "each": LEAST_OF_EACH},
        "facts": _judged(learned, dismissed),
        "order": _order(learned),
        "reading": reading,
        "crumbs": [Crumb(_("Needs"), reverse("needs")), Crumb(_("How well suggestions do"))],
    }
    return render(request, "suggestions/quality.html", context)


def _judged(learned: Learned, dismissed: int) -> list[Fact]:
    return facts(
        (_("Verified responses"), grouped(learned.verified)),
        (_("Rejected responses"), grouped(learned.rejected)),
        (_("Needs that they are about"), grouped(learned.queries)),
        (_("Suggestions dismissed"), grouped(dismissed)),
    )


def _order(learned: Learned) -> list[Fact]:
    """The chance that a verified pair scores above a rejected one; a half is chance."""
    if learned.area is None or learned.area_before is None or learned.difference is None:
        return []
    low, high = learned.difference
    gain = _("%(low)s to %(high)s") % {"low": f"{low:+.3f}", "high": f"{high:+.3f}"}
    return facts(
        (_("With the weights that Colonnade carries"), f"{learned.area_before:.3f}"),
        (_("With weights learned from what was judged, on needs held out"), f"{learned.area:.3f}"),
        (_("What they gain, 95 per cent interval"), gain),
    )
