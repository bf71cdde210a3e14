"""Released totals: what was released, by which rule, and how the secretariat proposes and approves it."""
