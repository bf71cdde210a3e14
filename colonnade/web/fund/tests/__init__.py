"""Tests of the fund's pages."""
