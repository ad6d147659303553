"""Good examples, letters of praise and published stories."""
