"""Tests of the log, its chain and its anchors."""
