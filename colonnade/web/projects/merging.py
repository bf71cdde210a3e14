"""Two people edited one project: both edits side by side, for the second to choose from, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from colonnade.core.merging import Side, merge
from colonnade.portfolio.editing import MONEY
from colonnade.web.projects.forms import FIELDS, ProjectForm, in_words

#: What the choice of a field is called in the form.
CHOOSE: Final = "choose-"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the two differ. ``chosen`` is a side, or empty where both changed it and nobody has chosen.

    ``shared``: only one of them changed it, and both changed what it goes with.
    """

    name: str
    title: str
    before: str
    theirs: str
    mine: str
    conflict: bool
    chosen: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page of a merge shows: the differences, and the fields that both changed alike."""

    differences: tuple[Difference, ...]
    alike: tuple[str, ...]

    @property
    def undecided(self) -> tuple[Difference, ...]:
        """Differences in which a person has to choose and has not."""
        return tuple(each for each in self.differences if not each.chosen)


def compare(
    form: ProjectForm,
    base: Mapping[str, str] | None,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    chosen: Mapping[str, str],
) -> Comparison:
    """Compare what was read (``None``: nobody knows it any more), what ``theirs`` made of it and what ``mine`` did.

    ``chosen`` are choices that were made already, by the name of the field.
    """
    known: Mapping[str, str | None] = base if base is not None else dict.fromkeys(FIELDS)
    merged = merge(known, dict(theirs), dict(mine), together=(MONEY,))
    differences = []
    for name in FIELDS:
        if theirs[name] == mine[name]:
            continue
        conflict = name in merged.conflicts
        made = chosen.get(CHOOSE + name, "")
        if made not in (Side.THEIRS, Side.MINE):
            made = "" if conflict else merged.sides[name].value
        before, other, own = (in_words(form, name, side.get(name) or "") for side in (known, theirs, mine))
        shared = conflict and known.get(name) in (theirs[name], mine[name])
        differences.append(Difference(name, str(form.fields[name].label), before, other, own, conflict, made, shared))
    alike = tuple(
        str(form.fields[name].label) for name in FIELDS if base is not None and theirs[name] == mine[name] != base[name]
    )
    return Comparison(tuple(differences), alike)


def choose(comparison: Comparison, theirs: Mapping[str, str], mine: Mapping[str, str]) -> dict[str, str]:
    """The values that were chosen; where nothing was, what was typed stands."""
    return {
        **mine,
        **{each.name: theirs[each.name] for each in comparison.differences if each.chosen == Side.THEIRS},
    }
