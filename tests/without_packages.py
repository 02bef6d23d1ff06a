"""The command line in a Python where named packages are not installed: a folder of links to all the others."""

import re
import subprocess
import sys
import sysconfig
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]


def buysignal(folder, missing, *args, workspace):
    """Run `buysignal` with these arguments in a process that finds every installed distribution but those named in `missing`."""
    links = folder / "packages"
    _link(links, set(missing))
    return subprocess.run(
        [sys.executable, "-S", "-m", "companion", *map(str, args), "--workspace", str(workspace)],
        env={"PYTHONPATH": f"{links}:{ROOT}", "PATH": "", "HOME": str(folder), "COLUMNS": "400"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _link(links, missing):
    site = Path(sysconfig.get_path("purelib"))
    found = {re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): one for one in distributions(path=[str(site)])}
    hidden = {file.parts[0] for name in missing for file in found[name].files}
    links.mkdir()
    for entry in site.iterdir():
        if entry.name not in hidden:
            (links / entry.name).symlink_to(entry)
