"""Questions over a snapshot: which records, by what, measured how. Lists, facets, cross-tables and single numbers."""
