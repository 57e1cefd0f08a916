"""What must hold for every provider, as data: a verb, what goes wrong, and how it must end.

`book` and `register` make something, `read` and `browse` ask, `change`, `hide` and `cancel` may be asked twice.
Ends are `"plain"` (the answer), `"recovered"` (found after it was lost), `"done"` (it took effect, and where there is
no answer to give, none is), or the name of an error. The clock of a case never waits, and its jitter is the whole
ceiling: 0.5, 1 and 2 seconds.
"""

from __future__ import annotations

import gzip
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import attrs
from props import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

from apptsdk import NO_RETRY, Timeout

WRITES = ("book", "register")
READS = ("read", "browse")
TWICE = ("change", "hide", "cancel")


@attrs.frozen
class Case:
    """One case.

    Args:
        name: What it is about.
        verb: What is called.
        ends: How it ends.
        sent: How many requests of the verb's own reach the provider.
        made: How often the verb takes effect, by the ledger.
        faults: What goes wrong, as `Sandbox.fault` takes it; its method and path are the verb's.
        tokens: What goes wrong where a provider gives tokens, likewise; without it nothing does.
        renewed: How many more requests leave where a token can be renewed.
        slept: The pauses, in seconds; None where they do not matter.
        options: The client's.
        ahead: Seconds by which the local clock is wrong.
        retry_after: What the error says about when to come back.
    """

    name: str
    verb: str
    ends: str
    sent: int = 1
    made: int = 0
    faults: tuple[Mapping[str, Any], ...] = ()
    slept: tuple[float, ...] | None = None
    options: Mapping[str, Any] = attrs.field(factory=dict)
    ahead: float = 0.0
    retry_after: float | None = None
    tokens: tuple[Mapping[str, Any], ...] = ()
    renewed: int = 0

    def __str__(self) -> str:
        return f"{self.verb}: {self.name}"


def fault(kind: str, **more: Any) -> Mapping[str, Any]:
    return {"kind": kind, **more}


def status(number: int, **more: Any) -> Mapping[str, Any]:
    return fault("status", status=number, **more)


SHORT = {"timeout": 0.2}
LIAR = b'HTTP/1.1 %d Fine\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"id": "1"'
NO_HTTP = b"220 mail.example ESMTP\r\n\r\n"

# What a 2xx can hold instead of an object. None of it may raise another library's error.
BODIES: Mapping[str, Any] = {
    "a null": b"null",
    "an array": b"[]",
    "a text": b'"fine"',
    "a number": b"1",
    "an empty object": b"{}",
    "HTML": b"<html><body>Please sign in</body></html>",
    "bad UTF-8": b'{"id": "\xff\xfe"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "NaN": b'{"id": NaN}',
    "JSON a hundred thousand levels deep": b"[" * 100_000 + b"]" * 100_000,
    "a float for an id": b'{"id": 1402337715590046001.5, "appointment_id": 1402337715590046001.5}',
}
ENCODED: Mapping[str, tuple[str, bytes]] = {
    "an unknown encoding": ("br", b"\x0b\x02\x80{}\x03"),
    "a broken gzip": ("gzip", gzip.compress(b'{"id": "1"}')[:-12]),
    "a gzip that is none": ("gzip", b'{"id": "1"}'),
    "encodings within encodings": ("gzip, gzip, gzip, gzip", gzip.compress(b"{}")),
}

NO_TOKENS: Mapping[str, Any] = {
    "a null for a token": b'{"code": true, "data": {"token": null}, "access_token": null}',
    "a number for a token": b'{"code": true, "data": {"token": 5}, "access_token": 5}',
    "an empty token": b'{"code": true, "data": {"token": ""}, "access_token": ""}',
    "a token of two lines": b'{"code": true, "data": {"token": "a\\r\\nb"}, "access_token": "a\\r\\nb"}',
    "a list for data": b'{"code": true, "data": [], "access_token": []}',
}
UNSETTLED = (408, 425, 500, 502, 503, 504, 507, 599)
FINAL = {
    301: "APIStatusError",
    302: "APIStatusError",
    307: "APIStatusError",
    308: "APIStatusError",
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    405: "APIStatusError",
    409: "ConflictError",
    418: "APIStatusError",
    422: "ValidationError",
}


