"""Extra access in an emergency: taking it, ending it, and what was read under it."""
