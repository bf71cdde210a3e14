"""The command line: ``colonnade COMMAND``, each with ``--help``.

Exit status 0: fine; 1: the command found something to report; 2: it could not run. Errors name the file, the row and
the mend.
"""

from colonnade.config.cli.main import main

__all__ = ["main"]
