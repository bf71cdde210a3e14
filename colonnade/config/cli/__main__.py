"""``python -m colonnade.config.cli``: the same as the command ``colonnade``."""

import sys

from colonnade.config.cli.main import main

sys.exit(main())
