"""What became of an entity, in lines of its page: who came before and after, what it was called, that it ended."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.members.models import Entity, Succession
from colonnade.members.successions import chain_after, chain_before, names_on
from colonnade.web.shared.facts import Line
from colonnade.web.shared.record_addresses import record_address


def sentence(succession: Succession) -> str:
    """A succession in one sentence."""
    given = {
        "day": date_format(succession.took_effect_on, "j F Y"),
        "before": _listed(succession.predecessors.all()),
        "after": _listed(succession.successors.all()),
    }
    if succession.kind == Succession.Kind.SPLIT:
        return _("%(day)s: %(before)s was split into %(after)s") % given
    if set(succession.successors.all()) <= set(succession.predecessors.all()):
        given["before"] = _listed(succession.ended)
        return _("%(day)s: %(before)s merged into %(after)s, which went on") % given
    return _("%(day)s: %(before)s became %(after)s") % given


def before_lines(entity: Entity) -> list[Line]:
    """What led to ``entity``, the latest first; each leads to the predecessor that is nearest."""
    return [_line(each, each.predecessors.all(), entity) for each in chain_before(entity)]


def after_lines(entity: Entity) -> list[Line]:
    """What ``entity`` became, the earliest first."""
    return [_line(each, each.successors.all(), entity) for each in chain_after(entity)]


def name_lines(entity: Entity) -> list[Line]:
    """What ``entity`` was called, and until when, the latest first."""
    return [
        Line(
            former.abbreviation if former.abbreviation == former.name else f"{former.abbreviation} · {former.name}",
            aside=_("until %(day)s, %(source)s")
            % {"day": date_format(former.renamed_on, "j F Y"), "source": former.source},
        )
        for former in entity.former_names.order_by("-renamed_on")
    ]


def end_line(ended: date | None) -> Line | str:
    """That an entity has ended; nothing where it has not."""
    if ended is None:
        return ""
    day = date_format(ended, "j F Y")
    return Line(day, aside=_("What it reported stays under its name. Whoever followed it answers for it."))


def called_then(entity: Entity, day: date | None) -> str:
    """What ``entity`` was called on ``day``, where that is another name than today's."""
    then = names_on(day).get(entity.code) if day else None
    return then.name if then else ""


def _line(succession: Succession, others: Iterable[Entity], entity: Entity) -> Line:
    nearest = next((each for each in others if each.pk != entity.pk), None)
    address = record_address("entity", nearest.code) if nearest else ""
    aside = " · ".join(part for part in (succession.source, succession.reason) if part)
    return Line(sentence(succession), address, aside)


def _listed(entities: Iterable[Entity]) -> str:
    return ", ".join(entity.abbreviation for entity in entities)
