"""Disclosure control: what can be derived about records that a reader may not see. Pure arithmetic, no database."""
