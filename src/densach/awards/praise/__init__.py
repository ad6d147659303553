"""Good examples and letters of praise: timely, without a decision, and in a register of their own."""
