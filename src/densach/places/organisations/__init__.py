"""Organisations over time, the bodies that every place of a level has, and who stands above whom in which line."""
