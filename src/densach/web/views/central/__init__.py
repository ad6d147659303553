"""What goes to the system of the centre."""
