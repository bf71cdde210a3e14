"""The rules of eligibility as pages show them: each by name, what it lacks, and a link to where that is mended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from colonnade.review.eligibility import Check
from colonnade.review.models import Proposal
from colonnade.review.rules import Note
from colonnade.review.summaries import rules_of
from colonnade.web.proposals.sections import FIELDS, TITLES


@dataclass(frozen=True, slots=True)
class ShownLack:
    """What is missing, and the address of the field where it is mended."""

    why: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A rule, what its process says of where it comes from, what is missing, and what is to be known of it."""

    title: str
    note: Note | None
    lacks: tuple[ShownLack, ...]
    remarks: tuple[ShownLack, ...] = ()


def shown_checks(proposal: Proposal, checks: Iterable[Check]) -> list[ShownCheck]:
    """``checks`` with the addresses where what they lack is mended."""
    rules = rules_of(proposal.call)
    found = []
    for check in checks:
        lacks, remarks = (
            tuple(ShownLack(lack.why, _address(proposal, lack.section, lack.field)) for lack in said)
            for said in (check.lacks, check.remarks)
        )
        found.append(ShownCheck(check.title, rules.note(f"eligibility.{check.rule}"), lacks, remarks))
    return found


def _address(proposal: Proposal, section: str, field: str) -> str:
    if section not in TITLES:
        return ""
    page = reverse("write-proposal", args=[proposal.public_id, section])
    return f"{page}#id_{field}" if field in FIELDS.get(section, ()) else page
