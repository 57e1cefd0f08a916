"""IMIassist as a system of cassettes: our proposal of a wire, and a flow's webhook below the same host."""

from __future__ import annotations

from typing import Any

from inventions import MADE_UP
from system import System, any_of, known, words

from apptsdk import AsyncIMIassist, IMIassist, IMIassistSettings
from apptsdk.providers.imiassist import models

_READ = frozenset({"access", "api_key", "key", "secret", "token"})
"""What the client takes from an answer that is about tokens."""


def _beside(said: Any) -> dict[str, Any]:
    """Find what is beside an access token, or a token."""
    if not isinstance(said, dict) or not {name.lower() for name in said} & _READ:
        return {}
    return {"beside": {name: value for name, value in said.items() if name.lower() not in _READ}}


def _shown(scheme: str, name: str) -> dict[str, str]:
    """Give the form of a header field that holds a secret: a setting, or the very one that was answered."""
    return {rf"{scheme}(\({name}\)|{MADE_UP}-{name}-[0-9]+(?:\.[0-9A-Za-z._-]+)?)": rf"{scheme}\1"}


IMIASSIST = System(
    name="imiassist",
    title="IMIassist",
    clients=(IMIassist, AsyncIMIassist),
    settings=IMIassistSettings(
        subdomain="northside",
        domain="eclinic.org.uk",
        base_url="https://northside.eclinic.org.uk",  # a flow needs one
        api_key="replay-key-no-secret",
        token="replay-token-no-secret",
        user_email="integration@replay.example",
        user_password="replay-password-no-secret",
    ),
    signed={
        "authorization": {**_shown("Token ", "token"), **_shown("Bearer ", "access")},
        "x-api-key": _shown("", "api_key"),
    },
    request_headers=words("accept authorization content-type x-api-key"),
    answer_headers=words("content-type retry-after"),
    words=words("code priority role status"),
    vocabulary=any_of(texts=known(models)),
    segments=words(
        "api appointments auth bookings cancel contacts external flows login northside participants token v1"
    )
    | {""},
    numbers=words("duration minutes"),
    parameters={},
    item=r"\[0\]\.",
    beside=_beside,
    version_path="/api/v1",
    moments=words("end_time startAt start_time"),
    secrets=words(
        "ACCESS KEY REFRESH Secret access api_key passphrase passport password refresh secret token user_password"
    ),
    packed=words("Participants Response_Body"),
    keys=("api_key", "token", "user_email", "user_password"),
    reached_by=("api_key", "token", "base_url"),
    alike={
        "ACCESS": "access",
        "KEY": "api_key",
        "REFRESH": "refresh",
        "Secret": "token",
        "key": "api_key",
        "passphrase": "user_password",
        "passport": "access",
        "password": "user_password",
        "secret": "token",
    },
    found_out=("join_url", "recovered"),
)
