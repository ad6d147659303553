"""Councils of emulation and commendation: who sits in them, what they read, how they vote, and their minutes."""
