"""Requests for assistance, and to join programmes: the list, filing, the page of each, and every step."""
