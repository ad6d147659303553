"""`python -m densach` is the `densach` command."""

from densach.cli import main

main()
