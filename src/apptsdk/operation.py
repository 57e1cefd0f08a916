"""Work as inert data: operations, flows and listings, and the steps by which a driver carries them out.

Nothing here does I/O or reads a clock. A verb returns work, the exchange turns it into steps, a driver performs them.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeAlias, TypeVar, Union

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from apptsdk.errors import ApptError
    from apptsdk.http import Request, Response
    from apptsdk.models import BookingAttempt

    # What a step is answered with depends on the step, and a generator has one send type for all of them.
    Steps: TypeAlias = "Generator[Step, object, T]"
    # A flow may also yield work; `yield from` an operation or a flow gives its answer with its exact type.
    Asked: TypeAlias = (
        "Step | Work[object] | AllOf[object] | Aside[object] | Elsewhere[object] | Remembered[object] | _Known"
    )
    _Known: TypeAlias = "Offset | Unclaimed[object]"
    Script: TypeAlias = "Generator[Asked, object, T]"

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Effect(Enum):
    """Whether asking twice is harmless."""

    SAFE = "safe"
    """A read."""
    IDEMPOTENT = "idempotent"
    """Twice is the same as once: cancel, archive, update."""
    NEITHER = "neither"
    """Twice makes two: create, book."""


# --- steps: what a driver carries out --------------------------------------------------------------------------------


@attrs.frozen
class Send:
    """Send one request; answered with its `Response`, or `NotSent`, `NoAnswer` or `Unreadable` is thrown in."""

    request: Request
    timeout: float


@attrs.frozen
class Pause:
    """Wait; answered with None."""

    seconds: float


@attrs.frozen
class Now:
    """Read the clock; answered with an `Instant`."""


@attrs.frozen
class Instant:
    """A moment, on both clocks, in seconds."""

    monotonic: float
    wall: float


@attrs.frozen
class Acquire:
    """Take the account's lock of that name; answered with a held `Lock`, or `TimeoutError` is thrown in."""

    name: str
    timeout: float
    owner: object = attrs.field(default=None, eq=False, repr=False)
    """The account whose lock it is; None for the one that the driver is at."""


class Lock(Protocol):
    """A lock that is held."""

    def release(self) -> None:
        """Let it go. Synchronous, so that closing a generator is always safe."""
        ...


@attrs.frozen
class Call:
    """Call a function that may do I/O (awaited, or run in a thread, in the async world); answered with its result."""

    function: Callable[..., object]
    arguments: tuple[object, ...] = ()


@attrs.frozen
class Together:
    """Carry out several exchanges at once; answered with their outcomes, in order, None for what took too long."""

    exchanges: tuple[Steps[object], ...]
    timeout: float


Step: TypeAlias = Send | Pause | Now | Acquire | Call | Together
NOW: Final = Now()


@attrs.frozen
class Outcome(Generic[T_co]):
    """How one of several works ended: with a value or with an error."""

    value: T_co | None = None
    error: Exception | None = None

    def get(self) -> T_co:
        """Give the value.

        Returns:
            The value.

        Raises:
            Exception: The error, where there is one.
        """
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # an outcome without an error has a value of type T


# --- work: what verbs return -----------------------------------------------------------------------------------------


@attrs.frozen
class Operation(Generic[T_co]):
    """One request and how its answer is read.

    Args:
        name: The stable name, `"cliniko.patients.create"`.
        method: The HTTP method.
        path: The path below the base URL, its segments quoted.
        link: Instead of path and query: a link that the provider sent. It is followed on the same origin only.
        base: Instead of the provider's base URL: another place that the credentials are for, such as a token endpoint.
        read: Reads a successful answer. Raises `wire.Undecodable`.
        effect: Whether asking twice is harmless.
        query: The query, in order.
        body: The JSON body, as plain values.
        form: A form-encoded body instead of JSON.
        headers: Further header fields.
        tags: The quotas that the request counts against, beside the untagged ones.
        clues: For a write: by what its result can be found again.
        slot: For a booking: what it takes, for people.
        reference: The caller's own reference.
        recover: For a write: a flow that finds what was made when the answer was lost, all candidates.
        advice: For a write that cannot be found so: what its caller is to do instead, a sentence.
        done: For a harmless write: reads from what refused its repetition that an earlier attempt did it, whose answer
            was lost. None where it does not say so.
    """

    name: str
    method: str
    path: str
    read: Callable[[Response], T_co]
    effect: Effect
    link: str | None = None
    base: str | None = None
    query: tuple[tuple[str, str], ...] = ()
    body: object = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    tags: frozenset[str] = frozenset()
    clues: Mapping[str, str] = attrs.field(factory=dict[str, str])
    slot: str | None = None
    reference: str | None = None
    recover: Callable[[BookingAttempt], Flow[Sequence[T_co]]] | None = None
    advice: str | None = None
    done: Callable[[ApptError], T_co | None] | None = None

    def __iter__(self) -> Script[T_co]:
        # `appointment = yield from operation`, inside a flow.
        return _ask(self)

    def __repr__(self) -> str:
        return f"<Operation {self.name}>"


@attrs.frozen
class Flow(Generic[T_co]):
    """Steps of which each depends on the answers before it.

    Args:
        name: The stable name.
        script: Makes the generator, afresh for every run.
        within: Seconds that it may take beside the caller's timeout, where it waits for something by its nature.
    """

    name: str
    script: Callable[[], Script[T_co]]
    within: float = 0.0

    def __iter__(self) -> Script[T_co]:
        return _ask(self)

    def __repr__(self) -> str:
        return f"<Flow {self.name}>"


Work: TypeAlias = Union[Operation[T_co], Flow[T_co]]  # noqa: UP007 - a generic alias


