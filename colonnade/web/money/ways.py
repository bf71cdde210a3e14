"""Who could fund what is short, in a row of numbers: the appeal, the trust fund, seed money."""

from django.utils.translation import gettext as _

from colonnade.web.money.stated import stated, stated_cell
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.reading import Reading


def ways_to_fund(reading: Reading) -> tuple[Stat, ...]:
    """The ways that are recorded, each leading to its figure; none where a strategy has none."""
    found = (
        (
            _("Asked for in the appeal"),
            stated(reading, "appeal_requirement"),
            _("projects"),
            stated(reading, "appeal_projects"),
        ),
        (
            _("Contributors to the trust fund"),
            stated(reading, "trust_fund_contributors"),
            _("in the published order; amounts were not published"),
            None,
        ),
        (
            _("Contributions recorded"),
            stated(reading, "contributions_total"),
            _("contributors"),
            stated(reading, "contributions_by_contributor"),
        ),
        (
            _("Seed money awarded"),
            stated_cell(reading, "seed_by_round", "total"),
            _("awards"),
            stated_cell(reading, "seed_by_round", "awards"),
        ),
    )
    return tuple(Stat(title, number, aside, beside) for title, number, aside, beside in found if number)
