"""The proof that nothing leaks: worlds that differ only in what a reader may not see, and answers that do not differ.

``python -m proof leakcheck`` takes a sample, ``python -m proof`` all of it, ``python -m proof power`` plants leaks and
counts how many are caught. ``docs/decisions/0015-twin-worlds.md`` says why it is made like this.
"""
