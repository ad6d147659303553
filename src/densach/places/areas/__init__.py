"""Kinds of area: which communes a decision of the State counts as region I, II, III, border or island, and when."""
