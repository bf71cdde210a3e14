"""Assessments and recommendations as a workbook that people fill in: written with what stands, and read back."""
