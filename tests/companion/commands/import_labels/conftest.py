"""Files of labels."""

import gzip

import pytest

from tests.companion.commands.import_labels.scene import jsonl


@pytest.fixture
def written(tmp_path):
    """Writes rows as JSON lines; a row may be a raw line."""

    def write(*rows, name="labels.jsonl"):
        path = tmp_path / name
        content = jsonl(rows)
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write
