"""The trail of a computed figure down to its rows: who and what was counted, as of the moment when it was."""
