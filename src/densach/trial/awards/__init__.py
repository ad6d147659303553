"""Commendation in the demonstration: dossiers, councils, decisions, money, good examples; all by every day's events."""
