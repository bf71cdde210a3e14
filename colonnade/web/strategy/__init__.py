"""The strategy and who carries it out: its parts (pillars to programmes), its resolutions, the entities."""
