"""Faults on demand: which request they hit, and what they do to its answer."""

import struct
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from http import HTTPStatus
from typing import Literal, Protocol, cast, get_args

import orjson
from attrs import define, field

from apptsdk.sandbox.http import JSON, Answer

Kind = Literal["drop_before", "drop_after", "truncate", "garble", "status", "hang", "delay", "bomb", "empty", "reply"]
Headers = Mapping[str, str] | Iterable[tuple[str, str]]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What can be made to go wrong: the first argument of `Sandbox.fault`."""

# Whether the request is handled: the first is the default, the second is possible.
_COMMITS: dict[Kind, tuple[bool, ...]] = {
    "drop_before": (False,),
    "drop_after": (True,),
    "truncate": (True,),
    "garble": (True,),
    "status": (False, True),
    "hang": (False, True),
    "delay": (True, False),
    "bomb": (False, True),
    "empty": (False, True),
    "reply": (False, True),
}
_BOMB_BLOCK = 1 << 20
_BEGINNINGS = ("/", "*", "?", "[")  # of a pattern that can match a path


@define(eq=False)
class Fault:
    """A fault that waits for its request."""

    kind: Kind
    method: str | None
    path: str | None
    provider: str | None
    times: int | None
    skip: int
    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes | None = field(repr=False)
    seconds: float
    commit: bool
    reset: bool
    _owner: "Faults" = field(repr=False, alias="owner")
    hits: int = 0
    """How many requests it has hit."""

    def matches(self, provider: str, method: str, base: str, path: str) -> bool:
        """Tell whether a request is meant.

        Args:
            provider: whose base the request came in under.
            method: its method.
            base: the path of that base.
            path: its path below that base.
        """
        return (
            self.provider in {None, provider}
            and self.method in {None, method}
            and (self.path is None or fnmatchcase(path, self.path) or self._names(base, path))
        )

    def _names(self, base: str, path: str) -> bool:
        """Tell whether the pattern is for a whole path, and for this one; `/*/7` is not for `/nexhealth/7`."""
        first = base.split("/")[1]
        return self.path is not None and self.path.startswith(f"/{first}/") and fnmatchcase(base + path, self.path)

    @property
    def exhausted(self) -> bool:
        """Whether it has hit as often as it should."""
        return self.times is not None and self.hits >= self.times

    def remove(self) -> None:
        """Take the fault back; `hits` stays readable."""
        self._owner.remove(self)


class Faults:
    """The faults that were asked for, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        kind: Kind,
        *,
        method: str | None = None,
        path: str | None = None,
        provider: str | None = None,
        times: int | None = 1,
        skip: int = 0,
        status: int = 503,
        headers: Headers = (),
        body: object = None,
        seconds: float = 0.0,
        commit: bool | None = None,
        size: int = 200_000_000,
        reset: bool = False,
    ) -> Fault:
        """Ask for a fault; see `Sandbox.fault` for the arguments.

        Returns:
            The fault.

        Raises:
            ValueError: there is no such kind, it cannot do that, or the path matches nothing.
        """
        if kind not in _COMMITS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
        allowed = _COMMITS[kind]
        payload = encode(body)
        if kind == "bomb":
            payload, headers = bomb(size), [("content-encoding", "gzip"), *pairs(headers)]
        elif kind == "empty":
            payload, status = None, HTTPStatus.OK
        if path is not None and not path.startswith(_BEGINNINGS):
            raise ValueError(f"path must begin with / or *, else it matches no request: {path!r}")
        if commit is not None and commit not in allowed:
            raise ValueError(f"a {kind} fault is always {'handled' if allowed[0] else 'not handled'}")
        fault = Fault(
            kind=kind,
            method=None if method is None else method.upper(),
            path=path,
            provider=provider,
            times=times,
            skip=skip,
            status=status,
            headers=tuple(pairs(headers)),
            body=payload,
            seconds=seconds,
            commit=allowed[0] if commit is None else commit,
            reset=reset,
            owner=self,
        )
        with self._lock:
            self._faults.append(fault)
        return fault

    def take(self, provider: str, method: str, base: str, path: str) -> Fault | None:
        """Find the fault for a request, and count it.

        Args:
            provider: whose base the request came in under.
            method: its method.
            base: the path of that base.
            path: its path below that base.

        Returns:
            The first that matches and is not exhausted, else None.
        """
        with self._lock:
            for fault in self._faults:
                if fault.exhausted or not fault.matches(provider, method, base, path):
                    continue
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                return fault
        return None

    def remove(self, fault: Fault) -> None:
        """Take a fault back; once is enough, twice does no harm.

        Args:
            fault: the fault.
        """
        with self._lock:
            self._faults = [other for other in self._faults if other is not fault]

    def clear(self) -> None:
        """Take all faults back."""
        with self._lock:
            self._faults = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults.copy())


