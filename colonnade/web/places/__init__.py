"""States and regions: who gets what, where, and who gets nothing; a page each, and the brief of a State."""
