"""Tokens: what they are, how long they live, and where they are kept."""

from __future__ import annotations

import base64
import json
import math
import os
import re
import stat
import tempfile
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from apptsdk.errors import ConfigurationError
from apptsdk.shapes import is_object

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from apptsdk.errors import ApptError

_VISIBLE: Final = re.compile(r"[!-~]+")


def checked_secret(value: str, name: str) -> str:
    """Check a credential before it goes into a header.

    Args:
        value: The credential.
        name: The setting's name and its environment variable, for the message; the value is never in it.

    Returns:
        The value.

    Raises:
        ConfigurationError: It is empty, or holds a space, a line break or a character outside ASCII.
    """
    if not _is_visible(value):
        raise ConfigurationError(
            f"{name} is empty or holds a space, a line break or a character outside ASCII. Copy it again, whole."
        )
    return value


def _is_visible(value: object) -> bool:
    return isinstance(value, str) and _VISIBLE.fullmatch(value) is not None


@attrs.frozen
class Token:
    """A token that was minted.

    Args:
        value: The token itself.
        expires_at: Epoch seconds by the local clock; None where nobody says, and then it is used until refused.
        lifetime: Seconds from its minting to its end, where known.
        key: An API key that came with it, where one did: the two belong together.
    """

    value: str = attrs.field(repr=False)
    expires_at: float | None = None
    lifetime: float | None = None
    key: str | None = attrs.field(default=None, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a message."""
        return (self.value,) if self.key is None else (self.value, self.key)

    def is_fresh(self, wall: float, margin: float) -> bool:
        """Tell whether it may still be used.

        Args:
            wall: Epoch seconds now.
            margin: Seconds before its end at which it counts as spent.

        Returns:
            Whether it is to be used.
        """
        if self.lifetime is not None:
            margin = min(margin, self.lifetime / 2)  # a token that lives for a minute is not spent at birth
        return self.expires_at is None or wall < self.expires_at - margin


def token_from(value: object, *, expires_in: object = None, wall: float, key: str | None = None) -> Token:
    """Make a token from an answer.

    Args:
        value: The token. Where it is a JWT, its `exp` counts if `expires_in` says nothing.
        expires_in: Seconds to live, as a number or a string; anything else says nothing.
        wall: Epoch seconds now, by the local clock.
        key: An API key that came with it.

    Returns:
        The token.

    Raises:
        ValueError: The value is no token.
    """
    if not isinstance(value, str) or not _VISIBLE.fullmatch(value):
        raise ValueError("There is no token in the answer.")
    seconds = _seconds(expires_in)
    if seconds is None:
        seconds = _jwt_seconds(value, wall)
    return Token(value, None if seconds is None else wall + seconds, seconds, key)


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number > 0 else None


def _jwt_seconds(token: str, wall: float) -> float | None:
    """The time to live that a JWT claims. Its signature is the provider's business."""
    parts = token.split(".")
    try:
        claims: object = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, ValueError, RecursionError):
        return None
    if not is_object(claims):
        return None
    expires, issued = _seconds(claims.get("exp")), _seconds(claims.get("iat"))
    if expires is None:
        return None
    # exp - iat does not depend on our clock agreeing with the provider's.
    return expires - (wall if issued is None else issued)


class TokenStore(Protocol):
    """Keeps tokens between clients, or between processes, because every minted token may cost money.

    The methods may be coroutine functions for an async client.
    """

    def get(self, key: str) -> Token | Awaitable[Token | None] | None:
        """Give the token kept under a key."""
        ...

    def set(self, key: str, token: Token) -> Awaitable[None] | None:
        """Keep a token under a key."""
        ...


class MemoryTokenStore:
    """Keeps tokens in this process."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}

    def get(self, key: str) -> Token | None:
        """Give the token kept under a key."""
        return self._tokens.get(key)

    def set(self, key: str, token: Token) -> None:
        """Keep a token under a key."""
        self._tokens[key] = token


class FileTokenStore:
    """Keeps tokens in a file that only its owner can read.

    Args:
        path: The file; made when first needed. Its folder must exist; `~` is yours.

    Raises:
        ConfigurationError: There is no such folder, or the path is one itself.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path).expanduser()
        if self.path.is_dir() or not self.path.parent.is_dir():
            raise ConfigurationError(f"{self.path} cannot be a file for tokens: its folder must exist, and it be none.")
        self._lock = Lock()

    def get(self, key: str) -> Token | None:
        """Give the token kept under a key.

        Raises:
            ConfigurationError: Others than the owner may read or write the file.
        """
        entry = self._load().get(key)
        value = entry.get("value") if is_object(entry) else None
        if not is_object(entry) or not isinstance(value, str) or not _is_visible(value):
            return None
        came = entry.get("key")
        expires_at, lifetime = _seconds(entry.get("expires_at")), _seconds(entry.get("lifetime"))
        return Token(value, expires_at, lifetime, came if isinstance(came, str) and _is_visible(came) else None)

    def set(self, key: str, token: Token) -> None:
        """Keep a token under a key; the file is replaced whole, so that a reader never sees half of it."""
        with self._lock:
            entries = {**self._load(), key: attrs.asdict(token)}
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")  # mode 0600
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(entries, file)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def _load(self) -> dict[str, object]:
        try:
            with self.path.open(encoding="utf-8") as file:
                mode = os.fstat(file.fileno()).st_mode
                if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                    raise ConfigurationError(f"{self.path} is open to other users. Make it yours alone: chmod 600.")
                data: object = json.load(file)
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            return {}  # a damaged cache is an empty one
        return data if is_object(data) else {}


def checked_store(store: object, provider: str) -> None:
    """Check where a caller wants tokens to be kept.

    Args:
        store: What the caller gave; None for nothing.
        provider: The provider's name, for the error.

    Raises:
        ConfigurationError: It is no token store.
    """
    if store is not None and (isinstance(store, type) or not all(hasattr(store, name) for name in ("get", "set"))):
        raise ConfigurationError(
            "token_store must be an object with get and set, such as FileTokenStore(path).", provider=provider
        )


class Keeper:
    """One minted token as an account remembers it.

    Attributes:
        token: The token in use.
        refused: The value of the last one that was refused.
        rounds: How many mintings have ended, well or badly.
        failure: How the last one failed.
        failed_at: When, monotonic seconds.
    """

    __slots__ = ("failed_at", "failure", "refused", "rounds", "token")

    def __init__(self) -> None:
        self.token: Token | None = None
        self.refused: str | None = None
        self.rounds = 0
        self.failure: ApptError | None = None
        self.failed_at = -math.inf
