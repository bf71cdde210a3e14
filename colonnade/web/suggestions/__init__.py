"""Suggestions: projects for a need and needs for a project, each with its reasons, to claim or to dismiss."""
