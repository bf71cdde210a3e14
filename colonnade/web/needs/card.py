"""A need's page in words: what one reader may see of it, and that its State keeps the rest."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.fields import NotShown, shown
from colonnade.core.viewer import Level, Viewer
from colonnade.needs.coverage import Coverage, coverage_of
from colonnade.needs.fields import RULES
from colonnade.needs.keepable import KEEPABLE, field_title
from colonnade.needs.models import Recommendation, Response
from colonnade.needs.queries import SeenNeed, answers_to, assessment_of, kept_values, version_before
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import PROJECT, record_address

#: How far a need is covered, in words.
COVERAGES: Final = {
    Coverage.UNMET: gettext_lazy("Unmet"),
    Coverage.CLAIMED: gettext_lazy("Claimed"),
    Coverage.CONTESTED: gettext_lazy("Contested"),
    Coverage.PARTLY_MET: gettext_lazy("Partly met"),
    Coverage.MET: gettext_lazy("Met"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A word beside the title, with the class of its look."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class NeedCard:
    """What the template ``needs/card.html`` receives. ``text_kept`` stands where the text would."""

    title: str
    badges: tuple[Badge, ...]
    text: str
    text_kept: str
    facts: list[Fact]
    answers: TableView | None
    coverage: str
    illustrative: bool


def need_card(viewer: Viewer, seen: SeenNeed, *, among: Viewer | None = None) -> NeedCard:
    """The need as ``viewer`` sees it.

    With ``among`` it is what the readers that ``among`` stands for would see, as far as ``viewer`` sees it too.
    """
    need = seen.need
    as_whom = among or viewer
    title, text = shown(as_whom, seen, "title", RULES), shown(as_whom, seen, "text", RULES)
    answers = answers_to(viewer, need, among=among)
    return NeedCard(
        title=heading(as_whom, seen),
        badges=_badges(seen),
        text="" if isinstance(text, NotShown) else text,
        text_kept=str(text) if isinstance(text, NotShown) else "",
        facts=_facts(viewer, as_whom, seen, title),
        answers=_answers(answers),
        coverage=str(COVERAGES[coverage_of((each.strength, each.standing) for each in answers)]),
        illustrative=need.provenance == Provenance.ILLUSTRATIVE,
    )


def heading(viewer: Viewer, seen: SeenNeed) -> str:
    """What a need is called: its title, or, where its State keeps that, its reference, which says nothing."""
    title = shown(viewer, seen, "title", RULES)
    return seen.need.reference if isinstance(title, NotShown) else str(title)


def headings(viewer: Viewer, needs: Collection[Recommendation]) -> dict[int, str]:
    """The same for several needs, by key, where ``viewer`` may see them."""
    kept = kept_values(viewer, needs)
    return {need.pk: kept.get(need.pk, {}).get("title", need.title) or need.reference for need in needs}


def _badges(seen: SeenNeed) -> tuple[Badge, ...]:
    need = seen.need
    found = [Badge(_("Recommendation"))]
    if need.standing != Recommendation.Standing.OPEN:
        found.append(Badge(str(need.get_standing_display()), "closed"))
    if need.provenance == Provenance.ILLUSTRATIVE:
        found.append(Badge(str(need.get_provenance_display()), "warn"))
    if need.level != Level.PUBLIC:
        found.append(Badge(str(need.get_level_display()), need.level))
    if seen.kept or seen.hidden:
        found.append(Badge(_("Kept in part"), Level.RESTRICTED.value))
    return tuple(found)


def _facts(viewer: Viewer, as_whom: Viewer, seen: SeenNeed, title: object) -> list[Fact]:
    need, language = seen.need, get_language() or "en"
    theme, pillar = shown(as_whom, seen, "theme", RULES), shown(as_whom, seen, "pillar", RULES)
    if seen.theme is not None and theme is seen.theme:
        theme = Line(seen.theme.title, record_address("theme", seen.theme.code))
    if seen.pillar is not None and pillar is seen.pillar:
        pillar = Line(f"{seen.pillar.code} {seen.pillar.short_title}", record_address("pillar", seen.pillar.code))
    priority = shown(as_whom, seen, "priority", RULES)
    mandates = [Line(mandate.code, record_address("mandate", mandate.code)) for mandate in need.mandates.all()]
    return facts(
        (field_title("title"), title if isinstance(title, NotShown) else ""),
        (_("Reference"), need.reference),
        (_("State"), Line(need.country.name_in(language), record_address("country", need.country.code))),
        (field_title("theme"), theme),
        (field_title("pillar"), pillar),
        (_("Mandates"), mandates),
        (field_title("priority"), priority if isinstance(priority, NotShown) else seen.priority_title),
        (_("Standing"), need.get_standing_display()),
        (_("Issued"), need.issued_on),
        (field_title("addressee"), shown(as_whom, seen, "addressee", RULES)),
        (_("Found by"), _assessment(as_whom, need)),
        (_("Follows"), _follows(viewer, as_whom, need)),
        (_("Kept from other readers"), [Line(field_title(name)) for name in KEEPABLE if name in seen.kept]),
        (_("Visible to"), need.get_level_display()),
        (_("Version"), str(need.version)),
    )


def _assessment(viewer: Viewer, need: Recommendation) -> Line | str:
    """The assessment, which fewer people may read than the need."""
    found = assessment_of(viewer, need)
    if found is None:
        return ""
    said = _("%(kind)s of %(start)s to %(end)s") % {
        "kind": found.get_kind_display(),
        "start": date_format(found.starts_on, "j F Y"),
        "end": date_format(found.ends_on, "j F Y"),
    }
    return Line(said, record_address("assessment", found.public_id), found.assessor.name)


def _follows(viewer: Viewer, as_whom: Viewer, need: Recommendation) -> Line | str:
    before = version_before(viewer, need)
    if before is None or (as_whom is not viewer and version_before(as_whom, need) is None):
        return ""
    return Line(before.reference, record_address("recommendation", before.public_id))


def _answers(found: list[Response]) -> TableView | None:
    if not found:
        return None
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Strength")),
        HeaderView(_("Standing")),
        HeaderView(_("Claimed by")),
        HeaderView(_("Verified by")),
    )
    rows = tuple(
        (
            CellView(link.project.title, record_address(PROJECT, link.project.public_id), header=True),
            CellView(str(link.get_strength_display())),
            CellView(str(link.get_standing_display()), record_address("response", link.public_id)),
            CellView(link.claimed_by.abbreviation, record_address("entity", link.claimed_by.code)),
            CellView(_verified(link)),
        )
        for link in found
    )
    return TableView(_("Projects that respond"), header, rows)


def _verified(link: Response) -> str:
    if link.verified_by:
        return link.verified_by.abbreviation
    return _("The secretariat") if link.verified_on else "–"