def lost(verb: str) -> Iterator[Case]:
    """The write is done, and its answer does not arrive: the caller gets what was made all the same."""

    def case(name: str, one: Mapping[str, Any], **more: Any) -> Case:
        return Case(name, verb, "recovered", made=1, faults=(one,), **more)

    yield case("the connection is cut after it is done", fault("drop_after"))
    yield case("the connection is reset after it is done", fault("drop_after", reset=True))
    yield case("half of the answer arrives", fault("truncate"))
    yield case("the JSON of the answer is cut short", fault("garble"))
    yield case("the answer is empty", fault("empty", commit=True))
    yield case("the answer has no content", status(204, commit=True))
    yield case("nothing is answered", fault("hang", commit=True), options=SHORT)
    yield case("its Content-Length lies", fault("reply", body=LIAR % 201, commit=True))
    yield case("something answers that is not HTTP", fault("reply", body=NO_HTTP, commit=True))
    yield case("the answer is a bomb", fault("bomb", status=201, commit=True))
    for number in UNSETTLED:
        yield case(f"{number} after it is done", status(number, commit=True))
    yield case("503 with Retry-After after it is done", status(503, headers={"retry-after": "1"}, commit=True))
    for name, body in BODIES.items():
        yield case(f"the answer is {name}", status(201, body=body, commit=True))
    for name, (encoding, body) in ENCODED.items():
        headers = {"content-encoding": encoding}
        yield case(f"the answer is {name}", status(201, body=body, headers=headers, commit=True))
    yield Case(
        "retries are off, and the answer is lost",
        verb,
        "recovered",
        made=1,
        faults=(fault("drop_after"),),
        options={"retry": NO_RETRY},
    )
    yield Case(
        "the answer is lost, and the first look for it fails",
        verb,
        "recovered",
        made=1,
        faults=(fault("drop_after"), fault("status", status=500, times=4, method="GET")),
    )
    yield Case("429, and then the answer is lost", verb, "recovered", 2, 1, (status(429), fault("drop_after")))


def undone(verb: str) -> Iterator[Case]:
    """Nothing is done, and nobody can know: the outcome is unknown, and nothing is sent again."""

    def case(name: str, one: Mapping[str, Any], **more: Any) -> Case:
        return Case(name, verb, "OutcomeUnknownError", faults=(one,), slept=(1, 2, 4, 8, 12), **more)

    yield case("the connection is cut before it is done", fault("drop_before"))
    yield case("the connection is reset before it is done", fault("drop_before", reset=True))
    yield case("an answer without a body, and nothing is done", fault("empty"))
    yield case("no answer, and nothing is done", fault("hang"), options=SHORT)
    yield case("a Content-Length that lies, and nothing is done", fault("reply", body=LIAR % 201))
    yield case("an informational answer and then the end", fault("reply", body=b"HTTP/1.1 100 Continue\r\n\r\n"))
    yield case("a bomb, and nothing is done", fault("bomb", status=201))
    for number in UNSETTLED:
        yield case(f"{number}, and nothing is done", status(number))
        yield case(f"{number} with Retry-After", status(number, headers={"retry-after": "1"}))


def refused(verb: str) -> Iterator[Case]:
    """The provider says no: that is what the caller hears, and nothing is sent again."""
    elsewhere = {"location": "https://elsewhere.example/v1"}
    for number, error in FINAL.items():
        refusal, renewed = status(number, headers=elsewhere, times=None), int(number == 401)
        yield Case(f"{number}", verb, error, faults=(refusal,), slept=(), renewed=renewed)
    yield Case("a bomb on 422", verb, "ValidationError", faults=(fault("bomb", status=422),), slept=())


