"""A page a project: everything known of it, as far as the reader may see."""
