"""The tokens for which a key is traded: signed JWTs that expire by the sandbox's clock."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest, new
from random import Random
from typing import Any, cast
from uuid import UUID

import orjson

_HEAD = {"alg": "HS256"}
_SECRET = b"sandbox-signing-secret"
USER = 390_199_001
"""The id of the user to whom the key belongs."""


class Tokens:
    """Makes tokens and knows its own.

    Args:
        seed: the ids of the tokens follow from it.
    """

    def __init__(self, seed: int) -> None:
        self.life = timedelta(hours=1)
        """How long a new token is good; the vendor's pages say an hour, some say a day in its sandbox."""
        self._chance = Random(seed)  # noqa: S311 - ids that repeat themselves

    def mint(self, now: datetime) -> str:
        """Make a token.

        Args:
            now: the time.
        """
        issued = int(now.timestamp())
        claims = {
            "sub": str(USER),
            "scp": "api_user",
            "iat": issued,
            "exp": issued + int(self.life.total_seconds()),
            "jti": str(UUID(int=self._chance.getrandbits(128), version=4)),
        }
        said = f"{_encode(orjson.dumps(_HEAD))}.{_encode(orjson.dumps(claims))}"
        return f"{said}.{_sign(said)}"

    def good(self, token: str, now: datetime) -> bool:
        """Tell whether a token was made here and has not expired.

        Args:
            token: the token.
            now: the time.
        """
        said, _, signature = token.rpartition(".")
        if not compare_digest(_sign(said).encode(), signature.encode("utf-8", "replace")):
            return False
        return bool(now.timestamp() < _claims(token)["exp"])


def _claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    return cast("dict[str, Any]", orjson.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def _encode(said: bytes) -> str:
    return urlsafe_b64encode(said).rstrip(b"=").decode()


def _sign(said: str) -> str:
    return _encode(new(_SECRET, said.encode("utf-8", "replace"), sha256).digest())
