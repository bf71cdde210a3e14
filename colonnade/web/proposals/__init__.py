"""Calls for proposals, and proposals from the applicants' side: written in sections, checked beside, sent."""
