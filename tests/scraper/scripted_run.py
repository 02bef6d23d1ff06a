"""A run that does as the workspace's `script.json` says, with the real store, lock and exit statuses.

Keys: `says` (printed), `status` (ends with it before there is a run), `quiet` (seconds before there is one), `state` and
`reason` (noted once it is at work), `lasts` (seconds of work), `ends` (its last state). SIGINT pauses it with status 75.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

from companion.store import clock, open_store, runs, tasks
from companion.store.file_lock import exclusive
from companion.store.runs import Run, Standing
from companion.store.tasks import Wanted
from scraper.process import lock_content, lock_path

SCRIPT = "script.json"


def main(arguments: list[str]) -> int:
    kind, workspace = arguments[1], Path(arguments[arguments.index("--workspace") + 1])
    targets = arguments[arguments.index("--") + 1 :] if "--" in arguments else []
    plan = json.loads((workspace / SCRIPT).read_text())
    (workspace / "asked.json").write_text(json.dumps(arguments))
    print(plan.get("says", "hello"), flush=True)
    if "status" in plan:
        return int(plan["status"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    store = open_store(workspace)
    try:
        time.sleep(plan.get("quiet", 0))
        with store.writing() as connection:
            known = runs.resumable(connection, kind, targets)
            run = known or Run(f"run-{clock.now_ms()}", kind, tuple(targets), clock.now_ms(), clock.now_ms())
            if known is None:
                runs.start(connection, run)
                wanted = [Wanted("video", "7300000000000000001", "brightbuys"), Wanted("video", "7300000000000000002")]
                tasks.add(connection, run.id, wanted)
            runs.note(connection, run.id, Standing(plan.get("state", "running"), "ok", plan.get("reason", "")), clock.now_ms())
            first = tasks.of_run(connection, run.id)[0]
            tasks.begin(connection, first.id, clock.now_ms())
            tasks.count(connection, first.id, comments_found=7, comments_new=7)
    except KeyboardInterrupt:
        return 75
    state, status = plan.get("ends", "finished"), 0
    with exclusive(lock_path(store.workspace), wait=False, content=lock_content(run.id)):
        try:
            time.sleep(plan.get("lasts", 0))
        except KeyboardInterrupt:
            state, status = "paused", 75
        with store.writing() as connection:
            runs.note(connection, run.id, Standing(state, "ok", "stopped by you" if status else ""), clock.now_ms())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
