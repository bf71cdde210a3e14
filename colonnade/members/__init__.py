"""Entities, working groups, people, and the roles that make a person a viewer."""
