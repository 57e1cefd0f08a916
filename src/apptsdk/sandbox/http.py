"""What passes between the server and an emulated vendor: a call and its answer, plain values."""

from collections.abc import Mapping

import orjson
from attrs import field, frozen

JSON = "application/json; charset=utf-8"


@frozen(kw_only=True)
class Call:
    """A request as a vendor sees it."""

    method: str
    path: str = field(repr=False)
    """Below the vendor's base, still percent-encoded: `/patients/1`."""
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    """Names in lower case; a repeated header is joined with a comma."""
    body: bytes = field(default=b"", repr=False)
    base_url: str
    """The vendor's base as the caller reached it: `http://127.0.0.1:8000/cliniko/v1`."""


@frozen
class Answer:
    """A response as a vendor gives it; the server adds `Date` and `Content-Length`."""

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def but_first(self, headers: tuple[tuple[str, str], ...]) -> "Answer":
        """Add headers that the answer does not set itself.

        Args:
            headers: pairs of name and value.

        Returns:
            The answer with them in front.
        """
        own = {name.lower() for name, _ in self.headers}
        added = tuple(pair for pair in headers if pair[0].lower() not in own)
        return Answer(self.status, self.body, (*added, *self.headers))


class Refusal(Exception):  # noqa: N818 - it is an answer, not an accident
    """An answer that ends the handling of a call.

    Args:
        answer: what the caller gets.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def say(status: int, said: object, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Answer with JSON.

    Args:
        status: the status.
        said: what the body says.
        headers: more headers.
    """
    return Answer(status, orjson.dumps(said), (("content-type", JSON), *headers))
