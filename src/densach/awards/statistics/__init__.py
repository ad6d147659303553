"""Awards counted as Thông tư 02/2023/TT-BNV counts them, and who is among those put forward and awarded."""
