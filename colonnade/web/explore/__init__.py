"""Explore: any measure by any dimensions, with a chart, an address that can be sent, and files."""
