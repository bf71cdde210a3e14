"""What assessments of States found, and what answers it."""
