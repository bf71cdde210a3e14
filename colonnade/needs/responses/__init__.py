"""Responses of projects to needs: who may do what, the table of steps, and every write."""