def pairs(headers: Headers) -> Iterable[tuple[str, str]]:
    """Read headers that were given as a mapping, or as pairs because one of them comes twice.

    Args:
        headers: either.
    """
    if isinstance(headers, Mapping):
        return cast("Mapping[str, str]", headers).items()
    return headers


def encode(body: object) -> bytes | None:
    """Turn a fault's body into bytes.

    Args:
        body: None, bytes, text, or anything that JSON can say.
    """
    if body is None or isinstance(body, bytes):
        return body
    return body.encode() if isinstance(body, str) else orjson.dumps(body)


@lru_cache(maxsize=4)
def bomb(size: int) -> bytes:
    """Make a gzip body that inflates to many blanks, in one member, without compressing them all.

    Args:
        size: the bytes that it inflates to.

    Returns:
        About a thousandth of that.
    """
    # After a full flush deflate remembers nothing, so that the same block may follow any number of times.
    whole, rest = divmod(size, _BOMB_BLOCK)
    blanks = bytes([32]) * _BOMB_BLOCK
    packed, tail, checksum = _deflate(blanks), _deflate(blanks[:rest]), 0
    for _ in range(whole):
        checksum = zlib.crc32(blanks, checksum)
    checksum = zlib.crc32(blanks[:rest], checksum)
    head = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    return b"".join([head, packed * whole, tail, b"\x03\0", struct.pack("<II", checksum, size & 0xFFFFFFFF)])


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


class Line(Protocol):
    """What a fault can do to the connection of one request."""

    async def reply(self, answer: Answer) -> None:
        """Answer properly."""
        ...

    async def cut(self, last: bytes = b"", *, reset: bool = False) -> None:
        """Write some last bytes, then close the connection under the request."""
        ...

    async def wait(self, seconds: float) -> None:
        """Wait that long, or until the sandbox closes."""
        ...

    async def gone(self) -> None:
        """Wait until the connection is closed, by whomever."""
        ...

    def draw(self, answer: Answer) -> tuple[bytes, bytes]:
        """Give the head and the body that an answer would be on the wire."""
        ...


Handle = Callable[[], Answer]


async def _cut(line: Line, fault: Fault, handle: Handle) -> None:
    if fault.commit:
        handle()
    await line.cut(fault.body or b"", reset=fault.reset)


async def _truncate(line: Line, fault: Fault, handle: Handle) -> None:
    head, body = line.draw(handle())
    # An answer without a body loses half of its head.
    await line.cut(head + body[: len(body) // 2] if body else head[: len(head) // 2], reset=fault.reset)


async def _garble(line: Line, _: Fault, handle: Handle) -> None:
    answer = handle()
    half = answer.body[: len(answer.body) // 2]
    # A 204 cannot carry a body, so that a garbled one is a 200.
    await line.reply(Answer(answer.status if half else HTTPStatus.OK, half + b'{"\\', answer.headers))


async def _instead(line: Line, fault: Fault, handle: Handle) -> None:
    if fault.commit:
        handle()
    kind = (("content-type", JSON),) if fault.body else ()
    await line.reply(Answer(fault.status, fault.body or b"", fault.headers).but_first(kind))


async def _hang(line: Line, fault: Fault, handle: Handle) -> None:
    if fault.commit:
        handle()
    await line.gone()


async def _delay(line: Line, fault: Fault, handle: Handle) -> None:
    if fault.commit:
        answer = handle()
        await line.wait(fault.seconds)
    else:
        # The write is still on its way when an impatient client asks about it.
        await line.wait(fault.seconds)
        answer = handle()
    await line.reply(answer)


PLAY: dict[Kind, Callable[[Line, Fault, Handle], Awaitable[None]]] = {
    "drop_before": _cut,
    "drop_after": _cut,
    "truncate": _truncate,
    "garble": _garble,
    "status": _instead,
    "hang": _hang,
    "delay": _delay,
    "bomb": _instead,
    "empty": _instead,
    "reply": _cut,
}
