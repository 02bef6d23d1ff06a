"""``python -m tests.replica``: serve the replica by hand and print where it stands."""

import argparse
import threading
from typing import get_args

from tests.replica.server import Replica
from tests.replica.state import Layout, Theme


def main() -> None:
    """Start the replica and keep it up until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port (default)")
    parser.add_argument("--layout", choices=get_args(Layout), default="g4")
    parser.add_argument("--theme", choices=get_args(Theme), default="light")
    options = parser.parse_args()
    with Replica(port=options.port) as replica:
        replica.configure(layout=options.layout, theme=options.theme)
        print(f"Replica ready at https://127.0.0.1:{replica.port}/foryou", flush=True)
        print("As www.tiktok.com, start Chromium with:", flush=True)
        print("  chromium --user-data-dir=$(mktemp -d)", *map(repr, replica.chromium_arguments()), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("Replica stopped.")


if __name__ == "__main__":
    main()
