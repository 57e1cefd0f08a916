"""How Cubu writes: local midnights, tickets, arrays without an envelope, and errors in several shapes.

https://docs.cubu.com/guides/s2s-api-guide
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from apptsdk.account import Fault
from apptsdk.errors import AuthenticationError
from apptsdk.providers.cubu.ids import is_guid
from apptsdk.shapes import is_array, is_object
from apptsdk.wire import Undecodable, Wire, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cattrs import Converter

    from apptsdk.http import Response
    from apptsdk.models import Model

T = TypeVar("T")
M = TypeVar("M", bound="Model")

NO_CONTENT: Final = 204
"""With which the vendor says that there is nothing to return."""
_MIDNIGHT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T00:00:00(?:\.0+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,17}")


def _day(value: Any, _: object) -> date:
    """Read a day, which Cubu writes as its midnight, without an offset."""
    found = _MIDNIGHT.fullmatch(value) if value.__class__ is str else None
    if found is not None:
        try:
            return date.fromisoformat(found[1])
        except ValueError:
            pass
    raise Undecodable("not a day")


def _ticket_number(value: Any, _: object) -> int | str | None:
    """Read a ticket's number, which comes as a number or as text."""
    if value is None or value.__class__ is int:
        return value
    if value.__class__ is str:
        return int(value) if _NUMBER.fullmatch(value) else str(value)  # "007" stays as it is printed
    raise Undecodable("not a number")


def _adapt(converter: Converter) -> None:
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook_func(lambda kind: kind == int | str | None, _ticket_number)


WIRE: Final = Wire(_adapt)


def array_of(kind: type[T]) -> Callable[[Response], tuple[T, ...]]:
    """Read an answer that is an array.

    Args:
        kind: What it holds.

    Returns:
        A reader for an operation.
    """
    return lambda response: () if response.status == NO_CONTENT else WIRE.all_of(kind, loads(response.content))


def made(kind: type[M], *, sought: bool) -> Callable[[Response], M]:
    """Read what a write made.

    Args:
        kind: What it is.
        sought: Whether it is looked up where its answer does not name it: by a GUID.

    Returns:
        A reader for an operation.
    """

    def read(response: Response) -> M:
        found = WIRE.whole(loads(response.content), kind)
        if sought and not is_guid(getattr(found, "id", None)):
            raise Undecodable("$: without a GUID that names it")
        return found

    return read


def nothing(response: Response) -> None:
    """Read an answer whose body says nothing that the caller does not know."""
    del response


def next_page(body: Mapping[str, object], asked: str) -> str | None:
    """Find the next page: there is none, because no list of Cubu's has pages."""
    del body, asked
    return None


# --- errors ----------------------------------------------------------------------------------------------------------

CODES: Final[Mapping[str, str]] = {
    "1001": "the case's status does not allow it",
    "1002": "another user has locked the case",
    "1004": "the case is assigned to another user",
    "1010": "the case is not active",
    "1011": "there is no current workspace",
    "3301": 'the user\'s status is not "Away"',
}
"""The vendor's published codes, all of them with 409, and what they mean."""
_TRACE: Final = re.compile(r"\s*Trace ID:.*", re.DOTALL)
_OAUTH: Final = frozenset(
    {
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)
"""The errors of a token endpoint: https://datatracker.ietf.org/doc/html/rfc6749#section-5.2"""
_REFUSED: Final = frozenset({400, 401, 403})
_NAMED: Final = ("message", "title", "detail")


def fault(response: Response) -> Fault:
    """Read an error answer: Cubu's own, ASP.NET's ProblemDetails, Entra's, a text, or nothing.

    Args:
        response: The error answer.

    Returns:
        What it says.
    """
    try:
        body = response.json()
    except ValueError:
        text = response.content.decode("utf-8", "replace").strip()
        return Fault(text if text and not text.startswith("<") else None)
    if not is_object(body):
        return Fault(body if isinstance(body, str) else None)
    named = body.get("error")
    if "error_codes" in body or (isinstance(named, str) and named in _OAUTH):
        return _entra(body, response.status)
    code = next((str(body[key]).strip() for key in ("errorCode", "code") if type(body.get(key)) in {int, str}), None)
    said = [*texts(body.get("error")), *(text for key in _NAMED for text in texts(body.get(key)))]
    if code is not None and not said:
        said = [CODES[code]] if code in CODES else []
    errors = body.get("errors")
    fields = (
        {name: "; ".join(texts(value)) or "is invalid" for name, value in errors.items()} if is_object(errors) else {}
    )
    told = f" (errorCode {code})" if code else ""
    return Fault(f"{'; '.join(dict.fromkeys(said))}{told}".strip() or None, code=code, fields=fields)


def _entra(body: Mapping[str, object], status: int) -> Fault:
    """Read an error of Microsoft Entra, which gives the tokens."""
    codes = body.get("error_codes")
    first = codes[0] if is_array(codes) and codes else None
    said = [str(body.get("error")), *(_TRACE.sub("", text) for text in texts(body.get("error_description")))]
    return Fault(
        ": ".join(said),
        code=f"AADSTS{first}" if type(first) is int else said[0],
        kind=AuthenticationError if status in _REFUSED else None,
    )


def texts(value: object) -> Iterator[str]:
    """Read a text, or an array of texts."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif is_array(value):
        for item in value:
            yield from texts(item)
