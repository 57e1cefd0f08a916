"""How the emulation says no; the bodies and the codes from 99001 on are its own, no page shows any."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from apptsdk.sandbox.http import Answer, Refusal, say

INVALID_STATUS: Final = 1001
"""The vendor's: the case's status does not allow it."""
NOT_VACANT: Final = 99001
OUTSIDE_HOURS: Final = 99002
CANCELLED_ALREADY: Final = 99003
HOOK_REFUSED: Final = 99004
KEY_TAKEN: Final = 99005
_OWN: Final = 99000


def refuse(status: int, code: int, message: str, **more: object) -> Refusal:
    """Refuse a call.

    Args:
        status: the status.
        code: the `errorCode`.
        message: why.
        more: members beside them.
    """
    return Refusal(say(status, {"errorCode": code, "message": message, **more}))


def unauthorized() -> Refusal:
    """Refuse a token that is missing, wrong or expired: no body at all."""
    return Refusal(Answer(HTTPStatus.UNAUTHORIZED, headers=(("www-authenticate", "Bearer"),)))


def forbidden(message: str) -> Refusal:
    """Refuse what the application is not allowed.

    Args:
        message: why.
    """
    return refuse(HTTPStatus.FORBIDDEN, _OWN + HTTPStatus.FORBIDDEN, message)


def missing(what: str = "resource") -> Refusal:
    """Refuse what is not there.

    Args:
        what: the kind of thing.
    """
    return refuse(HTTPStatus.NOT_FOUND, _OWN + HTTPStatus.NOT_FOUND, f"There is no such {what}.")


def no_method() -> Refusal:
    """Refuse a method that the path does not have."""
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return refuse(status, _OWN + status, "There is no such method here.")


def unheard() -> Refusal:
    """Refuse a body that does not call itself JSON."""
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return refuse(status, _OWN + status, "The content type must be application/json.")


def invalid(errors: Mapping[str, Sequence[str]]) -> Refusal:
    """Refuse what was sent.

    Args:
        errors: by member, what is wrong with it.
    """
    message = f"Invalid: {', '.join(errors)}."
    return refuse(HTTPStatus.BAD_REQUEST, _OWN + HTTPStatus.BAD_REQUEST, message, errors=errors)


def conflict(code: int, message: str, status: int = HTTPStatus.CONFLICT) -> Refusal:
    """Refuse what the state forbids.

    Args:
        code: the `errorCode`.
        message: why.
        status: the status.
    """
    return refuse(status, code, message)
