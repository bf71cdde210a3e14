"""What became of entities: the forms of the secretariat, and the lines on the entity pages."""
