"""Commendation: what is put forward, its dossier, the rounds."""
