"""Pages of decisions on commendation, the register, its papers and the fund."""
