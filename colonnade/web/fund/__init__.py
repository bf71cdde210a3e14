"""The fund: what it holds and what is free, statements, pledges, entries, allocations, and forms of its keepers."""
