"""Lists of records: one machinery for projects, needs and events, described by :class:`.model.ListOf`."""
