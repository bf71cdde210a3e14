"""What of a project its people edit by hand, and which values of it go together. Pure, but for the choices."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.core.money import Money
from colonnade.portfolio.models.project import Origin, Project, Scope, Status

#: Fields that are edited -> how people call them, in the order of the form. Keys end in ``_id``.
EDITABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": gettext_noop("Title"),
        "description": gettext_noop("Description"),
        "status": gettext_noop("Status"),
        "scope": gettext_noop("Scope"),
        "pillar_id": gettext_noop("Pillar"),
        "working_group_id": gettext_noop("Working group"),
        "starts_on": gettext_noop("Begins"),
        "ends_on": gettext_noop("Ends"),
        "origin": gettext_noop("Origin"),
        "origin_note": gettext_noop("Note on the origin"),
        "currency": gettext_noop("Currency"),
        "budget": gettext_noop("Budget"),
        "budget_on": gettext_noop("Budget as of"),
        "funding": gettext_noop("Funding received"),
        "funding_on": gettext_noop("Funding as of"),
    }
)
#: The two amounts of a project; each has its day (``_on``) and its dollars (``_usd``), which nobody types.
AMOUNTS: Final = ("budget", "funding")
#: What states the money of a project: the currency is that of both amounts, so they are read together.
MONEY: Final = ("currency", *(f"{amount}{part}" for amount in AMOUNTS for part in ("", "_on")))
#: Those that the newest inventory says of the project as well.
REPORTED: Final = ("status", "scope", "pillar_id", *MONEY)
#: What money of a day makes in US dollars; it raises ``ValueError`` where no rate is known.
InDollars = Callable[[Money, date], Decimal]


class ProjectRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class ProjectChanged(ValueError):
    """Somebody else saved the project since it was read. ``current`` is the project as it stands."""

    def __init__(self, current: Project) -> None:
        super().__init__(_("Somebody else changed this project while you were editing it."))
        self.current = current


def why_not_so(values: Mapping[str, Any]) -> str | None:
    """Whether a project could stand like this: ``values`` are those of the editable fields, all of them."""
    if not values["title"].strip():
        return _("A project has a title.")
    if values["status"] not in Status.values:
        return _("There is no such status.")
    if values["scope"] not in ("", *Scope.values) or values["origin"] not in ("", *Origin.values):
        return _("There is no such scope or origin.")
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        return _("The project would end before it begins.")
    return _why_not_such_money(values)


def dollars_of(values: Mapping[str, Any], in_dollars: InDollars) -> dict[str, Decimal | None]:
    """The US dollar equivalents that belong to the amounts among ``values``; empty where an amount is.

    :raises ValueError: as ``in_dollars`` does.
    """
    found: dict[str, Decimal | None] = {}
    for amount in AMOUNTS:
        value, on, currency = values[amount], values[f"{amount}_on"], values["currency"]
        if value is None or currency == "USD":
            found[f"{amount}_usd"] = value
        else:
            found[f"{amount}_usd"] = in_dollars(Money(value, currency), on)
    return found


def amounts_to_ask_about(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Amounts that may be slips: ten times what stood or a tenth of it, or funding of twice the budget.

    Both are values of the editable fields; an amount that stays as it was is not asked about again.
    """
    found = []
    for amount in AMOUNTS:
        old, new = before[amount], after[amount]
        if new is None or (new == old and before["currency"] == after["currency"]):
            continue
        leaps = bool(old) and before["currency"] == after["currency"] and (new >= 10 * old or new * 10 <= old)
        beyond = amount == "funding" and after["budget"] is not None and new > 2 * after["budget"]
        if leaps or beyond:
            found.append(amount)
    return tuple(found)


def _why_not_such_money(values: Mapping[str, Any]) -> str | None:
    currency = values["currency"]
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        return _("A currency is three capital letters, like USD or EUR.")
    for amount in AMOUNTS:
        value = values[amount]
        if value is not None and value < 0:
            return _("An amount is not below zero.")
        if value is not None and currency != "USD" and values[f"{amount}_on"] is None:
            return _("An amount in another currency than US dollars has its day, so that it is counted at its rate.")
    return None
