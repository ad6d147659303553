"""The kept rows."""
