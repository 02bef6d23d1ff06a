"""A trainer that does as the workspace's `script.json` says: a list of progress files, a pause after each, an exit status.

python scripted_trainer.py --workspace FOLDER
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from companion import training_progress
from companion.store import clock
from companion.training_progress import Progress

SCRIPT = "script.json"


def main(workspace: Path) -> int:
    script = json.loads((workspace / SCRIPT).read_text(encoding="utf-8"))
    print(script.get("says", ""), flush=True)
    for changes in script["steps"]:
        now = clock.now_ms()
        progress = Progress("run-1", os.getpid(), "running", "fine-tuning", 0, 100, None, now, now)
        training_progress.write(workspace / "trainings", replace(progress, **changes))
    time.sleep(script.get("pause", 0))
    return int(script.get("status", 0))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[sys.argv.index("--workspace") + 1])))
