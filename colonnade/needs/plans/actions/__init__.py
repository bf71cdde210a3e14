"""Every write about plans of action."""
