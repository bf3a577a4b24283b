"""An identity provider for tests: OpenID Connect as far as the dashboard uses it, as a process on loopback.

`python -m tests.access.provider PORT PEOPLE.json`; PEOPLE is {subject: claims}. Authorization code flow with PKCE
(S256) and nonce, RS256, discovery, JWKS, end of session. Its pages are for Chromium: a list of people to be.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "bureau-dashboard"
CLIENT_SECRET = "a secret that only the test's server and its provider know"
CODE_SECONDS = 60
TOKEN_SECONDS = 300


class Provider:
    """One provider with its people and the codes that it has given out."""

    def __init__(self, issuer: str, people: dict[str, dict[str, Any]]) -> None:
        self.issuer = issuer
        self.people = people
        self.key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict[str, Any]] = {}

    def discovery(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "end_session_endpoint": f"{self.issuer}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )

    def jwks(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, request: Request) -> Response:
        """The list of people; or, once one is chosen, back with a code."""
        asked = dict(request.query_params)
        needed = ("state", "nonce", "code_challenge", "redirect_uri")
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            return Response("unknown client, or no PKCE", status_code=400)
        if not all(asked.get(name) for name in needed) or "openid" not in asked["scope"].split():
            return Response(f"one of {needed} or the scope openid is missing", status_code=400)
        if (subject := asked.pop("be", None)) is None:
            links = "".join(
                f'<li><a href="?{escape(urlencode({**asked, "be": subject}))}">{escape(subject)}</a></li>'
                for subject in self.people
            )
            return HTMLResponse(
                f'<!DOCTYPE html><html lang="ko"><title>provider</title><link rel="icon" href="data:,"><ul>{links}</ul></html>'
            )
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "subject": subject, "until": time.time() + CODE_SECONDS}
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", status_code=303)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        given = self.codes.pop(str(form.get("code")), None)  # each code once
        challenge = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        if (
            request.headers.get("authorization") != f"Basic {basic}"
            or given is None
            or given["until"] < time.time()
            or given["redirect_uri"] != form.get("redirect_uri")
            or given["code_challenge"] != base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        ):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": given["subject"],
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "nonce": given["nonce"],
            **self.people[given["subject"]],
        }
        token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
        return JSONResponse(
            {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": token}
        )

    def end(self, request: Request) -> Response:
        """The end of the session at the provider, for whoever shows a token of it."""
        jwt.decode(request.query_params["id_token_hint"], self.key, algorithms=["RS256"])
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=303)


def main(port: int, people: Path) -> None:
    provider = Provider(f"http://127.0.0.1:{port}", json.loads(people.read_text()))
    routes = [
        Route("/.well-known/openid-configuration", provider.discovery),
        Route("/jwks", provider.jwks),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
        Route("/end", provider.end),
    ]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
