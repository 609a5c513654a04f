"""Reading an address: what the server may reach on somebody's word, and what it must not."""

import http.server
import threading
from contextlib import contextmanager, suppress
from typing import ClassVar

import pytest

from visitmap.errors import ServiceError, UsageError
from visitmap.ui.fetch import MAX_BYTES, fetch, is_public

ARTICLE = b"<html><body><p>Le ministre s'est rendu a Rome.</p></body></html>"
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::127.0.0.1",
    "2001:0:0:0:0:0:80ff:fffe", "not an address", "192.0.2.1", "198.18.0.1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_inside_is_not_public(address):
    """Loopback, private, link-local, and those wrapped in another kind of address."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_an_address_outside_is_public(address):
    """What anybody can reach may be read."""
    assert is_public(address)


SPELLINGS = (
    *("2130706433", "0x7f.1", "017700000001", "127.1", "①②⑦.0.0.1", "0.0.0.0", "localhost"),
    *("[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "169.254.169.254", "10.0.0.1:8080"),
)


@pytest.mark.parametrize("host", SPELLINGS)
def test_this_machine_is_not_read_however_its_address_is_spelled(host):
    """As a number, in hexadecimal or octal, cut short, in other digits, inside another address."""
    with pytest.raises(UsageError, match="private network"):
        fetch(f"http://{host}/")


class Pages(http.server.BaseHTTPRequestHandler):
    """A small web server; the path says what it answers."""

    seen: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self):
        Pages.seen.append((self.headers["Host"], self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        body = b"x" * (MAX_BYTES + 1) if self.path == "/huge" else ARTICLE
        kind = "image/png" if self.path == "/picture" else "text/html; charset=utf-8"
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def served():
    """The pages on a free port; gives the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def port():
    with served() as number:
        yield number


def read(port, path, **options):
    """Fetch from the test server, which stands for a public one."""
    options = {"resolver": lambda host, _: ["127.0.0.1"], "allowed": lambda _: True} | options
    return fetch(f"http://news.example:{port}{path}", ports={"http": (port, 80)}, **options)


def test_a_page_is_read_under_its_own_name(port):
    """The bytes, the final address and a name whose suffix tells the reader what it is."""
    found = read(port, "/2018/03/visite")
    assert found.data == ARTICLE
    assert found.name == "visite.html"
    assert Pages.seen[-1] == (f"news.example:{port}", "/2018/03/visite")


def test_a_name_that_resolves_inside_is_refused_without_connecting(port):
    """All addresses of a name must be public, not only the first."""
    before = len(Pages.seen)
    with pytest.raises(UsageError, match="private network"):
        read(port, "/", resolver=lambda *_: ["93.184.216.34", "127.0.0.1"], allowed=is_public)
    assert len(Pages.seen) == before


def test_a_redirect_to_the_inside_is_refused(port):
    """A public page cannot send us to the metadata of the cloud we run in."""

    def resolver(host, _):
        return ["169.254.169.254"] if host == "169.254.169.254" else ["127.0.0.1"]

    def allowed(address):
        return address == "127.0.0.1"

    with pytest.raises(UsageError, match="private network"):
        read(port, "/to/http://169.254.169.254/latest", resolver=resolver, allowed=allowed)


def test_the_name_is_resolved_once_per_step(port):
    """A name that changes its mind after the check changes nothing: the checked one is used."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    assert read(port, "/", resolver=lambda *_: next(answers)).data == ARTICLE


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org", "example.org", "",
        "http://user:secret@example.org/", "http://[::1", "http://example.org:22/",
        "http://exa mple.org/", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_in_a_sentence(url):
    """Other schemes, ports and credentials never lead to a connection."""
    with pytest.raises(UsageError):
        fetch(url, resolver=lambda *_: pytest.fail("asked for a name"), allowed=lambda _: False)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/huge", "larger than 10 MB"),
        ("/picture", "not an article"),
        ("/missing", "answered 404"),
        ("/to//to//to//to//to//to//to/", "on and on"),
    ],
)
def test_an_answer_of_no_use_is_a_sentence(port, path, says):
    """Too large, not text, missing, endless."""
    with pytest.raises(ServiceError, match=says):
        read(port, path)


def test_time_runs_out(port):
    """A page that does not answer in time is given up."""
    with pytest.raises(ServiceError):
        read(port, "/", timeout_seconds=0.0)


def test_a_name_nobody_knows_is_a_sentence():
    """The reader learns that the name is wrong, not what the resolver said."""
    with pytest.raises(ServiceError, match="not known"):
        fetch("https://no-such-name.invalid/")
