"""What everybody carries out together: pillars, themes, areas, mandates, instruments, safeguards."""
