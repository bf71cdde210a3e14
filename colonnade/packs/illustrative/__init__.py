"""The illustrative portfolio: invented records that, counted by the ordinary figures, give the published numbers.

:mod:`vocabulary` reads what to add up to and what to speak of from the pack; :mod:`generate` makes the records, pure
and from a seed; :mod:`recording` stores them through the ordinary actions. ``docs/illustrative-portfolio.md`` says
what is invented.
"""