def asked_to_wait(verb: str, made: int) -> Iterator[Case]:
    """429: nothing was done, so everything is sent again, when the provider says."""

    def case(name: str, headers: Any, slept: float, **more: Any) -> Case:
        end = "plain"
        return Case(f"429, {name}", verb, end, 2, made, (status(429, headers=headers),), slept=(slept,), **more)

    def date(seconds: float) -> str:
        return format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)

    def epoch(seconds: float) -> str:
        return str(int(NOW.timestamp() + seconds))

    yield case("no word on when", {}, 0.5)
    yield case("Retry-After in seconds", {"retry-after": "2"}, 2)
    yield case("Retry-After with a fraction", {"retry-after": "1.5"}, 1.5)
    yield case("Retry-After as a date ahead", {"retry-after": date(5)}, 5)
    yield case("Retry-After as a date ahead, local clock wrong", {"retry-after": date(5)}, 5, ahead=-3600)
    yield case("Retry-After as a date past", {"retry-after": date(-5)}, 0.5)
    for text in ("0", "-1", "nan", "inf", "-inf", "soon", "", "1e400"):
        yield case(f"Retry-After {text!r}", {"retry-after": text}, 0.5)
    yield case("Retry-After twice", [("retry-after", "3"), ("retry-after", "40")], 3)
    yield case("Retry-After no number, reset ahead", {"retry-after": "soon", "x-ratelimit-reset": epoch(7)}, 7)
    yield case("reset ahead", {"x-ratelimit-reset": epoch(7)}, 7)
    yield case("reset past", {"x-ratelimit-reset": epoch(-7)}, 0.5)
    yield case("reset is no number", {"x-ratelimit-reset": "later"}, 0.5)
    for ahead in (3600.0, -3600.0):
        yield case(f"reset ahead, local clock {ahead:+.0f} s", {"x-ratelimit-reset": epoch(7)}, 7, ahead=ahead)
    for name, headers in {
        "Retry-After": {"retry-after": "61"},
        "Retry-After as a date": {"retry-after": date(61)},
        "reset": {"x-ratelimit-reset": epoch(61)},
    }.items():
        refusal = status(429, headers=headers, times=None)
        yield Case(f"429, {name} above the cap", verb, "RateLimitError", 1, 0, (refusal,), (), retry_after=61)
    yield Case("429 without end", verb, "RateLimitError", 4, 0, (status(429, times=None),), (0.5, 1, 2))
    yield Case("429, retries off", verb, "RateLimitError", 1, 0, (status(429),), (), {"retry": NO_RETRY})


def read_again(verb: str) -> Iterator[Case]:
    """A read is harmless: what may pass is asked again."""
    for number in (408, 425, 500, 502, 503, 504):
        yield Case(f"{number} twice", verb, "plain", 3, faults=(status(number, times=2),), slept=(0.5, 1))
        yield Case(f"{number}, retries off", verb, _failure(number), 1, 0, (status(number),), (), {"retry": NO_RETRY})
    yield Case("503 without end", verb, "ServerError", 4, faults=(status(503, times=None),), slept=(0.5, 1, 2))
    for number in (501, 505, 511):
        yield Case(f"{number}", verb, "ServerError", faults=(status(number, times=None),), slept=())
    for name, one, options in (
        ("the connection is cut before", fault("drop_before"), {}),
        ("the connection is cut after", fault("drop_after"), {}),
        ("the connection is reset", fault("drop_after", reset=True), {}),
        ("half of the answer arrives", fault("truncate"), {}),
        ("nothing is answered", fault("hang"), SHORT),
        ("its Content-Length lies", fault("reply", body=LIAR % 200), {}),
        ("something answers that is not HTTP", fault("reply", body=NO_HTTP), {}),
    ):
        yield Case(name, verb, "plain", 2, faults=(one,), slept=(0.5,), options=options)
        yield Case(f"{name}, retries off", verb, "NoAnswerError", 1, 0, (one,), (), {**options, "retry": NO_RETRY})
    yield Case("no answer ever", verb, "NoAnswerError", 4, faults=(fault("drop_before", times=None),))
    later = {"retry-after": "2"}
    yield Case("503 with Retry-After", verb, "plain", 2, faults=(status(503, headers=later),), slept=(2,))
    much = status(503, headers={"retry-after": "61"}, times=None)
    yield Case("503, Retry-After above the cap", verb, "ServerError", 1, 0, (much,), (), retry_after=61)
    short = {"timeout": Timeout(attempt=1, total=3)}
    always = status(503, headers=later, times=None)
    yield Case("503 until the time is up", verb, "ServerError", 2, faults=(always,), slept=(2,), options=short)


