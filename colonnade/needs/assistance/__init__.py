"""Requests for assistance: the strategy's rules, who may do what, the table of steps, triage, twins, every write."""
