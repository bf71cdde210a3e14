"""The library: what the work published, what oversight recommended, what was sent in for the report. All public."""
