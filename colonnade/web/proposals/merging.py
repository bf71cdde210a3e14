"""Two people wrote one section: what each made of it, field by field or row by row, and what is to stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from colonnade.core.merging import Side, merge
from colonnade.web.proposals.editors import Editor
from colonnade.web.proposals.typed import Typed

#: What the choice of a field is called in the form.
CHOOSE: Final = "choose-"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two differ. ``chosen`` is a side, or empty where both changed it and nobody has chosen."""

    name: str
    title: str
    before: str
    theirs: str
    mine: str
    conflict: bool
    chosen: str
    choose: str = CHOOSE


def compare(
    editor: Editor, base: Typed | None, theirs: Typed, mine: Typed, chosen: Mapping[str, str]
) -> list[Difference]:
    """The differences between what ``theirs`` and ``mine`` made of ``base`` (``None``: nobody knows it any more).

    A row that one side does not have is empty there. ``chosen`` are choices that were made already.
    """
    names = list(dict.fromkeys([*(base or {}), *theirs, *mine]))

    def whole(side: Typed) -> dict[str, str | None]:
        return {name: side.get(name, "") for name in names}

    known = whole(base) if base is not None else dict.fromkeys(names)
    merged = merge(known, whole(theirs), whole(mine))
    found = []
    for name in names:
        other, own = theirs.get(name, ""), mine.get(name, "")
        if other == own:
            continue
        conflict = name in merged.conflicts
        made = chosen.get(CHOOSE + name, "")
        if made not in (Side.THEIRS, Side.MINE):
            made = "" if conflict else merged.sides[name].value
        before, they, i = (editor.in_words(name, side or "") for side in (known[name], other, own))
        found.append(Difference(name, editor.called(name), before, they, i, conflict, made))
    return found


def choose(differences: list[Difference], theirs: Typed, mine: Typed) -> dict[str, str]:
    """What was chosen; where nothing was, what was typed stands. Rows keep their order."""
    theirs_chosen = {each.name: theirs.get(each.name, "") for each in differences if each.chosen == Side.THEIRS}
    whole = {**mine, **theirs_chosen}
    order = list(dict.fromkeys([*mine, *theirs]))
    if all(name.isdecimal() for name in order):
        order.sort(key=int)
    return {name: whole[name] for name in order if name in whole}
