"""Slips of paper with which people who have no e-mail get a role about themselves (docs/decisions/0018)."""
