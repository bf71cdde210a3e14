"""How every record came to say what it says: a history each, and what changed lately, as far as a reader may see."""
