"""The door for colleagues on real sockets: TLS, what exists behind it, and what attackers on the network get."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from flask import Flask

from companion.config import Config
from companion.lan import address, certificate
from companion.lan.address import LanAddress
from companion.lan.serving import LanOptions, LanServer, NoAccountsError, Opening, prepare
from companion.store import Store, annotator_sessions, annotators, door_keys, open_store
from tests.labeling.accounts import PASSWORD, make

ROOT = Path(__file__).parents[2]
IP = "127.0.0.1"


@dataclass
class Colleague:
    """A browser on another computer, with cookies of its own."""

    opening: Opening
    cookies: dict[str, str] = field(default_factory=dict)

    @cached_property
    def line(self) -> HTTPSConnection:
        """Kept between requests, as browsers do; the certificate is checked against the one that was made."""
        trust = ssl.create_default_context(cafile=str(self.opening.certificate.certificate))
        return HTTPSConnection(IP, self.opening.address.port, context=trust, timeout=20)

    @property
    def origin(self) -> str:
        return f"https://{IP}:{self.opening.address.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, str]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        if method == "POST" and "Origin" not in sent:
            sent["Origin"] = self.origin
        self.line.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = self.line.getresponse()
        text = answer.read().decode()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer, text

    def get(self, path: str, **headers: str) -> int:
        return self.ask("GET", path, **headers)[0].status

    def form(self, path: str, **fields: str) -> HTTPResponse:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", "/label/login")[1])
        assert found
        body = urlencode({"csrf_token": found[1], **fields}).encode()
        return self.ask("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})[0]

    def log_in(self, name: str, password: str = PASSWORD) -> int:
        return self.form("/label/login", name=name, password=password, next="/label/mine").status


@pytest.fixture
def opening(app: Flask, store: Store) -> Iterator[Opening]:
    """The door, open at this computer's own address, for Mia and the admin Ada."""
    make(store, "Mia")
    make(store, "Ada", "admin")
    made = prepare(store, LanOptions(LanAddress(IP, 0, ("labels.example.lan",))))
    server = made.serve(app, Config(workspace=store.workspace.root, idle_seconds=3))
    server.start()
    yield made
    server.close()


@pytest.fixture
def mia(opening: Opening, store: Store) -> Colleague:
    """Mia's browser, logged in."""
    with store.writing() as writer:
        person = annotators.by_name(writer, "Mia")
        assert person
        return Colleague(opening, {"__Host-buysignal-person": annotator_sessions.begin(writer, person.id)})


def raw(opening: Opening, request: bytes, wait: float = 5) -> bytes:
    """Bytes over TLS, as no browser would send them."""
    context = ssl._create_unverified_context()  # noqa: S323
    with socket.create_connection((IP, opening.address.port), timeout=wait) as plain, context.wrap_socket(plain) as tls:
        tls.sendall(request)
        answer = b""
        with contextlib.suppress(OSError):
            while piece := tls.recv(65536):
                answer += piece
        return answer


def test_colleagues_log_in_over_tls_and_get_a_cookie_for_tls_only(opening: Opening) -> None:
    colleague = Colleague(opening)
    page, text = colleague.ask("GET", "/")
    assert (page.status, page.headers["Location"]) == (303, "/label")
    assert colleague.ask("GET", "/label/mine")[0].headers["Location"] == "/label/login?next=/label/mine"
    answer = colleague.form("/label/login", name="Mia", password=PASSWORD, next="/label/mine")
    assert (answer.status, answer.headers["Location"]) == (303, "/label/mine")
    for cookie in answer.msg.get_all("Set-Cookie") or []:
        assert cookie.startswith("__Host-"), cookie
        for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            assert word in cookie
    page, text = colleague.ask("GET", "/label/mine")
    assert page.status == 200
    assert "Log out" in text
    assert "Everything stays on the computer that serves this page." in text
    assert 'href="/settings"' not in text
    assert colleague.form("/label/logout").status == 303
    assert colleague.get("/label/api/session") == 401


def test_every_answer_has_the_usual_headers_and_no_promise_that_a_self_made_certificate_cannot_keep(mia: Colleague) -> None:
    for path in ("/label/mine", "/label/login", "/label/nothing", "/settings"):
        headers = mia.ask("GET", path)[0].headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers
        assert "Access-Control-Allow-Origin" not in headers
        assert "Server" not in headers


def test_style_sheets_and_scripts_of_the_pages_are_there(mia: Colleague) -> None:
    _, text = mia.ask("GET", "/label/mine")
    assets = re.findall(r'(?:href|src)="(/assets/[^"]+|/label/assets/[^"]+)"', text)
    assert len(assets) > 5
    for path in assets:
        assert mia.get(path) == 200, path


