"""What a State and its assessors say to each other about a recommendation."""
