"""Published activities of the International Aid Transparency Initiative (IATI Standard 2.0x), read and mapped.

The reader follows the standard: one module per family of elements, each with the frozen dataclass of what it reads and
the function that reads it. :mod:`.activity` puts the families together and :mod:`.reading` streams files. Contact
persons, results, documents and conditions are not read. :mod:`.mapping` turns an activity into what the registry takes,
by rules that are data of the strategy.
"""
