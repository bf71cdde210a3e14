"""The markup of what a page prints hundreds of: cells of tables, options of filters. Everything is escaped here.

In Python, because a template included for every cell took most of the time of every page: 2,000 templates a page.
The components that hold them are templates (``shared/table.html``, ``shared/filters.html``).
"""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from colonnade.web.shared.filters import Option
from colonnade.web.shared.numbers import CellView


def rows_markup(rows: Iterable[Iterable[CellView]]) -> SafeString:
    """The rows of a table's body or foot."""
    return _safe("\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows))


def cells_markup(cells: Iterable[CellView]) -> SafeString:
    """The cells of one row."""
    return _safe("".join(map(_cell, cells)))


def bar_markup(length: int, colour: str = "") -> SafeString:
    """A bar ``length`` of 100 long, in its own colour or the house's."""
    fill = f' fill="{escape(colour)}"' if colour else ' class="bar-part"'
    return _safe(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar-all" width="100" height="10"/><rect{fill} width="{int(length)}" height="10"/></svg>'
    )


def options_markup(name: str, options: Iterable[Option]) -> SafeString:
    """The options of a facet, a box to tick each."""
    return _safe("".join(_option(escape(name), option) for option in options))


def _cell(cell: CellView) -> str:
    if cell.header:
        return f'<th scope="row"{_class("here" if cell.here else "")}{_lang(cell)}>{_inside(cell)}</th>'
    if not cell.numeric:
        return f"<td{_lang(cell)}>{_inside(cell)}</td>"
    looks = (("here", cell.here), ("with-bar", cell.bar), (f"s{cell.shade}", cell.shade))
    names = " ".join(("n", *(name for name, has in looks if has)))
    bar = bar_markup(cell.bar) if cell.bar else ""
    return f"<td{_class(names)}>{bar}{_inside(cell)}</td>"


def _inside(cell: CellView) -> str:
    text = escape(cell.text)
    if cell.href:
        number = ' class="number"' if cell.numeric and not cell.header else ""
        current = ' aria-current="true"' if number and cell.here else ""
        inside = f'<a{number} dir="auto" href="{escape(cell.href)}"{current}>{text}</a>'
    else:
        inside = f"<bdi>{text}</bdi>"
    return f'{inside} <span class="quiet small"><bdi>{escape(cell.aside)}</bdi></span>' if cell.aside else inside


def _option(name: str, option: Option) -> str:
    checked = " checked" if option.selected else ""
    count = f' <span class="count">{option.count}</span>' if option.count is not None else ""
    return (
        f'<li><label><input type="checkbox" name="{name}" value="{escape(option.code)}"{checked}>'
        f" <bdi>{escape(option.title)}</bdi>{count}</label></li>"
    )


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _lang(cell: CellView) -> str:
    return f' lang="{escape(cell.lang)}"' if cell.lang else ""


def _safe(markup: str) -> SafeString:
    return mark_safe(markup)  # noqa: S308  # every text in it was escaped above
