"""The pages of the lawyer's desk."""