def _ask(work: Work[T_co]) -> Script[T_co]:
    answer = yield work
    return answer  # type: ignore[return-value]  # the exchange answers work with what it reads: T


@attrs.frozen
class AllOf(Generic[T_co]):
    """Several reads at once: `outcomes = yield from AllOf(works)` inside a flow. Writes are refused here.

    Args:
        works: The reads; those at another account take that account's own time.
        patience: Seconds that are waited at most, by default what the call has left. What takes longer ends in
            `NoAnswerError`.
        at_once: How many are out at the same time.
    """

    works: tuple[Work[T_co] | Elsewhere[T_co], ...]
    patience: float | None = None
    at_once: int = 8

    def __iter__(self) -> Script[tuple[Outcome[T_co], ...]]:
        answer = yield self
        return answer  # type: ignore[return-value]  # the exchange answers with one outcome a work


@attrs.frozen
class Aside(Generic[T_co]):
    """A read that only helps, in little time: `case = yield from Aside(...)` inside a flow. Writes are refused here.

    Args:
        work: The read.
        patience: Seconds that it may take, and a tenth of what the call may: it is not what the caller wants.
    """

    work: Work[T_co]
    patience: float = 5.0

    def __iter__(self) -> Script[T_co]:
        answer = yield self
        return answer  # type: ignore[return-value]  # the exchange answers with what the work reads


@attrs.frozen
class Elsewhere(Generic[T_co]):
    """A work at another account: `made = yield from Elsewhere(...)` inside a flow. It has a time of its own.

    Args:
        name: The work's stable name.
        steps: Makes its steps, from what gives a number from 0 up to 1, for the jitter, and whether writes are refused.
    """

    name: str
    steps: Callable[[Callable[[], float], bool], Steps[T_co]] = attrs.field(repr=False)

    def __iter__(self) -> Script[T_co]:
        answer = yield self
        return answer  # type: ignore[return-value]  # the exchange answers work with what it reads: T


@attrs.frozen
class Remembered(Generic[T_co]):
    """A read whose answer an account keeps for a while: `location = yield from Remembered(...)` inside a flow.

    Args:
        key: Under which the answer is kept.
        work: The read.
        seconds: How long it is kept; a failure is kept for a minute.
        patience: Seconds that the read may take, and a tenth of what the call may: it is not what the caller wants.
        fresh: Whether it is read anew, whatever is kept.
    """

    key: str
    work: Operation[T_co]
    seconds: float = 3600.0
    patience: float = 5.0
    fresh: bool = False

    def __iter__(self) -> Script[T_co]:
        answer = yield self
        return answer  # type: ignore[return-value]  # the exchange answers with what the work reads


@attrs.frozen
class Offset:
    """Ask how many seconds the provider's clock is ahead of ours: `offset = yield from OFFSET` inside a flow."""

    def __iter__(self) -> Script[float]:
        answer = yield self
        return answer if isinstance(answer, float) else 0.0


OFFSET: Final = Offset()


@attrs.frozen
class Unclaimed(Generic[T_co]):
    """Leave out what other attempts made, and were answered: `found = yield from Unclaimed(...)` inside a flow.

    Args:
        attempt: The attempt that something is looked for.
        found: What could be what it made.
    """

    attempt: BookingAttempt
    found: tuple[T_co, ...]

    def __iter__(self) -> Script[tuple[T_co, ...]]:
        answer = yield self
        return answer  # type: ignore[return-value]  # the exchange answers with some of what was found


@attrs.frozen
class Page(Generic[T_co]):
    """One page of a list.

    Args:
        items: The page's items.
        cursor: Where the next page begins; None on the last page. Give it to `list(cursor=...)` to resume.
        total: How many items all pages hold, where the provider says so.
    """

    items: tuple[T_co, ...]
    cursor: str | None = attrs.field(default=None, repr=False)  # it holds the filters
    total: int | None = None


@attrs.frozen
class Listing(Generic[T_co]):
    """A list that is fetched page by page.

    Args:
        name: The stable name.
        page: Makes the work that fetches the page at a cursor; None is the first page.
        cursor: Where to begin.
        prefetch: How many pages may be fetched before they are read, one after another, while the reader works on an
            earlier one. 0 fetches a page when it is read. Whoever stops early has asked for up to so many in vain.
        parts: Lists that hold the same together, for a reader who wants no order among them: all are fetched at the
            same time, one page ahead, and a page is given as it arrives. `page` is not asked then.
        forgive: For a part: told of the error of a page when its reader comes to it. The list ends there, unless this
            raises.
    """

    name: str
    page: Callable[[str | None], Work[Page[T_co]]]
    cursor: str | None = attrs.field(default=None, repr=False)
    prefetch: int = 0
    parts: tuple[Listing[T_co], ...] = attrs.field(default=(), repr=False)
    forgive: Callable[[BaseException], None] | None = None


def whole_number(value: object, argument: str, least: int, most: int, what: str = "") -> int:
    """Check a count that a caller gave.

    Args:
        value: What the caller gave.
        argument: The argument's name, for the message.
        least: The least it may be.
        most: The most.
        what: What is counted, for the message.

    Returns:
        The number.

    Raises:
        TypeError: It is no int.
        ValueError: It is out of bounds.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{argument} must be an int, not {type(value).__name__}.")
    if not least <= value <= most:
        raise ValueError(f"{argument} must be from {least} to {most}{what and ' '}{what}, not {value}.")
    return value


MAX_PREFETCH: Final = 20


def checked_prefetch(value: object) -> int:
    """Check how many pages may be fetched ahead.

    Args:
        value: What the caller gave.

    Returns:
        The number.

    Raises:
        TypeError: It is no int.
        ValueError: It is not from 0 to 20.
    """
    return whole_number(value, "prefetch", 0, MAX_PREFETCH, "pages")
