"""The certificate of the colleagues' door: made here and kept in the workspace, or the user's own."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from companion.lan.address import BadAddressError, checked_name

DAYS = 397
"""Browsers refuse certificates that last longer (CA/Browser Forum; Apple's limit)."""

RENEW_DAYS = 14
"""A certificate that ends within so many days is made anew at the start."""

CERTIFICATE, KEY = "certificate.pem", "key.pem"


class CertificateError(ValueError):
    """The certificate or its key cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate and its key, both PEM, and the certificate's SHA-256 as browsers show it."""

    certificate: Path
    key: Path
    fingerprint: str
    names: tuple[str, ...]
    made_here: bool

    def context(self) -> ssl.SSLContext:
        """For a server: TLS 1.2 or later, with the ciphers that Python recommends.

        Raises:
            CertificateError: the two files do not belong together, or the key asks for a password.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])

        def locked() -> str:
            raise CertificateError(f"key {self.key} asks for a password; give a key without one, in a file that only you can read")

        try:
            context.load_cert_chain(self.certificate, self.key, locked)
        except (ssl.SSLError, OSError) as error:
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
            raise CertificateError(
                f"certificate {self.certificate} and key {self.key} cannot be used together ({reason}); check --cert and --key"
            ) from error
        return context


def own(certificate: Path, key: Path) -> Certificate:
    """The user's own certificate; its names lead here.

    Raises:
        CertificateError: a file cannot be read, or the certificate is over.
    """
    try:
        found = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    except (OSError, ValueError) as error:
        raise CertificateError(f"certificate {certificate} cannot be read ({_why(error)}); it has to be a PEM file") from error
    if found.not_valid_after_utc <= datetime.now(UTC):
        raise CertificateError(f"certificate {certificate} ended on {found.not_valid_after_utc:%d %B %Y}; renew it")
    return Certificate(certificate, key, _fingerprint(found), _names(found), made_here=False)


def kept(folder: Path, ip: str, names: Iterable[str] = ()) -> Certificate:
    """The certificate of this workspace, made on first use and again when it ends or the address is another one.

    Args:
        folder: where it is kept; made with mode 0700, the files with 0600.
        ip: the address that it is for.
        names: host names that it is for, beside this computer's own.

    Raises:
        CertificateError: the folder cannot be written.
    """
    wanted = tuple(dict.fromkeys([*names, *_own_names()]))
    try:
        found = _read(folder)
        if found is None or not _fits(found, ip, wanted):
            found = _make(folder, ip, wanted)
    except OSError as error:
        raise CertificateError(f"certificate folder {folder} cannot be used ({_why(error)})") from error
    return Certificate(folder / CERTIFICATE, folder / KEY, _fingerprint(found), wanted, made_here=True)


def _read(folder: Path) -> x509.Certificate | None:
    """What is kept, or None where it is missing, broken, or where the key was readable by others."""
    certificate, key = folder / CERTIFICATE, folder / KEY
    if not certificate.is_file() or not key.is_file() or key.stat().st_mode & 0o077:
        return None
    try:
        return x509.load_pem_x509_certificate(certificate.read_bytes())
    except ValueError:
        return None


def _fits(found: x509.Certificate, ip: str, names: tuple[str, ...]) -> bool:
    alternatives = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = {str(address) for address in alternatives.get_values_for_type(x509.IPAddress)}
    known = set(alternatives.get_values_for_type(x509.DNSName))
    lasts = found.not_valid_before_utc <= datetime.now(UTC) and found.not_valid_after_utc - datetime.now(UTC) > timedelta(days=RENEW_DAYS)
    return lasts and ip in addresses and set(names) <= known


def _make(folder: Path, ip: str, names: tuple[str, ...]) -> x509.Certificate:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"BuySignal labeling on {ip}")])
    now = datetime.now(UTC)
    alternatives: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_address(ip)), *(x509.DNSName(name) for name in names)]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # colleagues' clocks may be a little behind
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)  # it can vouch for nobody else
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(folder / KEY, plain)
    _write(folder / CERTIFICATE, made.public_bytes(serialization.Encoding.PEM))
    return made


def _write(path: Path, content: bytes) -> None:
    """Write a private file, whole or not at all."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft.replace(path)


def _fingerprint(found: x509.Certificate) -> str:
    return found.fingerprint(hashes.SHA256()).hex(":").upper()


def _names(found: x509.Certificate) -> tuple[str, ...]:
    """Names in a certificate that lead to one host; those with a star lead to many, and are left out."""
    try:
        alternatives = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return _usable(alternatives.get_values_for_type(x509.DNSName))


def _own_names() -> tuple[str, ...]:
    """This computer's name, and the one that Apple's and Linux's name service gives it in a local network."""
    host = socket.gethostname().split(".")[0]
    return _usable([host, f"{host}.local"])


def _usable(names: Iterable[str]) -> tuple[str, ...]:
    found = []
    for name in names:
        try:
            found.append(checked_name(name))
        except BadAddressError:
            continue
    return tuple(found)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
