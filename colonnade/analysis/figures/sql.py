"""The SQL of a figure as text: parameters filled in as literals, and recognised again in a recorded query.

A parameter is written ``$inventory`` in a definition. Its value is a code made of small letters, digits and hyphens,
or nothing (``NULL``, which no row equals), so that filling it in is safe and the printed query runs as it stands.
"""

import re
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Final

from colonnade.analysis.figures.definition import FigureDefinition

Parameters = Mapping[str, str | None]

_PARAMETER: Final = re.compile(r"\$([a-z_]+)")
_VALUE: Final = re.compile(r"[a-z0-9-]+")
_LITERAL: Final = r"(?P<{name}>'[a-z0-9-]+'|NULL)"


class BadParameter(ValueError):
    """A parameter's value is not a code, or a figure asks for one that was not given."""


def fill_in(template: str, parameters: Parameters) -> str:
    """``template`` with every ``$name`` as a literal. Raises :class:`BadParameter`."""

    def literal(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parameters:
            raise BadParameter(f"no value for ${name}")
        value = parameters[name]
        if value is None:
            return "NULL"
        if not _VALUE.fullmatch(value):
            raise BadParameter(f"${name} is {value!r}: only a to z, 0 to 9 and hyphens are allowed")
        return f"'{value}'"

    return _PARAMETER.sub(literal, template)


def value_template(definition: FigureDefinition) -> str:
    """The figure's whole query, parameters not yet filled in."""
    return over_records(definition, definition.value)


def over_records(definition: FigureDefinition, query: str) -> str:
    """``query`` with the figure's ``records`` in front of it."""
    return f"WITH records AS (\n{textwrap.indent(definition.records, '  ')}\n)\n{query}"


def parameters_in(definition: FigureDefinition) -> frozenset[str]:
    """The names of the parameters that the figure's value depends on."""
    return _named_in(definition.records, definition.value)


@cache
def _named_in(records: str, value: str) -> frozenset[str]:
    return frozenset(_PARAMETER.findall(records)) | frozenset(_PARAMETER.findall(value))


def recognise(template: str, recorded: str) -> Parameters | None:
    """The parameters with which ``template`` becomes ``recorded``; ``None`` where it cannot become that."""
    pattern, end, named = "", 0, set[str]()
    for match in _PARAMETER.finditer(template):
        name = match.group(1)
        pattern += re.escape(template[end : match.start()])
        pattern += f"(?P={name})" if name in named else _LITERAL.format(name=name)
        named.add(name)
        end = match.end()
    found = re.fullmatch(pattern + re.escape(template[end:]), recorded)
    if found is None:
        return None
    return {name: None if text == "NULL" else text.strip("'") for name, text in found.groupdict().items()}
