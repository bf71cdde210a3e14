"""Searching what a reader may see: words as typed, near words, half-remembered titles; lists and search read alike.

Everything is asked of a snapshot that is already opened for the reader, so that no word, count or order can say
anything about a row outside (section 5 of ``docs/architecture.md``).
"""
