"""`python -m scraper scrape …`: the `buysignal` command line for a process without a terminal.

A job that a shell starts in the background is deaf to Ctrl+C, and so are its children; this one must hear it, because
that is how a run is asked to stop.
"""

import signal

from companion.cli import main

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(prog_name="buysignal")
