"""Two records of one project become one: what differs is chosen, what the other has moves, and nothing is deleted."""
