"""The tokens for which a key is traded: signed JWTs that expire by the sandbox's clock."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from apptsdk.sandbox.jwt import Signer

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
        self._signer = Signer(b"sandbox-signing-secret")
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
        return self._signer.sign(claims)

    def good(self, token: str, now: datetime) -> bool:
        """Tell whether a token was made here and has not expired.

        Args:
            token: the token.
            now: the time.
        """
        return self._signer.claims(token, now) is not None
