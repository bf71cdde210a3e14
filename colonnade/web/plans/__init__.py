"""Plans of action: the list, the page of each, drafting, consents, versions, progress, the costed table."""
