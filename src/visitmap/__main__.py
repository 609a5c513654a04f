"""`python -m visitmap` is the same as `visitmap`."""

from visitmap.cli import main

main()
