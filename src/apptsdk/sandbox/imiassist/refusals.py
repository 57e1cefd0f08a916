"""How the emulation says no: the error body of our own contract."""

from collections.abc import Iterable
from http import HTTPStatus

from apptsdk.sandbox.http import Refusal, say

Wrong = tuple[str, str]
"""A member and what is wrong with it."""


def refuse(status: int, code: str, message: str, wrong: Iterable[Wrong] = ()) -> Refusal:
    """Refuse a call.

    Args:
        status: the status.
        code: in snake case.
        message: why.
        wrong: by member, if it is about those.
    """
    details = [{"field": name, "message": why} for name, why in wrong]
    return Refusal(say(status, {"error": {"code": code, "message": message, "details": details}}))


def invalid(wrong: Iterable[Wrong]) -> Refusal:
    """Refuse what was sent.

    Args:
        wrong: everything that is wrong with it.
    """
    return refuse(HTTPStatus.BAD_REQUEST, "invalid_request", "The request is not valid.", wrong)


def missing(what: str) -> Refusal:
    """Refuse what is not there.

    Args:
        what: the kind of thing.
    """
    return refuse(HTTPStatus.NOT_FOUND, f"{what}_not_found", f"There is no such {what}.")


def unauthorized(code: str = "invalid_token") -> Refusal:
    """Refuse who cannot prove who they are.

    Args:
        code: what was not good.
    """
    return refuse(HTTPStatus.UNAUTHORIZED, code, "The credentials are not good.")


def conflict(code: str, message: str) -> Refusal:
    """Refuse what the state forbids.

    Args:
        code: in snake case.
        message: why.
    """
    return refuse(HTTPStatus.CONFLICT, code, message)
