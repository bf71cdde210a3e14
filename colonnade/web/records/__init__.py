"""A plain page for each other kind of record that a figure counts."""
