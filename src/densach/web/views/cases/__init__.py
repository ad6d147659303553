"""Pages of complaints and denunciations, for those who hear them."""
