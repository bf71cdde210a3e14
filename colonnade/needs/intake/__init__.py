"""Assessments and recommendations from a workbook: what stands, what it would change, and taking it in."""
