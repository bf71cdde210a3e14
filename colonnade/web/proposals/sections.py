"""The sections in which a proposal is written, in the order in which they are asked: of fields, and lists of rows."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.review.sections import SECTIONS as LISTS

#: Sections of fields: name -> the fields, as forms call them.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "description": (
            "title",
            "working_group",
            "partners",
            "purpose",
            "performance",
            "limits",
            "starts_on",
            "ends_on",
            "requested_usd",
            "product_description",
            "outcomes",
            "benefits",
            "quality",
            "scope",
            "countries",
            "regions",
            "pillar",
            "theme",
        ),
        "origin": (
            "origin",
            "cited_need",
            "requested_by",
            "request_document",
            "mandate",
            "mandate_note",
        ),
        "alignment": (
            "programme_alignment",
            "group_alignment",
            "fund_alignment",
            "cofunding",
            "sustainability",
        ),
        "rights": ("due_diligence", "touches_protected"),
    }
)
#: Section -> its title, all of them in their order.
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "description": gettext_noop("Purpose, cost, time and products"),
        "origin": gettext_noop("Origin"),
        "budget": LISTS["budget"].title,
        "outputs": LISTS["outputs"].title,
        "alignment": gettext_noop("Alignment and money beside"),
        "consultations": LISTS["consultations"].title,
        "risks": LISTS["risks"].title,
        "markers": LISTS["markers"].title,
        "rights": gettext_noop("Human rights"),
        "safeguards": LISTS["safeguards"].title,
    }
)
#: What a section is for, where its title does not say it.
LEADS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "origin": gettext_noop(
            "No proposal is sent without one: a need that an assessment found, a request of a State, or a mandate."
        ),
        "budget": gettext_noop("Line by line, in US dollars. What is asked for has to be what the lines add up to."),
        "outputs": gettext_noop("Each product or service, the outcome that it leads to, and how one will see it."),
        "consultations": gettext_noop("With the assessor, and with those who are active there already."),
        "markers": gettext_noop("How far the project aims at each, and why. A second person checks a sample."),
        "safeguards": gettext_noop("Answered where women or children linked to listed groups are concerned."),
    }
)  # fmt: skip


def title_of(section: str) -> str:
    """What a section is called."""
    return _(TITLES[section])


def section_of_field(name: str) -> str:
    """The section in which a field, or a list, is written."""
    return next((section for section, names in FIELDS.items() if name in names), name)
