"""Forms as Word files that people circulate and fill in: each field is a content control, found again by its tag."""
