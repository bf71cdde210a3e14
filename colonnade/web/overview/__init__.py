"""The home page: what this is, and the headline figures."""
