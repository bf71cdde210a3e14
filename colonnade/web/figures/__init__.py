"""A page a figure: its value, its definition, its query, the records behind it. And the list of all of them."""
