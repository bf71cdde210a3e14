"""Overlap: pairs of projects of different entities that do nearly the same in the same place and time. Pure.

From records (``record.py``, ``record_file.py``) through words and places (``words.py``, ``places.py``) to columns
(``columns.py``); from those to candidates (``sketches.py``, ``forest.py``), to what speaks for and against each pair
(``likeness.py``), its probability (``model.py``), its kind (``kinds.py``) and its reasons (``reasons.py``).
:mod:`colonnade.analysis.overlap.index` joins them. Nothing here reads the registry: whoever asks hands over the
records that a reader may see, and no statistic rests on any other (docs/decisions/0025-overlap.md).
"""
