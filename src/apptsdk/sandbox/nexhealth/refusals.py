"""How NexHealth says yes and no: the envelope of every answer, and the texts of its errors."""

from collections.abc import Iterable
from http import HTTPStatus

import orjson
from attrs import frozen

from apptsdk.sandbox.http import Answer, Refusal

PLAIN = "application/json"
VENDORS = "application/vnd.Nexhealth+json;version=2"
NO_ACCESS = "You don't have access to perform this action."
NOT_FOUND = "Resource not found"
TAKEN = "Sorry, this time is no longer available. Please choose another time."
NOT_CONFIGURED = "The appointment type is not configured for the requested slot"
NOT_SYNCED = "Cannot update appointment because it is not synced with the PMS and/or a live client"
NO_MOVES = "EMR does not support appointment update"


@frozen
class Reply:
    """What a handler answers, before it is put into the envelope."""

    status: int
    data: object
    count: int | None = None
    page_info: dict[str, object] | None = None


def envelope(reply: Reply, note: str | None, media: str) -> Answer:
    """Put an answer into the envelope.

    Args:
        reply: the answer.
        note: what `description` says.
        media: the content type.
    """
    if reply.status == HTTPStatus.NO_CONTENT:
        return Answer(reply.status)
    said: dict[str, object] = {"code": True, "description": note, "error": [], "data": reply.data}
    if reply.count is not None:
        said["count"] = reply.count
    if reply.page_info is not None:
        said["page_info"] = reply.page_info
    return Answer(reply.status, orjson.dumps(said), (("content-type", media),))


def refuse(status: int, *errors: str) -> Refusal:
    """Refuse a call.

    Args:
        status: the status.
        errors: what `error` lists.
    """
    said = {"code": False, "description": None, "data": None, "error": list(errors)}
    return Refusal(Answer(status, orjson.dumps(said), (("content-type", PLAIN),)))


def bad(*errors: str) -> Refusal:
    """Refuse what is malformed, or what the state forbids: 400, never 422.

    Args:
        errors: why.
    """
    return refuse(HTTPStatus.BAD_REQUEST, *errors)


def lacking(names: Iterable[str]) -> Refusal:
    """Refuse a call that lacks parameters: one text for each.

    Args:
        names: which.
    """
    return bad(*(f"Missing parameter {name}" for name in names))


def missing() -> Refusal:
    """Refuse an id that is unknown to this institution."""
    return refuse(HTTPStatus.NOT_FOUND, NOT_FOUND)


def forbidden(why: str = NO_ACCESS) -> Refusal:
    """Refuse what the key does not reach.

    Args:
        why: the text.
    """
    return refuse(HTTPStatus.FORBIDDEN, why)


def unauthorized() -> Refusal:
    """Refuse a key or token that is missing, expired or wrong."""
    return refuse(HTTPStatus.UNAUTHORIZED, "Invalid Credentials")


def unheard(media: str) -> Refusal:
    """Refuse a body where none of its type is read.

    Args:
        media: its type.
    """
    return refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The requested content-type {media} not supported")


def too_many() -> Refusal:
    """Refuse a call above a quota; no header says until when."""
    return refuse(HTTPStatus.TOO_MANY_REQUESTS, "Rate limit exceeded")
