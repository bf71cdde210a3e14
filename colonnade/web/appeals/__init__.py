"""Pages of appeals: what is asked for, a page a project for a donor, what changed since the launch, coordination."""
