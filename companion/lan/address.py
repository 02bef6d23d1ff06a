"""Which address of this computer colleagues may use, and which names lead to it."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\Z")


class BadAddressError(ValueError):
    """This address cannot be opened to colleagues; the message says why and what to write."""


@dataclass(frozen=True)
class LanAddress:
    """Where colleagues come in: an IPv4 address of this computer, a port, and names that lead to it."""

    ip: str
    port: int
    names: tuple[str, ...] = ()

    @property
    def hosts(self) -> frozenset[str]:
        """Every value of a request's Host that is meant for us."""
        plain = (self.ip, *self.names)
        return frozenset(f"{host}:{self.port}" for host in plain) | (frozenset(plain) if self.port == 443 else frozenset())

    @property
    def url(self) -> str:
        """What colleagues type."""
        return f"https://{self.ip}:{self.port}/"


def checked(ip: str) -> str:
    """An address that may be opened.

    Raises:
        BadAddressError: no IPv4 address, every address at once, or one that the whole internet may reach.
    """
    try:
        found = ipaddress.IPv4Address(ip)
    except ValueError as error:
        raise BadAddressError(f'"{ip}" is no IPv4 address; write one of this computer, such as --lan 192.168.1.20') from error
    if found.is_unspecified or found.is_multicast or found == ipaddress.IPv4Address("255.255.255.255"):
        raise BadAddressError(f"{ip} means every network at once; name the one address that colleagues use, such as --lan 192.168.1.20")
    if found.is_global:
        raise BadAddressError(f"{ip} can be reached from the internet; choose this computer's address in the local network")
    return str(found)


def checked_name(name: str) -> str:
    """A host name, in small letters.

    Raises:
        BadAddressError: it is none, or stands for many.
    """
    plain = name.strip().rstrip(".").lower()
    if not _NAME.match(plain) or plain == "localhost" or plain.replace(".", "").isdigit():
        raise BadAddressError(f'"{name}" is no host name; write one such as labels.example.lan')
    return plain


def guessed() -> str:
    """This computer's address in its local network.

    Raises:
        BadAddressError: there is none, or it is not a local one.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks the system which way it would go (TEST-NET-1, RFC 5737)
            found = str(probe.getsockname()[0])
        except OSError as error:
            raise BadAddressError("this computer is in no network; name its address yourself, such as --lan 192.168.1.20") from error
    return checked(found)
