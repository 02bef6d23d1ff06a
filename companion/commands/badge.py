"""`buysignal badge verify`: whether a creator's badge is what it says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from companion.commands.options import BadInputError, json_option
from companion.commands.saying import say


@click.group("badge", short_help="Check creators' badges.")
def badge() -> None:
    """Badges that BuySignal gives to consistent creators: signed files, readable by anybody who checks Open Badges 3.0."""


@badge.command("verify", short_help="Check the signature and dates of a badge.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def verify_command(file: Path, as_json: bool) -> None:
    """Check that the badge in FILE was not changed after it was signed, and that it is valid today.

    Whose key signed it, the fingerprint tells: compare it with the one that the giver of the badge shows. Exit status 2 when the badge
    is not valid.
    """
    from companion.quality.badges import MOST_BYTES, BadgeError, verify
    from companion.store import clock

    try:
        with file.open("rb") as stream:
            written = stream.read(MOST_BYTES + 1).decode("ascii")
        found = verify(written, clock.now_ms())
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file.name} is no signed badge; it holds other signs than a badge does") from error
    except OSError as error:
        raise BadInputError(f"{file.name} cannot be read ({error.strerror})") from error
    except BadgeError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    answer: dict[str, Any] = {
        "valid": True,
        "name": found.name,
        "holder": found.holder,
        "issuer": found.issuer,
        "valid_from": _day(found.valid_from),
        "valid_until": None if found.valid_until is None else _day(found.valid_until),
        "reason": found.reason,
        "fingerprint": found.fingerprint,
    }
    if as_json:
        click.echo(json.dumps(answer))
        return
    until = f" until {answer['valid_until']}" if answer["valid_until"] else ""
    say(f"Valid: {found.name}, for {found.holder}, from {answer['valid_from']}{until}")
    say(f"Why: {found.reason}")
    say(f"Signed by {found.issuer}, key {found.fingerprint}")


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
