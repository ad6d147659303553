"""What the forms of the lawyer's desk send: what was typed is kept, and each field says what is wrong with it."""
