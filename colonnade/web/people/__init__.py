"""Signing in and out, and, in a demonstration, stepping in as one of its people."""
