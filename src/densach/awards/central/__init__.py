"""What goes to the system of the centre, which is software of others, and what came back from it."""
