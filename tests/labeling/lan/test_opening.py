"""Opening the door: certificate, address, accounts, and the command that does it."""

from __future__ import annotations

import re
import signal
import ssl
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from companion.lan import address, certificate
from companion.lan.address import LanAddress
from companion.lan.serving import LanOptions, NoAccountsError, Opening, prepare
from companion.store import Store, open_store
from tests.labeling.accounts import make
from tests.labeling.lan.colleague import IP

ROOT = Path(__file__).parents[3]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from companion.cli import main; main()", *arguments]


def test_the_certificate_is_private_names_the_address_and_stays_the_same(opening: Opening, store: Store) -> None:
    found = x509.load_pem_x509_certificate(opening.certificate.certificate.read_bytes())
    assert found.fingerprint(hashes.SHA256()).hex(":").upper() == opening.certificate.fingerprint
    assert opening.certificate.fingerprint in "\n".join(opening.lines())
    for path, mode in ((opening.certificate.key, 0o600), (opening.certificate.certificate, 0o600), (opening.certificate.key.parent, 0o700)):
        assert path.stat().st_mode & 0o777 == mode
    folder = opening.certificate.key.parent
    assert certificate.kept(folder, IP, ("labels.example.lan",)).fingerprint == opening.certificate.fingerprint
    other = certificate.kept(folder, "192.168.7.7")
    assert other.fingerprint != opening.certificate.fingerprint  # another address: a new one
    other.key.chmod(0o644)
    assert certificate.kept(folder, "192.168.7.7").fingerprint != other.fingerprint  # a key that others could read is not used again


def test_ones_own_certificate_is_used_and_its_names_lead_here(tmp_path: Path, store: Store) -> None:
    make(store, "Mia")
    mine = certificate.kept(tmp_path / "mine", "10.1.1.1", ("labels.corp.example",))
    made = prepare(store, LanOptions(LanAddress(IP, 0), mine.certificate, mine.key))
    made.listener.close()
    assert made.certificate.fingerprint == mine.fingerprint
    assert f"labels.corp.example:{made.address.port}" in made.address.hosts
    another = certificate.kept(tmp_path / "another", "10.1.1.1")
    with pytest.raises(certificate.CertificateError, match="cannot be used together"):
        prepare(store, LanOptions(LanAddress(IP, 0), mine.certificate, another.key))
    with pytest.raises(certificate.CertificateError, match="cannot be read"):
        prepare(store, LanOptions(LanAddress(IP, 0), tmp_path / "none.pem", mine.key))


@pytest.mark.parametrize("ip", ["0.0.0.0", "8.8.8.8", "224.0.0.1", "255.255.255.255", "::", "::1", "localhost", "192.168.1", "1", ""])
def test_only_one_local_address_can_be_opened(ip: str) -> None:
    with pytest.raises(address.BadAddressError):
        address.checked(ip)


@pytest.mark.parametrize("name", ["*.example.lan", "localhost", "a b", "x" * 64, "10.0.0.1", "", "-a", "http://x"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(address.BadAddressError):
        address.checked_name(name)


def test_without_accounts_the_door_stays_closed(store: Store) -> None:
    with pytest.raises(NoAccountsError, match="people add NAME"):
        prepare(store, LanOptions(LanAddress(IP, 0)))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lan", "0.0.0.0"], "every network at once"),
        (["--lan", "203.0.113.9"], "cannot be used"),
        (["--lan", "127.0.0.1"], "needs accounts"),
        (["--cert", "x.pem"], "belong to --lan"),
        (["--lan", "127.0.0.1", "--cert", "x.pem"], "belong together"),
    ],
)
def test_a_door_that_cannot_be_opened_is_said_in_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    store = open_store(tmp_path / "w")
    if said == "cannot be used":
        make(store, "Mia")
    line = command("serve", "--port", "0", "--no-browser", "--lan-port", "0", "--workspace", str(tmp_path / "w"), *arguments)
    ended = subprocess.run(line, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "w" / "lan").exists() or said == "cannot be used"


def test_serve_opens_both_doors_says_so_and_stops_cleanly(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    make(open_store(workspace), "Mia")
    line = command("serve", "--port", "0", "--no-browser", "--lan", IP, "--lan-port", "0", "--workspace", str(workspace))
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(6)]
        home = re.search(r"http://127\.0\.0\.1:(\d+)$", said[0].strip())
        port = re.match(r"Colleagues label at https://127\.0\.0\.1:(\d+)/$", said[2].strip())
        assert home, said
        assert port, said
        assert "labeling pages" in said[3]
        shown = re.search(r"SHA-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$", said[5].strip())
        assert shown, said
        pem = ssl.get_server_certificate((IP, int(port[1])))
        assert x509.load_pem_x509_certificate(pem.encode()).fingerprint(hashes.SHA256()).hex(":").upper() == shown[1]
        plain = HTTPConnection(IP, int(home[1]), timeout=10)
        plain.request("GET", "/v1/health")
        assert plain.getresponse().status == 200
        plain.close()
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "stopped" in out
    assert err == ""
