"""The report as a Word file: styles, numbering, fields, captions, and a content control around every number.

A draft that people have edited can be refreshed in place, because each number's control carries its tag.
"""

from colonnade.reporting.word.render import render_word

__all__ = ["render_word"]
