"""``python -m proof [leakcheck|power|addresses]``: without a word, all probes. ``--help`` says more."""

import sys

from proof.process import prepare

if __name__ == "__main__":
    prepare()
    from proof.command import main

    sys.exit(main(sys.argv[1:]))
