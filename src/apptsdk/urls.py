"""What may go into a URL, and which URLs may be followed."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from apptsdk.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""A query: names and values, in order."""
MAX_SEGMENT: Final = 200
_DIGITS: Final = re.compile(r"[0-9]{1,19}")
_MAX_NUMBER: Final = 2**63 - 1
_PORTS: Final = {"https": 443, "http": 80}
_PLACE: Final = re.compile(r"\{(\w+)\}")
_TEMPLATE: Final = re.compile(r"(?:/[\w.~:{}-]+)+", re.ASCII)
_PLAIN: Final = re.compile(r"[!-\[\]-~]*")  # visible ASCII, without the backslash that browsers read as a slash


def segment(value: object, argument: str) -> str:
    """Quote one path segment.

    Args:
        value: An id, as a string or an int.
        argument: The argument's name, for the message.

    Returns:
        The segment, quoted, so that it stays one segment.

    Raises:
        TypeError: The value is neither a string nor an int.
        ValueError: It is empty, blank, all dots, too long, or holds a slash or a control character.
    """
    text = plain_id(value, argument)
    return quote(text, safe="")


def plain_id(value: object, argument: str) -> str:
    """Check an id.

    Args:
        value: An id, as a string or an int.
        argument: The argument's name, for the message.

    Returns:
        The id as a string.

    Raises:
        TypeError: The value is neither a string nor an int; a float would have rounded the id.
        ValueError: It is empty, blank, all dots, too long, or holds a slash or a control character.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        hint = " A float rounds long ids: pass the string that the provider sent." if isinstance(value, float) else ""
        hint = " Pass its .id." if hasattr(value, "id") else hint
        raise TypeError(f"{argument} must be a str or an int, not {type(value).__name__}.{hint}")
    text = str(value)
    empty = not text.strip() or not text.strip(".")
    if empty or len(text) > MAX_SEGMENT or "/" in text or "\\" in text or not text.isprintable():
        hint = " Pass the link's .id." if hasattr(value, "id") else ""
        raise ValueError(
            f"{argument} is not an id: it is empty, too long, or holds dots only, a slash or a control.{hint}"
        )
    return text


def numeric_id(value: object, argument: str, what: str) -> str:
    """Check an id that is a whole number of 64 bits.

    Args:
        value: An id, as a string or an int.
        argument: The argument's name, for the message.
        what: Whose ids are such, and an example, for the message.

    Returns:
        The id as a string.

    Raises:
        TypeError: The value is neither a string nor an int.
        ValueError: It is no such number.
    """
    text = plain_id(value, argument)
    if not _DIGITS.fullmatch(text) or int(text) > _MAX_NUMBER:
        raise ValueError(f"{argument} is not a {what}.")
    return text


def path(*segments: str) -> str:
    """Join quoted segments.

    Args:
        segments: The segments, quoted already.

    Returns:
        The path, with a leading slash.
    """
    return "/" + "/".join(segments)


def template(value: object, source: str, places: Mapping[str, bool], example: str, provider: str) -> str:
    """Check the template of a path that a setting gives.

    Args:
        value: The template, with places such as `{id}`.
        source: The setting's name and its environment variable, for the message.
        places: The places that there are, and whether each must occur.
        example: How one begins, for the message.
        provider: The provider's name, for the error.

    Returns:
        The template.

    Raises:
        ConfigurationError: It is none.
    """
    form = f"{source} must be a path such as {example}: with a leading slash, without host and query."
    if not isinstance(value, str) or not _TEMPLATE.fullmatch(value) or "//" in value:
        raise ConfigurationError(form, provider=provider)
    rest = _PLACE.sub("x", value)
    if "{" in rest or "}" in rest or any(not part.strip(".") for part in rest.split("/")[1:]):
        raise ConfigurationError(form, provider=provider)
    found = _PLACE.findall(value)
    if unknown := sorted(set(found) - set(places)):
        known = f"its places are {', '.join(f'{{{name}}}' for name in places)}" if places else "it has no places"
        raise ConfigurationError(f"{source} has no {{{unknown[0]}}}; {known}.", provider=provider)
    if missing := [name for name, needed in places.items() if needed and name not in found]:
        raise ConfigurationError(f"{source} needs {{{missing[0]}}}.", provider=provider)
    return value


def places_of(value: str) -> tuple[str, ...]:
    """Find the places of a template.

    Args:
        value: The template, checked.

    Returns:
        Their names, in order.
    """
    return tuple(_PLACE.findall(value))


def filled(value: str, values: Mapping[str, object]) -> str:
    """Fill a template's places with quoted segments.

    Args:
        value: The template, checked.
        values: What goes into its places.

    Returns:
        The path.

    Raises:
        ValueError: A value is no id.
    """
    return _PLACE.sub(lambda found: segment(values[found[1]], found[1]), value)


def base_url(url: object, source: str) -> str:
    """Check a base URL.

    Args:
        url: The URL.
        source: Where it comes from, for the message: the setting and its environment variable.

    Returns:
        The URL without a trailing slash.

    Raises:
        ConfigurationError: It is no absolute https URL (http is fine for loopback), or has user info, a query or a
            fragment.
    """
    parts = _split(url) if isinstance(url, str) else None
    if not isinstance(url, str) or parts is None or not parts.hostname or parts.scheme not in _PORTS:
        raise ConfigurationError(f"{source} must be an absolute https URL.")
    if "?" in url or "#" in url:  # an empty one too: the path would end up behind it
        raise ConfigurationError(f"{source} must have no query and no fragment.")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ConfigurationError(f"{source} must be https: plain http is for loopback addresses only.")
    return url.rstrip("/")


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine.

    Args:
        host: A name or an address.

    Returns:
        Whether it is `localhost` or a loopback address.
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def followed(base: str, link: str) -> str | None:
    """Decide whether a link that a provider sent may be followed with our credentials.

    Args:
        base: Our base URL.
        link: The link: absolute, or a path on the same host.

    Returns:
        The absolute URL, or None where scheme, host or port differ, or where the link could be read in two ways.
    """
    ours = urlsplit(base)
    if link.startswith("/") and not link.startswith("//") and _PLAIN.fullmatch(link):
        return f"{ours.scheme}://{ours.netloc}{link}"
    parts = _split(link)
    if parts is None or _origin(parts) != _origin(ours):
        return None
    rest = f"?{parts.query}" if parts.query else ""
    return f"{ours.scheme}://{ours.netloc}{parts.path}{rest}"


def query_string(query: Pairs) -> str:
    """Encode a query.

    Args:
        query: Names and values, in order.

    Returns:
        The encoded query without its question mark.
    """
    return urlencode(query, quote_via=quote)


def _split(url: str) -> SplitResult | None:
    """Split an absolute URL, or give None for one that two parsers could read differently."""
    if not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return None if "@" in parts.netloc else parts


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
