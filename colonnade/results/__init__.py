"""Events, publications, submissions and oversight recommendations."""
