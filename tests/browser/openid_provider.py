"""A provider of OpenID Connect for tests: whoever comes chooses who they are. Loopback only.

It speaks the authorization code flow with a signed id token, as real ones do: discovery, keys,
authorization, token, end of the session. Streamlit's client checks state, nonce, signature and
audience against it.
"""

import base64
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "visitmap-tests", "secret-of-the-tests"
SETTINGS = """[auth]
redirect_uri = "{dashboard}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


class Provider:
    """Running from its making until `stop`; `people` are those who may sign in, by name."""

    def __init__(self, people: dict[str, dict]) -> None:
        self.people, self.key = people, RSAKey.generate_key(2048, {"kid": "tests"})
        self.granted: dict[str, dict] = {}
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()

    def settings(self, dashboard: str) -> str:
        """What a dashboard at that address has in its secrets.toml."""
        return SETTINGS.format(
            dashboard=dashboard,
            cookie_secret=secrets.token_hex(32),
            client=CLIENT,
            secret=SECRET,
            provider=self.address,
        )

    def metadata(self) -> dict:
        """What discovery tells."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def id_token(self, granted: dict) -> str:
        """Who signed in, signed."""
        now = int(time.time())
        claims = self.people[granted["name"]] | {
            **{"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600},
            **({"nonce": granted["nonce"]} if granted["nonce"] else {}),
        }
        return jwt.encode({"alg": "RS256", "kid": "tests"}, claims, self.key)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        """Discovery, keys, the page to choose on, and what follows the choice."""
        asked = urlsplit(self.path)
        given = {name: texts[0] for name, texts in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            self._json(self.provider.metadata())
        elif asked.path == "/keys":
            self._json({"keys": [self.provider.key.as_dict(private=False) | {"use": "sig"}]})
        elif asked.path == "/authorize" and given.get("client_id") == CLIENT:
            self._page("".join(self._choice(name, given) for name in self.provider.people))
        elif asked.path == "/chosen":
            self._grant(given)
        elif asked.path == "/end":
            self._redirect(given["post_logout_redirect_uri"])
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """A code against an id token, once."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: texts[0] for name, texts in parse_qs(body).items()}
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        granted = self.provider.granted.pop(given.get("code", ""), None)
        if self.headers.get("Authorization") != f"Basic {known}" or granted is None:
            self.send_error(401)
            return
        token = {"access_token": "none", "token_type": "Bearer", "expires_in": 600}
        self._json(token | {"id_token": self.provider.id_token(granted)})

    def _choice(self, name: str, given: dict) -> str:
        kept = {key: given.get(key, "") for key in ("redirect_uri", "state", "nonce")}
        link = html.escape(f"/chosen?{urlencode({'name': name, **kept})}")
        return f'<p><a href="{link}">{html.escape(name)}</a></p>'

    def _grant(self, given: dict) -> None:
        code = secrets.token_urlsafe()
        self.provider.granted[code] = {"name": given["name"], "nonce": given.get("nonce", "")}
        back = urlencode({"code": code, "state": given["state"]})
        self._redirect(f"{given['redirect_uri']}?{back}")

    def _json(self, found: dict) -> None:
        self._answer(json.dumps(found).encode(), "application/json")

    def _page(self, body: str) -> None:
        self._answer(f"<h1>Who are you?</h1>{body}".encode(), "text/html; charset=utf-8")

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""
