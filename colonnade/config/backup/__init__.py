"""A backup of the whole registry in one file, and the way back; ``docs/decisions/0013-backup-by-copy.md`` says why so.

:mod:`manifest` is what a backup says of itself, :mod:`catalogue` what is in a database, :mod:`making` writes a file,
:mod:`archive` reads one and believes nothing, :mod:`restoring` lays it down again, all of it or nothing.
"""
