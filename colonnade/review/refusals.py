"""What the board's side refuses, and the texts that it takes."""

from django.utils.translation import gettext as _


class ReviewRefused(ValueError):
    """What was asked for may not be done; the text says why."""


def insist(why_not: str | None) -> None:
    """Raise :class:`ReviewRefused` where there is a reason why not."""
    if why_not:
        raise ReviewRefused(why_not)


def said(text: str, why: str) -> str:
    """``text`` without what stands around it. Raises :class:`ReviewRefused` with ``why`` where nothing is left."""
    text = text.strip()
    insist(None if text else why)
    return text


def insist_on_version(current: int, seen: int | None) -> None:
    """Raise :class:`ReviewRefused` where a record has another version than the one that somebody looked at."""
    if seen is not None and seen != current:
        raise ReviewRefused(_("This changed since you opened the page. Look at it again first."))
