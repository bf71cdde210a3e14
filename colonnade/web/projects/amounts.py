"""Amounts and shares of a project in words. Arithmetic is that of :mod:`colonnade.core.money`."""

from decimal import Decimal

from django.utils.translation import gettext as _

from colonnade.core.money import shortfall, surplus
from colonnade.portfolio.models import Project
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.shared.facts import Line, amount


def in_both(own: Decimal | None, currency: str, dollars: Decimal | None) -> Line:
    """An amount in its own currency, with its equivalent; or that there is none."""
    if own is None:
        return Line(_("Not reported"))
    if currency == "USD":
        return Line(amount(own, currency))
    return Line(amount(own, currency), aside=amount(dollars) or _("no US dollar rate is known"))


def balance_of(project: Project) -> list[tuple[str, Line]]:
    """The shortfall of an active project, and its surplus where there is one. Neither where an amount is not known."""
    if project.status in CLOSED_STATUSES or project.budget_usd is None or project.funding_usd is None:
        return []
    missing = shortfall(project.budget_usd, project.funding_usd)
    beyond = surplus(project.budget_usd, project.funding_usd)
    found = [(_("Shortfall"), Line(amount(missing)))]
    return [*found, (_("Surplus"), Line(amount(beyond)))] if beyond else found


def dollars(value: Decimal | None) -> str:
    """An amount of US dollars without its currency, which stands in the head of the column."""
    return amount(value).removeprefix("USD ") or "–"


def share_in_words(share: object) -> str:
    """A share in per cent; nothing where none was reported."""
    return _("%(share)s per cent") % {"share": f"{Decimal(str(share)):f}".rstrip("0").rstrip(".")} if share else ""
