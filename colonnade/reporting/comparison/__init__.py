"""Two builds of a report side by side: the figures that differ, and the records behind each difference.

:mod:`.figures` and :mod:`.records` compare plain values and read nothing; :mod:`.weights` says what each record adds
to a number; :mod:`.sides` and :mod:`.builds` fetch the values; :mod:`.telling` prints them for the command line.
"""
