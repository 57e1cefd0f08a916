"""How Cliniko says no: status, body and content type of every error."""

from collections.abc import Mapping
from http import HTTPStatus

from apptsdk.sandbox.http import Answer, Refusal, say

_TEXT = (("content-type", "text/plain; charset=utf-8"),)
_PAGE = b"""<!DOCTYPE html>
<html>
<head><title>Not found (404)</title></head>
<body><h1>The page you were looking for is not here.</h1></body>
</html>
"""


def no_route() -> Answer:
    """Answer a path that nobody serves, or that does not know the method: a page, not JSON."""
    return Answer(HTTPStatus.NOT_FOUND, _PAGE, (("content-type", "text/html; charset=utf-8"),))


def no_agent() -> Answer:
    """Answer a call without a User-Agent."""
    return Answer(HTTPStatus.FORBIDDEN, b"Requires a user agent", _TEXT)


def no_key() -> Answer:
    """Answer a call whose key is missing or unknown."""
    headers = (*_TEXT, ("www-authenticate", 'Basic realm="Application"'))
    return Answer(HTTPStatus.UNAUTHORIZED, b"HTTP Basic: Access denied.\n", headers)


def too_many(reset: int) -> Answer:
    """Answer a call above the limit.

    Args:
        reset: when the next minute begins, in seconds since 1970.
    """
    said = {"message": "Rate limit exceeded"}
    return say(HTTPStatus.TOO_MANY_REQUESTS, said, (("x-ratelimit-reset", str(reset)),))


def unreadable() -> Refusal:
    """Refuse a body that is said to be JSON and is not."""
    return Refusal(say(HTTPStatus.BAD_REQUEST, {"status": "400", "error": "Bad Request"}))


def missing() -> Refusal:
    """Refuse an id that is unknown, or hidden because it is archived or cancelled."""
    return Refusal(say(HTTPStatus.NOT_FOUND, {"status": "404", "error": "Not Found"}))


def forbidden() -> Refusal:
    """Refuse what the role of the key's user may not see."""
    return Refusal(say(HTTPStatus.FORBIDDEN, {"status": "403", "error": "Forbidden"}))


def bad(message: str) -> Refusal:
    """Refuse a query.

    Args:
        message: why.
    """
    return Refusal(say(HTTPStatus.BAD_REQUEST, {"message": message}))


def invalid(errors: Mapping[str, str]) -> Refusal:
    """Refuse a body.

    Args:
        errors: what is wrong, by field.
    """
    return Refusal(say(HTTPStatus.UNPROCESSABLE_ENTITY, {"message": "Validation Failed", "errors": errors}))


def no_object() -> Refusal:
    """Refuse something else where an object belongs; the vendor then names no field."""
    return Refusal(say(HTTPStatus.UNPROCESSABLE_ENTITY, {"message": "must be an object"}))
