"""What the records say of a response before anybody claims it: nothing that the registry knows is typed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.matching.registry import Suggestions
from colonnade.analysis.suggested import Suggested, need_record, project_records
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.models import Recommendation, Response
from colonnade.needs.responses.actions import Claim
from colonnade.portfolio.models import Project
from colonnade.web.shared.days import short_day
from colonnade.web.shared.reading import Reading
from colonnade.web.suggestions.card import titles_of
from colonnade.web.suggestions.telling import in_a_line, score_text


def known_claim(viewer: Viewer, reading: Reading, need: Recommendation, project: Project) -> Claim:
    """A claim as far as the records say one: what the two share, and from when to when the project runs."""
    with reading_as(viewer):
        found = explained(viewer, reading.suggestions, need, project)
    shared = in_a_line(found, titles_of(reading)) if found else ""
    score = score_text(found.suggestion.score) if found else score_text(0)
    told = {"reference": project.reference, "day": short_day(timezone.localdate()), "score": score}
    return Claim(
        Response.Strength.PARTIAL,
        _("What the records of both share. %(shared)s") % {"shared": shared} if shared else project.title,
        _("The project's record %(reference)s, as it stood on %(day)s; suggested with a score of %(score)s.") % told,
        project.starts_on,
        project.ends_on,
    )


def explained(viewer: Viewer, kept: Suggestions, need: Recommendation, project: Project) -> Suggested | None:
    """Why the two go together, whatever is suggested before; ``None`` where they share nothing."""
    asked, [candidate] = need_record(viewer, need), project_records(viewer, [project])
    [found] = kept.for_needs.changed(candidate).explained([(asked, candidate.id)])
    return Suggested(found, asked, candidate) if found is not None and found.contributions else None
