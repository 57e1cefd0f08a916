"""What the verification of a provider's webhooks has in common: raw bytes, headers, signatures, and age. No I/O."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import attrs

from apptsdk.errors import SignatureError
from apptsdk.shapes import is_iterable, is_mapping, is_sequence

Headers: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]
"""A request's headers, as web frameworks have them: a mapping, or pairs."""

TOLERANCE: Final = timedelta(minutes=5)
"""How far the time of a request may be from now, unless the caller says otherwise."""

ALGORITHMS: Final = ("sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512")
"""The hashes that a signature may be made with where the caller chooses: every Python has them, none is broken."""


@attrs.frozen(repr=False)
class Delivery:
    """One request that a provider sent to a webhook, as it came.

    Args:
        body: The raw bytes.
        headers: The headers.
        operation: The name of the verb that looks at it, for errors; it begins with the provider's.

    Raises:
        TypeError: The body is no longer raw, or the headers are none.
    """

    body: bytes
    headers: Headers
    operation: str
    _found: Mapping[str, tuple[str, ...]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.body, bytes):
            raise TypeError(
                f"body must be bytes, the raw body of the request, not {type(self.body).__name__}: the signature is "
                "that of the bytes as they came. Hand in `await request.body()` (Starlette, FastAPI), "
                "`request.get_data()` (Flask) or `request.body` (Django)."
            )
        found: dict[str, tuple[str, ...]] = {}
        for name, value in _pairs(self.headers):
            key = name.lower()
            found[key] = (*found.get(key, ()), value)
        object.__setattr__(self, "_found", found)

    def refuse(self, why: str) -> SignatureError:
        """Make the error that refuses this request.

        Args:
            why: What is wrong with it: no secret, and nothing of its body.

        Returns:
            The error, to be raised.
        """
        return SignatureError(why, provider=self.operation.partition(".")[0], operation=self.operation)

    def header(self, name: str) -> str:
        """Find a header, whatever the case of its name.

        Args:
            name: The name.

        Returns:
            The value.

        Raises:
            SignatureError: There is none, or there are several.
        """
        values = self._found.get(name.lower(), ())
        if len(values) != 1:
            raise self.refuse(f"The header {name!r} is {'there more than once' if values else 'missing'}.")
        return values[0]

    def check_signature(self, given: str, expected: Iterable[str]) -> None:
        """Compare signatures in constant time.

        Args:
            given: The request's.
            expected: What the request's would have to be, one for each secret key.

        Raises:
            SignatureError: It is none of them.
        """
        sent = given.encode("ascii", "backslashreplace")
        # Every one is compared, so that the time does not tell which key is in use.
        matches = [hmac.compare_digest(sent, signature.encode("ascii")) for signature in expected]
        if not any(matches):
            raise self.refuse("The signature is wrong: another secret key, or the request was changed on its way.")

    def check_age(self, timestamp: str, now: datetime, tolerance: timedelta) -> None:
        """Refuse what is too old, or from the future.

        Args:
            timestamp: The time of the request, as it was sent: ISO 8601 with its offset from UTC.
            now: The time it is, aware.
            tolerance: How far the two may be apart, in either direction.

        Raises:
            SignatureError: They are further apart, or the timestamp is none.
        """
        try:
            moment = datetime.fromisoformat(timestamp)
        except ValueError:
            moment = None
        if moment is None or moment.utcoffset() is None:
            raise self.refuse("The timestamp is not an ISO 8601 date-time with its offset from UTC.")
        age = now - moment
        if abs(age) > tolerance:
            away = timedelta(seconds=round(abs(age).total_seconds()))
            what = "old" if age > timedelta() else "ahead of this clock"
            raise self.refuse(f"The timestamp is {away} {what}; tolerated is {tolerance}.")


def _pairs(headers: object) -> Iterator[tuple[str, str]]:
    """Read a mapping's items or pairs; Starlette's and Werkzeug's headers may hold a name several times."""
    pairs = headers.items() if is_mapping(headers) else headers
    if isinstance(pairs, str | bytes) or not is_iterable(pairs):
        raise TypeError(f"headers must be a mapping or pairs of names and values, not {type(headers).__name__}.")
    for pair in pairs:
        match pair:
            case (str() as name, str() as value):
                yield name, value
            case _:
                raise TypeError("headers must be pairs of texts: a name and a value.")


def secret_keys(value: object, argument: str = "secret_key") -> tuple[bytes, ...]:
    """Check the secret keys that a caller gave.

    Args:
        value: One, or during a rotation several.
        argument: The argument's name, for the message.

    Returns:
        Their bytes.

    Raises:
        TypeError: One is no str.
        ValueError: There is none, one is empty, or one is no text.
    """
    keys = value if is_sequence(value) else (value,)
    if not keys:
        raise ValueError(f"{argument} is empty: every request would be refused.")
    return tuple(_bytes_of(key, argument) for key in keys)


def _bytes_of(key: object, argument: str) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"{argument} must be a str, or a sequence of them, not {type(key).__name__}.")
    if not key:
        raise ValueError(f"{argument} is an empty text: anybody could sign with it.")
    if any("\ud800" <= character <= "\udfff" for character in key):
        raise ValueError(f"{argument} is not valid Unicode: it holds half a surrogate pair.")
    return key.encode()


def checked_algorithm(value: object, argument: str = "algorithm") -> str:
    """Check the name of a hash that a caller gave.

    Args:
        value: The name.
        argument: The argument's name, for the message.

    Returns:
        The same.

    Raises:
        TypeError: It is no str.
        ValueError: It is none of `ALGORITHMS`.
    """
    if not isinstance(value, str):
        raise TypeError(f"{argument} must be a str, not {type(value).__name__}.")
    if value not in ALGORITHMS:
        raise ValueError(f"{argument} must be one of {', '.join(map(repr, ALGORITHMS))}.")
    return value


def checked_tolerance(value: object) -> timedelta | None:
    """Check the tolerance that a caller gave.

    Args:
        value: A timedelta, or None for a check that is switched off.

    Returns:
        The same.

    Raises:
        TypeError: It is something else, a number for instance, whose unit nobody knows.
        ValueError: It is negative.
    """
    if value is not None and not isinstance(value, timedelta):
        raise TypeError(f"tolerance must be a timedelta, or None for no check, not {type(value).__name__}.")
    if value is not None and value < timedelta():
        raise ValueError("tolerance is negative: every request would be refused.")
    return value
