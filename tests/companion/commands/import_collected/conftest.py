"""Files of what others collected."""

import gzip
import json
import os

import pytest

from tests.companion.commands.import_collected.scene import AT, as_csv


@pytest.fixture
def written(tmp_path):
    """Writes a file of text, or of rows as JSON lines or CSV; all as old as each other, so that times do not differ."""

    def write(name, content):
        if isinstance(content, list):
            content = as_csv(content) if ".csv" in name else "".join(json.dumps(row) + "\n" for row in content)
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(gzip.compress(content.encode()) if name.endswith(".gz") else content.encode())
        os.utime(path, (AT, AT))
        return path

    return write
