"""Tests of the pages in a real browser, over the demonstration that a newcomer gets."""
