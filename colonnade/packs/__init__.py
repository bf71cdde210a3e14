"""Data packs: read, checked, loaded; and the illustrative portfolio."""
