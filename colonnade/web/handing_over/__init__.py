"""A focal point who leaves hands over to a colleague."""
