"""The log of every change. Triggers in the database write it; see :mod:`colonnade.audit.models`."""
