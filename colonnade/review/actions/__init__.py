"""Every write about calls, proposals, the board and decisions, a module for each part of the way."""
