"""The report as PDF/UA-1: tagged, with alternative texts, bookmarks and a title, equal on every machine.

Typst sets it with the fonts inside its wheel: no system font is looked at, and nothing is fetched.
"""

from colonnade.reporting.pdf.render import render_pdf

__all__ = ["render_pdf"]
