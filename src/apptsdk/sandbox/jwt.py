"""Tokens that an emulation signs and reads again: JWTs of HS256."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, new
from typing import Any, cast

import orjson

_HEAD = {"alg": "HS256"}


class Signer:
    """Signs claims and knows its own tokens.

    Args:
        secret: what it signs with.
        head: what its tokens say of themselves.
    """

    def __init__(self, secret: bytes, head: Mapping[str, str] = _HEAD) -> None:
        self._secret = secret
        self._head = _encode(orjson.dumps(head))

    def sign(self, claims: Mapping[str, object]) -> str:
        """Make a token.

        Args:
            claims: what it says; `exp` is when it expires, in seconds since 1970.
        """
        said = f"{self._head}.{_encode(orjson.dumps(claims))}"
        return f"{said}.{self._mac(said)}"

    def claims(self, token: str, now: datetime) -> dict[str, Any] | None:
        """Read a token.

        Args:
            token: the token.
            now: the time.

        Returns:
            What it says; None if it was not made here or has expired.
        """
        said, _, signature = token.rpartition(".")
        if not compare_digest(self._mac(said).encode(), signature.encode("utf-8", "replace")):
            return None
        part = said.split(".")[1]
        claims = cast("dict[str, Any]", orjson.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))
        return claims if now.timestamp() < claims["exp"] else None

    def _mac(self, said: str) -> str:
        return _encode(new(self._secret, said.encode("utf-8", "replace"), sha256).digest())


def _encode(said: bytes) -> str:
    return urlsafe_b64encode(said).rstrip(b"=").decode()
