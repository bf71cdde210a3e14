"""Claims: the numbers that a published document states, and whether they agree.

A file ``claims.toml`` holds them as data: each number with its paragraph, its unit and the precision it is printed
with, the relations that should hold between them, and the other readings that may explain a disagreement. The modules:

``intervals``   exact arithmetic on what a printed number may stand for
``dates``       the same for dates
``model``       claims, lists, relations and readings as plain values
``loading``     reads the file; everything wrong with it is refused at once
``operands``    the sides of a relation: sums, shares, lengths of lists
``relations``   the kinds of relation, and the verdict on one
``check``       the disagreements, within the document and with the registry
``command``     ``colonnade report check``

Everything but ``command`` and the reading of files is pure.
"""
