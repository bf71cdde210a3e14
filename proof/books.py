"""The fund's books: pledges, agreements with terms, allocations, and entries with their postings, of every reader.

Written row by row, so that each has the identifier that an address asks for; the triggers look at what is committed.
"""

from decimal import Decimal
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.funding.models import (
    Agreement,
    AgreementTerms,
    Allocation,
    Closing,
    Contributor,
    Earmark,
    Entry,
    Instalment,
    Pledge,
    Posting,
    Window,
)
from colonnade.members.models import Entity
from colonnade.portfolio.models import Project
from proof.canaries import canary, canary_amount
from proof.people import NOON, person_called
from proof.registry import DAY, SOURCE, WHY

#: The day up to which the books are closed: the entries are of later.
CLOSED: Final = DAY.replace(year=DAY.year - 1)
LEVELS: Final = ("public", "compact", "restricted")
#: Projects that money is allocated to: public, compact of two entities, restricted to two States.
FUNDED: Final = (0, 46, 52, 55, 58, 60)


@action
def fill_books(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    window = Window.objects.create(code="wells", title="Wells", position=1, support_percent=Decimal(13), **SOURCE)
    Window.objects.create(code="rain", title="Rain", position=2, support_percent=Decimal(7), **SOURCE)
    Earmark.objects.create(public_id="d1" + "0" * 14, window=window, kind="soft", title="Deep ones", opened_on=DAY)
    Closing.objects.create(until=CLOSED, closed_by=person_called("officer-1"), closed_at=NOON)
    givers = list(Contributor.objects.order_by("rank"))
    for number in range(12):
        _pledge(number, LEVELS[number % 3], givers[number // 3], window)
    for number, project in enumerate(FUNDED):
        found = Project.objects.unscoped(WHY).get(public_id=f"p{project:015}")
        _allocation(number, LEVELS[number % 3], found, window)


def _pledge(number: int, level: str, giver: Contributor, window: Window) -> None:
    amount = canary_amount("pledge", number) if level != "public" else 700 + number
    clerk = person_called("officer-1")
    reserved = Project.objects.unscoped(WHY).get(public_id=f"p{55:015}") if number == 4 else None
    pledge = Pledge.objects.unscoped(WHY).create(
        public_id=f"d{number:015}", contributor=giver, level=level, currency="USD", amount=amount, amount_usd=amount,
        pledged_on=DAY, due_on=DAY, window=window, document=f"Note {canary('pledge', number)}", for_project=reserved,
        note=f"Mind {canary('pledge-note', number)}", recorded_by=clerk, recorded_at=NOON,
        standing="announced" if level == "restricted" and number % 2 else "agreed",
    )  # fmt: skip
    belongs: dict[str, Any] = {"pledge": pledge}
    reference = canary("agreement", number) if level != "public" else str(number)
    Agreement.objects.unscoped(WHY).create(
        **belongs, reference=f"Agreement {reference}", signed_on=DAY, recorded_by=clerk, recorded_at=NOON
    )
    AgreementTerms.objects.unscoped(WHY).create(**belongs, text=f"Quietly {canary('terms', number)}")
    Instalment.objects.unscoped(WHY).create(**belongs, number=1, due_on=DAY, amount=amount)
    came = canary_amount("received", number)
    about = {"contributor": giver, "pledge": pledge}
    if number % 4:
        _entry(number, "receipt", window, ("cash", "contributions"), came, about)
    else:
        _entry(number, "in_kind", window, ("in_kind_used", "in_kind_received"), came, about)


def _allocation(number: int, level: str, project: Project, window: Window) -> None:
    secret = level != "public" or project.level != "public"
    amount = canary_amount("allocated", number) // 10 if secret else 800 + number
    entity = Entity.objects.get(code=("ALPHA", "BETA", "GAMMA")[number % 3])
    allocation = Allocation.objects.unscoped(WHY).create(
        public_id=f"j{number:015}", level=level, project=project, entity=entity, window=window, amount_usd=amount,
        support_usd=0, support_percent=Decimal(13), decision=f"Decision {canary('decision', number)}",
        reason=f"Because {canary('allocated-for', number)}", proposed_by=person_called("officer-1"), proposed_at=NOON,
        decided_by=person_called("officer-2") if number else None, decided_at=NOON if number else None,
        standing="approved" if number else "proposed",
    )  # fmt: skip
    about = {"allocation": allocation, "for_project": project, "entity": entity}
    _entry(20 + number, "allocation", window, ("encumbered", "reserved"), amount, about)
    _entry(30 + number, "advance", window, ("advances", "cash"), amount // 2, about)


def _entry(
    number: int, kind: str, window: Window, accounts: tuple[str, str], amount: int, about: dict[str, Any]
) -> None:
    entry = Entry.objects.unscoped(WHY).create(
        public_id=f"i{number:015}", on=DAY, kind=kind, narrative=f"Came {canary('narrative', number)}",
        document=f"Voucher {canary('voucher', number)}", recorded_by=person_called("officer-1"), recorded_at=NOON,
        **about,
    )  # fmt: skip
    for account, usd in zip(accounts, (amount, -amount), strict=True):
        Posting.objects.unscoped(WHY).create(
            entry=entry, account=account, window=window, currency="USD", amount=usd, usd=usd,
            contributor=about.get("contributor"), for_project=about.get("for_project"), entity=about.get("entity"),
        )  # fmt: skip
