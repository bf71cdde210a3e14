"""Fields that not every reader of a record may read: one table of rules for a model, in ``<app>/fields.py``.

A page, a list and an export ask :func:`shown` for such a field and print what it gives: the value, or why it is not
shown. A field without a rule is read by whoever reads the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Who reads a field (``may``, given the viewer and the record), and what others read instead (``instead``)."""

    may: Callable[[Viewer, Any], bool]
    instead: str


#: Fields of one model -> their rules.
FieldRules = Mapping[str, FieldRule]


@dataclass(frozen=True, slots=True)
class NotShown:
    """Stands where a value would, and prints why it does not. Nothing of the value is in it."""

    why: str

    def __str__(self) -> str:
        return _(self.why)


def readable(viewer: Viewer, record: Any, field: str, rules: FieldRules) -> bool:
    """Whether ``viewer``, who may see ``record``, may read its ``field``."""
    rule = rules.get(field)
    return rule is None or rule.may(viewer, record)


def shown(viewer: Viewer, record: Any, field: str, rules: FieldRules) -> Any:
    """The value of ``field`` for ``viewer``, or :class:`NotShown`."""
    return getattr(record, field) if readable(viewer, record, field, rules) else NotShown(rules[field].instead)


def inside(viewer: Viewer, record: Any) -> bool:  # noqa: ARG001  # the shape of a rule
    """People inside the compact."""
    return viewer.inside_the_compact