def test_nothing_but_labeling_exists_there_even_for_an_admin_with_the_owners_dashboard_cookie(
    opening: Opening, app: Flask, store: Store
) -> None:
    """The owner's session cookie, carried to the other door under whatever name, opens nothing."""
    owner = app.test_client()
    with store.writing() as writer:
        key = door_keys.mint(writer)
    assert owner.get(f"/open?key={key}").status_code == 303
    cookie = owner.get_cookie("buysignal_8765")
    assert cookie
    ada = Colleague(opening)
    ada.log_in("Ada")
    thief = Colleague(opening, {"__Host-buysignal": cookie.value, "buysignal_8765": cookie.value})
    assert thief.get("/label/mine") == 303
    assert thief.get("/label/api/session") == 401
    rules = {rule.rule for rule in app.url_map.iter_rules() if "<" not in rule.rule}
    outside = {rule for rule in rules if not rule.startswith("/label")} - {"/"}
    assert {"/v1/health", "/v1/score", "/v1/pair", "/settings", "/open", "/comments"} <= outside
    for path in sorted(outside):
        assert {who.get(path) for who in (ada, thief)} == {404}, path
        assert ada.ask("POST", path, b"{}", **{"Content-Type": "application/json"})[0].status == 404, path


PATH_TRICKS = [
    "/label/../v1/health",
    "/label/..%2fv1/health",
    "/label/%2e%2e/v1/health",
    "/label/%252e%252e/v1/health",
    "/label//../settings",
    "/label\\..\\settings",
    "/label/%5c..%5csettings",
    "/Label",
    "/labels",
    "/label%00/../v1/health",
    "/label;/../settings",
    "/./v1/health",
    "//v1/health",
    "/v1/health",
    "/V1/health",
    "/%76%31/health",
    "/assets/../settings",
    "/assets/%2e%2e/%2e%2e/config.py",
    "/assets/..%2f..%2fconfig.py",
    "/collect/assets/collect.css",
    "/label/assets/../access.py",
    "/label/assets/%2e%2e/access.py",
    "/settings?/label",
    "/settings#/label",
    "/label/%0d%0aSet-Cookie:x=1",
]


def test_path_tricks_lead_nowhere(opening: Opening, mia: Colleague) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in mia.cookies.items())
    host = f"{IP}:{opening.address.port}"
    for path in PATH_TRICKS:
        answer = raw(opening, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode())
        assert re.match(rb"HTTP/1\.1 (400|404) ", answer), (path, answer[:200])
        assert b"Set-Cookie:x" not in answer


def test_a_whole_address_in_the_request_line_leads_to_the_same_pages_only(opening: Opening, mia: Colleague) -> None:
    host = f"{IP}:{opening.address.port}"
    for target in (f"http://{host}/v1/health", "http://127.0.0.1:8765/v1/health", "https://evil.example/settings"):
        answer = raw(opening, f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 404 "), target


HOST_TRICKS = [
    "rebind.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "localhost:{port}",
    "127.0.0.1.evil.example:{port}",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}.evil.example",
    "127.0.0.1:{port}, evil.example",
    "",
    " ",
]


def test_names_that_only_tricks_lead_here_are_refused(opening: Opening) -> None:
    for host in HOST_TRICKS:
        named = host.format(port=opening.address.port)
        answer = raw(opening, f"GET /label/login HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 400 "), (host, answer[:100])


def test_two_hosts_or_none_are_refused(opening: Opening) -> None:
    own = f"Host: {IP}:{opening.address.port}\r\n"
    for hosts in ("", own + "Host: evil.example\r\n", own + f"Host: {IP}:{opening.address.port}\r\n"):
        answer = raw(opening, f"GET /label/login HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 400 "), hosts


