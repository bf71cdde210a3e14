"""Released totals: what is released, over which records, and whether it may be."""
