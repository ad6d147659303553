"""Sums of accepted figures: worked out by the database, and those of provinces and the country kept ready."""