def test_names_that_the_owner_gave_lead_here(opening: Opening) -> None:
    host = f"Labels.Example.lan:{opening.address.port}"
    answer = raw(opening, f"GET /label/login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_headers_of_proxies_change_nothing(mia: Colleague) -> None:
    """They would choose the address that tries are counted for, or the host that links lead to."""
    forged = {"X-Forwarded-For": "10.0.0.9", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Buysignal.Lan": ""}
    assert mia.get("/v1/health", **forged) == 404
    answer, text = mia.ask("GET", "/label/mine", **forged)
    assert answer.status == 200
    assert "evil.example" not in text


def test_posts_need_our_own_origin(mia: Colleague) -> None:
    csrf = json.loads(mia.ask("GET", "/label/api/session")[1])["csrf"]
    body = json.dumps({"task": "t", "state": "working"}).encode()

    def status(**headers: str) -> int:
        return mia.ask("POST", "/label/api/time", body, **{"Content-Type": "application/json", "X-CSRFToken": csrf, **headers})[0].status

    assert status() == 200
    for origin in ("https://evil.example", "null", mia.origin.replace("https", "http"), f"https://{IP}", ""):
        assert status(Origin=origin) == 403, origin
    assert status(**{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status(**{"X-CSRFToken": ""}) == 403
    preflight = mia.ask("OPTIONS", "/label/api/time", Origin="https://evil.example")[0]
    assert preflight.status == 403
    assert "Access-Control-Allow-Origin" not in preflight.headers


def test_guessing_from_one_computer_is_slowed_down_whatever_it_claims_to_be(opening: Opening) -> None:
    def guess(number: int) -> int:
        colleague = Colleague(opening)
        found = re.search(r'name="csrf_token" value="([^"]+)"', colleague.ask("GET", "/label/login")[1])
        assert found
        body = urlencode({"csrf_token": found[1], "name": "Ada", "password": f"guess number {number}"}).encode()
        forged = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": f"10.0.0.{number}"}
        return colleague.ask("POST", "/label/login", body, **forged)[0].status

    assert [guess(number) for number in range(7)] == [401] * 5 + [429] * 2


def test_too_large_a_body_is_refused(opening: Opening, mia: Colleague) -> None:
    for path, size in (("/label/login", 20_000), ("/label/api/time", 300_000), ("/label/mine/pause", 1_200_000)):
        sender = Colleague(opening, dict(mia.cookies))
        with contextlib.suppress(OSError):  # waitress may hang up before it has read all of it
            assert sender.ask("POST", path, b"x" * size, **{"Content-Type": "application/json"})[0].status in (403, 413), path
    assert mia.get("/label/mine") == 200


def test_half_open_connections_stop_nobody_else(opening: Opening, mia: Colleague) -> None:
    """A port scan, or a laptop that went to sleep in its handshake: where TLS is made in one thread, this stops everybody."""
    silent = [socket.create_connection((IP, opening.address.port)) for _ in range(10)]
    begin = time.monotonic()
    assert Colleague(opening, dict(mia.cookies)).get("/label/mine") == 200
    assert time.monotonic() - begin < 5  # a handshake may take ten seconds; these ten would take a hundred
    for connection in silent:
        connection.close()


def test_one_computer_gets_no_more_than_its_share_of_connections(opening: Opening, mia: Colleague) -> None:
    opened = [socket.create_connection((IP, opening.address.port)) for _ in range(30)]
    time.sleep(0.3)
    closed = 0
    for connection in opened:
        connection.settimeout(0.2)
        try:
            closed += connection.recv(1) == b""
        except TimeoutError:
            pass
        except OSError:
            closed += 1
    assert closed >= 6
    for connection in opened:
        connection.close()
    time.sleep(0.3)
    assert Colleague(opening, dict(mia.cookies)).get("/label/mine") == 200


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_plain_http_and_old_tls_get_nothing(opening: Opening) -> None:
    with socket.create_connection((IP, opening.address.port), timeout=5) as plain:
        plain.sendall(b"GET /label/login HTTP/1.1\r\nHost: x\r\n\r\n")
        with contextlib.suppress(OSError):
            assert b"HTTP" not in plain.recv(1000)
    old = ssl._create_unverified_context()  # noqa: S323
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(OSError), socket.create_connection((IP, opening.address.port), timeout=5) as plain:  # noqa: PT011
        old.wrap_socket(plain)


def test_the_port_behind_the_tls_answers_to_the_front_only(app: Flask, store: Store) -> None:
    make(store, "Mia")
    made = prepare(store, LanOptions(LanAddress(IP, 0)))
    server: LanServer = made.serve(app, Config(workspace=store.workspace.root))
    server.start()
    try:
        connection = HTTPConnection(IP, server._inner.getsockname()[1], timeout=5)
        connection.request("GET", "/label/login", headers={"Host": f"{IP}:{made.address.port}"})
        assert connection.getresponse().status == 403
        connection.close()
        assert Colleague(made).get("/label/login") == 200
    finally:
        server.close()


def test_a_slow_body_is_dropped_and_others_are_served(opening: Opening, mia: Colleague) -> None:
    context = ssl._create_unverified_context()  # noqa: S323
    host = f"{IP}:{opening.address.port}"
    with socket.create_connection((IP, opening.address.port), timeout=15) as plain, context.wrap_socket(plain) as tls:
        tls.sendall(f"POST /label/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\nx".encode())
        assert mia.get("/label/mine") == 200
        assert tls.recv(100) == b""  # dropped after the idle time


def test_many_colleagues_are_served_at_once(mia: Colleague) -> None:
    def look(_number: int) -> int:
        return Colleague(mia.opening, dict(mia.cookies)).get("/label/mine")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(look, range(24))) == {200}


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


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from companion.cli import main; main()", *arguments]


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