def unreadable(verb: str) -> Iterator[Case]:
    """An answer that does not decode is our own error, at once."""

    def case(name: str, one: Mapping[str, Any]) -> Case:
        return Case(name, verb, "ResponseUnreadableError", faults=(one,), slept=())

    yield case("the JSON is cut short", fault("garble"))
    yield case("an empty 200", fault("empty"))
    yield case("204 where a body is due", status(204))
    yield case("a bomb", fault("bomb", status=200))
    for name, body in BODIES.items():
        yield case(f"the answer is {name}", status(200, body=body))
    for name, (encoding, body) in ENCODED.items():
        yield case(f"the answer is {name}", status(200, body=body, headers={"content-encoding": encoding}))
    yield Case("a bomb on 500", verb, "ServerError", 4, faults=(fault("bomb", status=500, times=None),))
    yield Case("a bomb on 404", verb, "NotFoundError", faults=(fault("bomb", status=404),), slept=())


def asked_twice(verb: str) -> Iterator[Case]:
    """Twice is the same as once: asked again, and in the end what is true is what the caller hears."""
    again = 2 if verb == "change" else 1
    end = "plain" if verb == "change" else "done"
    for name, one, options in (
        ("the connection is cut after it is done", fault("drop_after"), {}),
        ("nothing is answered, though it is done", fault("hang", commit=True), SHORT),
        ("503 though it is done", status(503, commit=True), {}),
    ):
        yield Case(name, verb, end, 2, again, (one,), options=options)
    for name, one in (
        ("the connection is cut before it is done", fault("drop_before")),
        ("503, and nothing is done", status(503)),
        ("429", status(429)),
    ):
        yield Case(name, verb, end, 2, 1, (one,), slept=(0.5,))
    yield Case("it never works", verb, "OutcomeUnknownError", 4, 0, (fault("drop_before", times=None),))
    if verb == "change":
        yield Case("half of the answer arrives", verb, end, 2, 2, (fault("truncate"),))
        yield Case("the answer is garbled", verb, "ResponseUnreadableError", 1, 1, (fault("garble"),))
    else:
        lost_once = (fault("drop_after"),)
        off = {"retry": NO_RETRY}
        yield Case("retries are off, and the answer is lost", verb, end, 1, 1, lost_once, options=off)
        yield Case("half of the head arrives", verb, end, 2, 1, (fault("truncate"),))
        yield Case("another 200 than is due", verb, end, 1, 1, (fault("garble"),))


