"""Commendation (khen thưởng): from a nomination to the award, by the law of its day; never mixed with recognition."""
