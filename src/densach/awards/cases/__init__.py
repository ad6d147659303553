"""Complaints and denunciations about commendation; who brought one is known to whoever must know alone."""
