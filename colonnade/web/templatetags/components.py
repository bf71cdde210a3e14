"""Template tags of the components that are written in Python (:mod:`colonnade.web.shared.markup`)."""

from django import template

from colonnade.web.shared.markup import bar_markup, cells_markup, options_markup, rows_markup

register = template.Library()
register.simple_tag(rows_markup, name="rows")
register.simple_tag(cells_markup, name="cells")
register.simple_tag(options_markup, name="options")
register.simple_tag(bar_markup, name="bar")
