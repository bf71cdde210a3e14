"""What speed costs: each benchmark prints sizes, times, peak memory, and the bound it is held against.

``make bench`` runs them all, each in a process of its own so that its peak memory is its own. Speed is printed here
and never asserted in a test.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")
django.setup()