def without_token(verb: str, made: int) -> Iterator[Case]:
    """A token is asked for first, and again as a read would be; without one nothing else is sent."""

    def case(name: str, ends: str, *tokens: Mapping[str, Any], **more: Any) -> Case:
        sent = int(ends == "plain")
        return Case(f"token: {name}", verb, ends, sent, made * sent, tokens=tokens, **more)

    for number in (408, 500, 503):
        yield case(f"{number} twice", "plain", status(number, times=2), slept=(0.5, 1))
    for name, one in (
        ("the connection is cut before", fault("drop_before")),
        ("the connection is cut after", fault("drop_after")),
        ("half of the answer arrives", fault("truncate")),
    ):
        yield case(name, "plain", one, slept=(0.5,))
    yield case("429, Retry-After in seconds", "plain", status(429, headers={"retry-after": "2"}), slept=(2,))
    yield case("429, Retry-After above the cap", "RateLimitError", status(429, headers={"retry-after": "61"}))
    # What is looked at before a booking may ask for a token, too.
    slept = (0.5, 1, 2) if verb == "read" else None
    yield case("503 without end", "RequestNotSentError", status(503, times=None), slept=slept)
    yield case("no answer ever", "RequestNotSentError", fault("drop_before", times=None), slept=slept)
    yield case("the JSON is cut short", "AuthenticationError", fault("garble"), slept=())
    for number in (400, 401, 404, 422):
        yield case(f"{number}", "AuthenticationError", status(number), slept=())
    yield case("403", "PermissionDeniedError", status(403), slept=())
    for name, body in {**BODIES, **NO_TOKENS}.items():
        yield case(f"the answer is {name}", "AuthenticationError", status(201, body=body), slept=())
    for name, (encoding, body) in ENCODED.items():
        headers = {"content-encoding": encoding}
        yield case(f"the answer is {name}", "AuthenticationError", status(201, body=body, headers=headers), slept=())
    yield Case("token: it is refused once", verb, "plain", 2, made, faults=(status(401),), slept=())
    refused_twice = (status(401), status(401))
    yield Case("token: the new one is refused too", verb, "AuthenticationError", 2, 0, faults=refused_twice, slept=())


def _failure(number: int) -> str:
    return "ServerError" if number >= 500 else "APIStatusError"


CASES: tuple[Case, ...] = (
    *(Case("all is well", verb, "plain", made=int(verb not in READS), slept=()) for verb in (*WRITES, *READS)),
    *(Case("all is well", verb, "plain" if verb == "change" else "done", made=1, slept=()) for verb in TWICE),
    *(case for verb in WRITES for make in (lost, undone, refused) for case in make(verb)),
    *(case for verb in ("book", "read") for case in asked_to_wait(verb, int(verb == "book"))),
    *(case for verb in READS for make in (read_again, unreadable) for case in make(verb)),
    *(case for verb in ("read", *TWICE) for case in refused(verb)),
    *(case for verb in TWICE for case in asked_twice(verb)),
)

TOKEN_CASES: tuple[Case, ...] = tuple(
    case for verb in ("book", "read") for case in without_token(verb, int(verb == "book"))
)
"""Where a provider gives tokens."""

FEW: Mapping[str, tuple[str, ...]] = {
    "book": (
        "all is well",
        "the connection is cut after it is done",
        "half of the answer arrives",
        "the JSON of the answer is cut short",
        "500 after it is done",
        "503 with Retry-After after it is done",
        "the answer is a null",
        "retries are off, and the answer is lost",
        "the connection is cut before it is done",
        "503, and nothing is done",
        "409",
        "422",
        "429, Retry-After in seconds",
    ),
    "change": (
        "all is well",
        "the connection is cut after it is done",
        "503, and nothing is done",
        "it never works",
        "the answer is garbled",
        "422",
    ),
    "hide": (
        "all is well",
        "the connection is cut after it is done",
        "503, and nothing is done",
        "it never works",
        "retries are off, and the answer is lost",
        "404",
    ),
    "read": (
        "503 twice",
        "the connection is cut after",
        "the JSON is cut short",
        "204 where a body is due",
        "the answer is an array",
        "404",
    ),
}
"""Enough of a verb's cases to see that another one is like it."""


def few(verb: str, like: str) -> Iterator[Case]:
    """Give some of the cases of a verb, for one that must be like it."""
    by_name = {case.name: case for case in CASES if case.verb == like}
    for name in FEW[like]:
        yield attrs.evolve(by_name[name], verb=verb)


CORE = frozenset(f"{verb}: {name}" for verb, names in FEW.items() for name in names)
"""What is played in every world with every provider; of the others each is, with one provider or another."""
