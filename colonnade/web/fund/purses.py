"""Purses (a window, and an earmark within it) as pages name and choose them."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from colonnade.funding.models import Earmark, Window

#: Between the window and the earmark in the value of a choice.
_BETWEEN: Final = "|"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The purse that was chosen."""

    window: Window
    earmark: Earmark | None


def value_of(window: Window, earmark: Earmark | None) -> str:
    """A purse as the value of a choice."""
    return f"{window.code}{_BETWEEN}{earmark.public_id if earmark else ''}"


def choices() -> list[tuple[str, str]]:
    """Every window, and each earmark within it."""
    earmarks = list(Earmark.objects.all())
    found = []
    for window in Window.objects.all():
        found.append((value_of(window, None), str(window)))
        found += [
            (value_of(window, one), f"{window} · {one} ({one.get_kind_display()})")
            for one in earmarks
            if one.window_id == window.pk
        ]
    return found


def chosen(value: str) -> Chosen:
    """The purse of a value of :func:`choices`."""
    code, _between, identifier = value.partition(_BETWEEN)
    return Chosen(Window.objects.get(code=code), Earmark.objects.filter(public_id=identifier).first())


def earmark_title(earmark: Earmark | None) -> str:
    """An earmark in words."""
    return f"{earmark} ({earmark.get_kind_display()})" if earmark else _("Without earmark")
