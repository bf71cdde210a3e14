"""Requests of one State that may be one and the same: how alike two of them are, and in what. Pure.

Words are compared by the threes of letters that they are made of, so that it works in every language and a different
ending makes little difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

#: From how alike on somebody is asked whether it is the same, in hundredths.
LIKELY: Final = 40
#: What each thing in common gives, in hundredths; the words give the rest.
_SAME_NEED, _SAME_THEME, _SAME_KIND = 45, 15, 10
_WORDS: Final = 70


@dataclass(frozen=True, slots=True)
class Told:
    """What a request says, as far as it matters here; ``need``, ``theme`` and ``programme`` by their keys."""

    words: str
    kind: str = ""
    need: int | None = None
    theme: int | None = None
    programme: int | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two requests are, from 0 to 100, and in what: of ``programme``, ``need``, ``theme``, ``kind``,
    ``words``."""

    hundredths: int
    shared: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether somebody should look at both."""
        return self.hundredths >= LIKELY


def likeness(one: Told, other: Told) -> Likeness:
    """How alike two requests of one State are. Two to join the same programme are the same; one to join a programme
    and one for assistance never are."""
    if one.programme is not None or other.programme is not None:
        same = one.programme == other.programme
        return Likeness(100, ("programme",)) if same else Likeness(0, ())
    shared, total = [], 0
    for name, given, mine, theirs in (
        ("need", _SAME_NEED, one.need, other.need),
        ("theme", _SAME_THEME, one.theme, other.theme),
        ("kind", _SAME_KIND, one.kind or None, other.kind or None),
    ):
        if mine is not None and mine == theirs:
            shared.append(name)
            total += given
    words = _alike(one.words, other.words)
    if words >= LIKELY:
        shared.append("words")
    return Likeness(min(100, total + words * _WORDS // 100), tuple(shared))


def _alike(one: str, other: str) -> int:
    """Twice what two texts share of threes of letters, of all that they have, in hundredths (Dice's coefficient)."""
    mine, theirs = frozenset(_threes(one)), frozenset(_threes(other))
    return 200 * len(mine & theirs) // (len(mine) + len(theirs)) if mine and theirs else 0


def _threes(text: str) -> Iterable[str]:
    """Every three letters or digits that stand together, folded; a space stands for whatever is between words."""
    folded = "".join(each if each.isalnum() else " " for each in text.casefold())
    whole = " ".join(folded.split())
    return (whole[at : at + 3] for at in range(len(whole) - 2)) if len(whole) > 2 else [whole] if whole else []
