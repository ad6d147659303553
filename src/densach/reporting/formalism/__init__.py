"""Leads against formalism: where those above communes may look, for whoever verifies there and for nobody else."""
