"""`python -m companion` is `buysignal`."""

from companion.cli import main

main(prog_name="buysignal")
