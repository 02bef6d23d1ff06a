"""The start page: what to do next, the code after a click, the moment a browser joins."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from companion.dashboard.extension_folder import built
from companion.services import Services
from tests.companion.browser import Paired
from tests.companion.dashboard.conftest import Press


def code_on(page: str) -> str | None:
    found = re.search(r'<p class="code"[^>]*>([A-Z0-9]{8})</p>', page)
    return found[1] if found else None


def test_no_code_before_the_click(entered: FlaskClient, services: Services) -> None:
    page = entered.get("/").text
    assert "Show pairing code" in page
    assert code_on(page) is None
    assert entered.get("/pairing").status_code == 286
    assert services.pairing.current() is None


def test_the_click_shows_the_code_that_is_good(entered: FlaskClient, services: Services, press: Press) -> None:
    assert press("/pairing").status_code == 303
    current = services.pairing.current()
    assert current is not None
    page = entered.get("/").text
    assert code_on(page) == current.code
    assert f'data-until="{current.expires_at}"' in page
    assert entered.get("/pairing?since=1").status_code == 200


def test_a_browser_that_joins_is_named_and_polling_ends(
    entered: FlaskClient, services: Services, press: Press, pair: Callable[..., Paired]
) -> None:
    press("/pairing")
    pair(name="Chrome <b>here</b>")
    answer = entered.get("/pairing?since=1")
    assert answer.status_code == 286
    assert "Connected: Chrome &lt;b&gt;here&lt;/b&gt;." in answer.text
    page = entered.get("/").text
    assert "You are set up" in page
    assert services.model.id in page


def test_an_older_pairing_is_not_taken_for_the_new_one(entered: FlaskClient, services: Services, pair: Callable[..., Paired]) -> None:
    pair()
    services.pairing.open()
    assert code_on(entered.get("/pairing?since=99999999999999").text) is not None


def test_a_code_that_ran_out_says_so(entered: FlaskClient, services: Services, press: Press) -> None:
    press("/pairing")
    services.pairing.close()
    answer = entered.get("/pairing?since=1")
    assert answer.status_code == 286
    assert "That code is over" in answer.text


def test_a_missing_build_is_seen(tmp_path: Path) -> None:
    assert not built("chrome", tmp_path).present
    folder = tmp_path / "chrome-mv3"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    found = built("chrome", tmp_path)
    assert (found.present, found.path.is_absolute()) == (True, True)


def test_the_tour_leads_to_every_room_that_answers_a_marketer(entered: FlaskClient) -> None:
    tour = entered.get("/").text.split('<ol class="tour">')[1].split("</ol>")[0]
    rooms = [address.split("?")[0] for address in re.findall(r'href="([^"]+)"', tour)]
    assert {"/comments", "/videos", "/creators", "/shop", "/hashtags", "/models", "/settings"} <= set(rooms)
    assert [entered.get(address, follow_redirects=True).status_code for address in rooms] == [200] * len(rooms)
