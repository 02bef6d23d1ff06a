"""The replica as its own process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.replica.__main__ import rule, setting, world_size
from tests.replica.asking import comments, get
from tests.replica.item_shapes import tag_id
from tests.replica.refusals import Rule

ROOT = Path(__file__).parents[2]


def test_it_says_where_it_stands_and_ends_when_asked() -> None:
    command = [sys.executable, "-m", "tests.replica", "--port", "0", "--world", "20x30", "--layout", "g2", "--special", "--json"]
    command += ["--set", "tag_limit=12", "--refuse", "comments:empty:3+"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as running:
        assert running.stdout is not None
        said = json.loads(running.stdout.readline())
        listed = json.loads(get(said["port"], f"/api/challenge/item_list/?challengeID={tag_id('lamptok')}&count=30&cursor=0").body)
        answers = [bool(get(said["port"], comments(listed["itemList"][0]["id"])).body) for _ in range(4)]
        running.send_signal(signal.SIGINT)
        assert running.stdout.read() == "Replica stopped.\n"
        assert running.wait(10) == 0
    assert (len(listed["itemList"]), listed["hasMore"]) == (12, False)
    assert answers == [True, True, False, False]
    assert said["url"] == "https://www.tiktok.com/tag/lamptok"
    assert any(f"127.0.0.1:{said['port']}" in argument for argument in said["chromium_arguments"])


def test_options_are_read_as_they_are_written() -> None:
    assert world_size("200x300") == (200, 300)
    assert [setting(text) for text in ("tag_limit=60", "grid_opens=overlay")] == [("tag_limit", 60), ("grid_opens", "overlay")]
    assert rule("comments:empty:3+") == Rule("comments", "empty", at=3, times=None)
    assert rule("page:challenge_flash") == Rule("page", "challenge_flash")
    with pytest.raises(ValueError, match="="):
        setting("tag_limit")
