"""The filter bar of a list: what can be chosen, what is chosen, and the links that take a choice back.

A form without scripts: every choice is a parameter of the address, so that a filtered list can be sent to somebody.
A facet's parameter is repeated for several codes; ``-`` is not reported; ``!`` before a code takes it out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import EXCEPT, NOT_REPORTED
from colonnade.web.shared.parameters import Pair, address_of, pairs_in
from colonnade.web.shared.selections import ALL

#: How many options of a facet stand open; the others are one click away, and what is chosen is always among them.
SHOWN: Final = 8

Counts = Iterable[tuple[str | None, int]]


@dataclass(frozen=True, slots=True)
class Option:
    """A code that can be chosen. ``count`` is how many records have it under the other filters."""

    code: str
    title: str
    count: int | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet: ``options`` stand open, ``more`` behind a click. ``open`` where something in it is chosen."""

    name: str
    title: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()

    @property
    def selected(self) -> tuple[Option, ...]:
        """What is chosen: always among the ``options``."""
        return tuple(option for option in self.options if option.selected)

    @property
    def open(self) -> bool:
        return bool(self.selected)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a field with a list."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field that takes a text (``search``), a ``date``, or one of ``choices``. A field with choices has no chip:
    one of them always holds."""

    name: str
    title: str
    kind: str = "search"
    value: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: ``of`` is what it filters by; the link is the same list without it."""

    text: str
    remove_href: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class FilterBar:
    """Everything the component prints. ``hidden`` are the parameters that a new choice must not lose."""

    action: str
    groups: tuple[FacetGroup, ...]
    fields: tuple[FilterField, ...]
    chips: tuple[Chip, ...]
    hidden: tuple[Pair, ...]
    clear_href: str

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.chips)


def facet_group(
    name: str,
    title: str,
    counts: Counts,
    titles: Mapping[str, str],
    selected: Sequence[str],
    *,
    shown: int = SHOWN,
) -> FacetGroup:
    """The facet ``name``: its codes in the order of ``counts`` (``None`` is not reported, and stands last), with the
    ``titles`` of codes; a code without one is its own title.

    The ``shown`` most frequent stand open, and every ``selected`` code with them, even one that no record has.
    """
    found: dict[str, int] = {}
    for code, count in counts:
        found[NOT_REPORTED if code is None else code] = count
    order = [code for code in found if code != NOT_REPORTED] + [NOT_REPORTED] * (NOT_REPORTED in found)
    chosen = list(dict.fromkeys(selected))
    unknown = [code for code in chosen if code not in found]
    options = [
        Option(
            code,
            title_of(code, titles),
            found.get(code, None if code.startswith(EXCEPT) or code == ALL else 0),
            code in chosen,
        )
        for code in [*unknown, *order]
    ]
    frequent = sorted(order, key=lambda code: -found[code])[:shown]
    return FacetGroup(
        name,
        title,
        tuple(option for option in options if option.selected or option.code in frequent),
        tuple(option for option in options if not option.selected and option.code not in frequent),
    )


def title_of(code: str, titles: Mapping[str, str]) -> str:
    """A filter's code in words."""
    if code.startswith(EXCEPT):
        return _("not: %(title)s") % {"title": title_of(code.removeprefix(EXCEPT), titles)}
    if code == ALL:
        return _("any")
    return titles.get(code, _("Not reported") if code == NOT_REPORTED else code)


def filter_bar(
    query: QueryDict,
    groups: Sequence[FacetGroup] = (),
    fields: Sequence[FilterField] = (),
    *,
    path: str = "",
    keep: Iterable[str] = (),
) -> FilterBar:
    """The bar over a list at ``path`` (empty: the page itself), as the parameters in ``query`` have it.

    Parameters that no group or field shows go along hidden; those named in ``keep`` (an order, columns, an inventory)
    outlive "Clear", the others do not. Parameters that filter but are not shown should have a chip: pass a group for
    them, without counts if need be.
    """
    filled = tuple(field if field.value else replace(field, value=query.get(field.name, "")) for field in fields)
    shown = {group.name for group in groups} | {field.name for field in fields}
    whole = pairs_in(query)
    chips = [
        Chip(field.value, _without(whole, (field.name, field.value), path), field.title)
        for field in filled
        if field.value and not field.choices and (field.name, field.value) in whole
    ] + [
        Chip(option.title, _without(whole, (group.name, option.code), path), group.title)
        for group in groups
        for option in group.selected
    ]
    lasting = {*keep, *(field.name for field in fields if field.choices)}
    return FilterBar(
        action=path,
        groups=tuple(group for group in groups if group.options),
        fields=filled,
        chips=tuple(chips),
        hidden=tuple(pair for pair in whole if pair[0] not in shown),
        clear_href=address_of([pair for pair in whole if pair[0] in lasting], path),
    )


def _without(whole: Sequence[Pair], taken: Pair, path: str) -> str:
    return address_of([pair for pair in whole if pair != taken], path)
