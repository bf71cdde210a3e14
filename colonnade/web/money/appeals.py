"""Appeals on the page of the money: what the report's own asks for, as its figures count it.

What every appeal stands at is on its own page (:mod:`colonnade.web.appeals`).
"""

from typing import Final

from django.utils.translation import gettext as _

from colonnade.funding.models import Appeal
from colonnade.web.money.stated import stated
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.reading import Reading

#: The parameter of the figures that says which appeal they count.
PARAMETER: Final = "appeal"


def is_counted(reading: Reading, appeal: Appeal) -> bool:
    """Whether the figures count this appeal."""
    return reading.parameters().get(PARAMETER) == appeal.key


def appeal_stats(reading: Reading) -> tuple[Stat, ...]:
    """Requirement, projects, entities, and how many took part in the launch."""
    found = (
        (_("Requirement"), "appeal_requirement", _("asked for in all")),
        (_("Projects"), "appeal_projects", _("in the appeal")),
        (_("Entities"), "appeal_entities", _("with at least one project in it")),
        (_("At launch"), "appeal_projects_at_launch", _("projects of the portfolio took part")),
    )
    return tuple(
        Stat(title, number, aside) for title, key, aside in found if (number := stated(reading, key)) is not None
    )
