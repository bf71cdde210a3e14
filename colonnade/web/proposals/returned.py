"""What the secretariat said of a proposal that it returned: on the whole, and field by field where it is mended."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from colonnade.core.viewer import Viewer
from colonnade.review.models import Proposal, Screening, Standing
from colonnade.review.writing import CHOSEN, WRITTEN
from colonnade.web.proposals.forms import column_of, label_of
from colonnade.web.proposals.sections import TITLES, section_of_field, title_of

#: Comments on something that no field is called by -> the section.
_ELSEWHERE: Final = {"places": "description"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a field: its section, what the field is called, and where it is mended."""

    section: str
    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Returned:
    """Why a proposal came back."""

    comment: str
    remarks: tuple[Remark, ...]


def returned(viewer: Viewer, proposal: Proposal) -> Returned | None:
    """What was said when the proposal was returned last; ``None`` where it is not back with its applicants."""
    if proposal.standing != Standing.RETURNED:
        return None
    looks = Screening.objects.visible_to(viewer).filter(proposal=proposal, outcome=Screening.Outcome.RETURNED)
    latest = looks.order_by("-screened_at", "-pk").first()
    if latest is None:
        return None
    remarks = [_remark(proposal, str(name), str(text)) for name, text in dict(latest.field_comments).items()]
    return Returned(latest.comment, tuple(remarks))


def _remark(proposal: Proposal, name: str, text: str) -> Remark:
    section = _ELSEWHERE.get(name, section_of_field(name))
    if section not in TITLES:
        return Remark("", name, text, "")
    known = name in CHOSEN or column_of(name) in WRITTEN
    page = reverse("write-proposal", args=[proposal.public_id, section])
    return Remark(section, label_of(name) if known else title_of(section), text, f"{page}#id_{name}" if known else page)
