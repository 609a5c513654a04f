"""Reading an address for a person, from where the server stands, without lending them its place.

A server can reach what the person asking cannot: its own loopback, the machines beside it, a cloud
provider's metadata. So an address is read only when *every* address its name resolves to is public;
the connection goes to the very address that was checked, so that a name cannot change its mind in
between; each redirect is checked again. No cookies, no credentials, no proxy; size and time end.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

from visitmap import __version__
from visitmap.errors import ServiceError, UsageError

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 15.0
USER_AGENT = f"visitmap/{__version__} (a reader asked for this page)"
_PORTS = {"http": (80, 8080), "https": (443, 8443)}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
# Addresses that carry another address inside: what counts is the one inside.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LEGACY_COMPATIBLE = ipaddress.ip_network("::/96")

_HOST = re.compile(r"[0-9A-Za-z:][0-9A-Za-z.:_-]*")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: the bytes, where they came from in the end, and a file name."""

    data: bytes
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str
    address: str


def resolve(host: str, port: int) -> list[str]:
    """All addresses a name has now; raises ServiceError for none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ServiceError(
            "this name is not known on the internet", where=host, remedy="Check the address"
        ) from None
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet could reach."""
    try:
        ip: Address = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = _inside(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inside(ip: Address) -> Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    if ip.teredo:
        return ip.teredo[1]
    if ip in _NAT64 or (ip in _LEGACY_COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def fetch(
    url: str,
    *,
    resolver: Resolver = resolve,
    allowed: Callable[[str], bool] = is_public,
    ports: dict[str, tuple[int, ...]] | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Fetched:
    """Read `url`, following at most five redirects. `allowed` decides on each IP address.

    Raises UsageError for an address that may not be read, ServiceError for one that does not
    answer, answers too much or too slowly, or with a kind of file that holds no article.
    """
    until = time.monotonic() + timeout_seconds
    for _ in range(MAX_REDIRECTS + 1):
        target = _checked(url, resolver, allowed, ports or _PORTS)
        with closing(_connect(target, until)) as connection:
            answer = _ask(connection, target, url)
            location = answer.getheader("Location")
            if answer.status in (301, 302, 303, 307, 308) and location:
                url = _next(url, location)
                continue
            return _body(answer, url, until)
    raise ServiceError("the address leads on and on", where=url, remedy="Give the last one")


def _next(url: str, location: str) -> str:
    following = urljoin(url, location)
    if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
        raise ServiceError(
            "the page leads from a safe connection to an unsafe one", where=url, remedy=_PASTE
        )
    return following


_PASTE = "Open it yourself and paste the text"


def _checked(
    url: str, resolver: Resolver, allowed: Callable[[str], bool], ports: dict[str, tuple[int, ...]]
) -> _Target:
    scheme, host, port, path = _parts(url)
    if port not in ports.get(scheme, ()):
        raise UsageError(
            "only web addresses are read", where=url, remedy="Begin with https:// or http://"
        )
    addresses = resolver(host, port)
    if not addresses or not all(map(allowed, addresses)):
        raise UsageError(
            "this address belongs to a private network, which is not read from here",
            where=host,
            remedy=_PASTE,
        )
    return _Target(scheme, host, port, path, addresses[0])


def _parts(url: str) -> tuple[str, str, int, str]:
    try:
        split = urlsplit(url.strip())
        port = split.port or {"http": 80, "https": 443}.get(split.scheme, 0)
        host = (split.hostname or "").encode("idna").decode("ascii")
        path = _quoted(split.path or "/") + (f"?{_quoted(split.query)}" if split.query else "")
    except (ValueError, UnicodeError):
        raise UsageError("this is not an address", where=url, remedy="Copy it again") from None
    if not _HOST.fullmatch(host) or split.username or split.password:
        raise UsageError(
            "this is not an address of a public page", where=host, remedy="Begin with https://"
        )
    return split.scheme, host, port, path


def _quoted(text: str) -> str:
    return quote(text, safe="/%:@!$&'()*+,;=~?-._")


def _connect(target: _Target, until: float) -> http.client.HTTPConnection:
    """A connection to the address that was checked; the certificate must be the name's."""
    seconds = _left(until, target.host)
    connection = http.client.HTTPConnection(target.host, target.port, timeout=seconds)
    try:
        plain = socket.create_connection((target.address, target.port), seconds)
        if target.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=target.host)
        else:
            connection.sock = plain
    except (OSError, ssl.SSLError) as error:
        raise _no_answer(target.host, error) from error
    return connection


def _ask(
    connection: http.client.HTTPConnection, target: _Target, url: str
) -> http.client.HTTPResponse:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ", ".join(_SUFFIXES),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    try:
        connection.request("GET", target.path, headers=headers)
        return connection.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _no_answer(url, error) from error


def _body(answer: http.client.HTTPResponse, url: str, until: float) -> Fetched:
    if answer.status != 200:
        raise ServiceError(f"the page answered {answer.status}", where=url, remedy=_PASTE)
    kind = (answer.getheader("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in _SUFFIXES:
        raise ServiceError(f"{kind or 'what it sent'} is not an article", where=url, remedy=_PASTE)
    pieces, size = [], 0
    try:
        while piece := answer.read1(65_536):
            size += len(piece)
            if size > MAX_BYTES:
                raise ServiceError("the page is larger than 10 MB", where=url, remedy=_PASTE)
            pieces.append(piece)
            _left(until, url)
    except (OSError, http.client.HTTPException) as error:
        raise _no_answer(url, error) from error
    return Fetched(b"".join(pieces), url, _name(url, _SUFFIXES[kind]))


def _name(url: str, suffix: str) -> str:
    stem = PurePosixPath(urlsplit(url).path).stem or urlsplit(url).hostname or "page"
    return f"{stem}{suffix}"


def _left(until: float, where: str) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise ServiceError("the page takes too long to answer", where=where, remedy=_PASTE)
    return seconds


def _no_answer(where: str, error: Exception) -> ServiceError:
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServiceError("the page's certificate is not valid", where=where, remedy=_PASTE)
    return ServiceError("the page does not answer", where=where, remedy="Try again later")
