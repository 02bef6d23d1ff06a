"""The companion as a process: starts, says where it is, keeps to this machine, stops cleanly."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.store import open_store
from tests.conftest import empty_store

ROOT = Path(__file__).parents[2]
READY = re.compile(r"^BuySignal companion ready at http://127\.0\.0\.1:(\d+)$")
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/open\?key=[\w-]{43})$")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from companion.cli import main; main()", *arguments]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


class Running:
    """A companion process, its port and its one-time path."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        arguments = command("serve", "--port", "0", "--no-browser", "--workspace", str(workspace))
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout
        ready = READY.match(self.process.stdout.readline())
        assert ready, self.process.communicate()
        self.port = int(ready.group(1))
        link = LINK.search(self.process.stdout.readline().strip())
        assert link
        self.path = link.group(1)

    def stop(self, number: signal.Signals) -> tuple[int, str, str]:
        """Send a signal; gives exit status, rest of the output and errors."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


@contextmanager
def companion_in(workspace: Path) -> Iterator[Running]:
    companion = Running(workspace)
    yield companion
    if companion.process.poll() is None:
        companion.process.kill()
        companion.process.communicate()


@pytest.fixture(scope="module")
def running(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One that no test stops; what they do to it stays between them and it."""
    with companion_in(empty_store(migrated, tmp_path_factory.mktemp("running") / "w").workspace.root) as companion:
        yield companion


@pytest.fixture
def stoppable(tmp_path: Path) -> Iterator[Running]:
    """One of the test's own, in a new workspace."""
    with companion_in(tmp_path / "w") as companion:
        yield companion


def test_it_answers_as_soon_as_it_says_so_and_its_link_works_once(stoppable: Running) -> None:
    assert get(stoppable.port, "/v1/health") == 200
    assert get(stoppable.port, stoppable.path) == 303
    assert get(stoppable.port, stoppable.path) == 403


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly(stoppable: Running, number: signal.Signals) -> None:
    status, out, err = stoppable.stop(number)
    assert (status, out, err) == (0, "BuySignal companion stopped.\n", "")
    assert not (stoppable.workspace / "buysignal.db-wal").exists()


def test_link_prints_a_fresh_one(running: Running) -> None:
    printed = run("link", "--workspace", str(running.workspace))
    found = LINK.search(printed.stdout.strip())
    assert found
    assert f":{running.port}/" in printed.stdout
    assert get(running.port, found.group(1)) == 303


def test_link_without_a_companion_says_so(tmp_path: Path) -> None:
    printed = run("link", "--workspace", str(tmp_path / "none"))
    assert printed.returncode == 2
    assert "buysignal serve" in printed.stderr
    assert not (tmp_path / "none").exists()


def test_it_listens_on_this_machine_only(running: Running) -> None:
    listening = Path("/proc/net/tcp").read_text().splitlines()
    mine = [line.split()[1] for line in listening if line.split()[1].endswith(f":{running.port:04X}") and line.split()[3] == "0A"]
    assert mine == [f"0100007F:{running.port:04X}"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "::", "localhost"])
def test_attack_17_any_other_address_is_refused(tmp_path: Path, host: str) -> None:
    result = run("serve", "--host", host, "--workspace", str(tmp_path / "w"))
    assert result.returncode == 2
    assert host in result.stderr


def test_a_port_taken_by_buysignal(running: Running, tmp_path: Path) -> None:
    result = run("serve", "--port", str(running.port), "--workspace", str(tmp_path / "other"))
    assert result.returncode == 2
    assert "runs on port" in result.stderr
    assert f"--port {running.port + 1}" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_port_taken_by_another_program(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = run("serve", "--port", str(other.getsockname()[1]), "--workspace", str(tmp_path / "w"))
    assert result.returncode == 2
    assert "taken by another program" in result.stderr
    assert not (tmp_path / "w").exists()


def test_one_companion_a_workspace(running: Running) -> None:
    result = run("serve", "--port", "0", "--workspace", str(running.workspace))
    assert result.returncode == 2
    assert f"http://127.0.0.1:{running.port}" in result.stderr


def test_a_workspace_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path / "w")
    with store.writing() as connection:
        connection.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('buysignal', 'm9999_future', '')")
    result = run("serve", "--port", "0", "--workspace", str(tmp_path / "w"))
    assert result.returncode == 2
    assert "update BuySignal" in result.stderr
    assert "Traceback" not in result.stderr
