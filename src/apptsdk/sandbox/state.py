"""The time of the sandbox, what was committed in it, and which requests reached it."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

from attrs import field, frozen

Action = Literal["create", "update", "cancel", "archive", "unarchive", "delete"]


def aware(moment: datetime, name: str) -> datetime:
    """Refuse a datetime without a zone.

    Args:
        moment: the datetime of the caller.
        name: what the caller calls it.

    Returns:
        The same moment in UTC.

    Raises:
        ValueError: it is naive.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"{name} must be aware, for example {name}=datetime(2026, 3, 2, 9, tzinfo=UTC)")
    return moment.astimezone(UTC)


class Clock:
    """The only source of time in the sandbox; it ticks with the real time from where it was set.

    Args:
        now: where it starts; default the real time.
    """

    def __init__(self, now: datetime | None = None) -> None:
        self._lock = threading.Lock()
        self._at = datetime.now(UTC) if now is None else aware(now, "now")
        self._since: float | None = time.monotonic()
        self._listeners: list[Callable[[], object]] = []

    def listen(self, listener: Callable[[], object]) -> None:
        """Tell somebody whenever the clock is set, advanced, frozen or resumed.

        Args:
            listener: called after it, in the thread that did it.
        """
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        with self._lock:
            return self._read()

    def _read(self) -> datetime:
        return self._at if self._since is None else self._at + timedelta(seconds=time.monotonic() - self._since)

    def until(self, moment: datetime) -> float | None:
        """Tell how long it takes to reach a moment if nobody touches the clock.

        Args:
            moment: when, aware.

        Returns:
            Real seconds, 0.0 if it is reached already; None if the clock stands still before it.
        """
        with self._lock:
            left = max((moment - self._read()).total_seconds(), 0.0)
            return None if left and self._since is None else left

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._since is None

    def set(self, now: datetime) -> None:
        """Put the clock forward or back; a frozen one stays frozen.

        Args:
            now: the new time, aware.
        """
        with self._lock:
            self._at = aware(now, "now")
            self._since = None if self._since is None else time.monotonic()
        self._tell()

    def advance(self, by: timedelta) -> None:
        """Put the clock forward (or back, when negative).

        Args:
            by: how far.
        """
        with self._lock:
            self._at += by
        self._tell()

    def freeze(self) -> None:
        """Stop the clock where it is."""
        with self._lock:
            self._at, self._since = self._read(), None
        self._tell()

    def resume(self) -> None:
        """Let a frozen clock tick again."""
        with self._lock:
            self._at, self._since = self._read(), time.monotonic()
        self._tell()


@frozen(kw_only=True)
class Entry:
    """One thing that was committed."""

    at: datetime
    provider: str
    action: Action
    resource: str
    id: str
    record: Mapping[str, object] = field(repr=False)
    """The record as the vendor shows it after the change. Personal data: not in the repr."""


class Ledger:
    """Everything that was committed through the API, in order; what the world began with is not in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._names: frozenset[str] = frozenset()

    def know(self, names: Iterable[str]) -> None:
        """Learn which resources a vendor has, so that asking for any other is refused.

        Args:
            names: their plurals, as in a path.
        """
        self._names |= frozenset(names)

    def _check(self, resource: str) -> None:
        if self._names and resource not in self._names:
            raise ValueError(f"resource must be one of {', '.join(sorted(self._names))}, not {resource!r}")

    def add(self, entries: Iterable[Entry]) -> None:
        """Record what one commit changed, all of it at once.

        Args:
            entries: the changes.
        """
        with self._lock:
            self._entries.extend(entries)

    def _copy(self) -> list[Entry]:
        with self._lock:
            return self._entries.copy()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._copy())

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<Ledger of {len(self)} entries>"

    def created(self, resource: str) -> list[str]:
        """Name what was made.

        Args:
            resource: for example `individual_appointments`.

        Returns:
            The ids in the order of making.

        Raises:
            ValueError: no vendor has such a resource.
        """
        self._check(resource)
        return [entry.id for entry in self if (entry.resource, entry.action) == (resource, "create")]

    def live(self, resource: str) -> list[str]:
        """Name what was made and is neither cancelled, archived nor deleted.

        Args:
            resource: for example `individual_appointments`.

        Returns:
            The ids in the order of making.

        Raises:
            ValueError: no vendor has such a resource.
        """
        self._check(resource)
        alive: dict[str, bool] = {}
        for entry in self:
            if entry.resource != resource:
                continue
            if entry.action == "create":
                alive[entry.id] = True
            elif entry.id in alive and entry.action != "update":
                alive[entry.id] = entry.action == "unarchive"
        return [id_ for id_, lives in alive.items() if lives]

    def clear(self) -> None:
        """Forget the entries; the world keeps what they did."""
        with self._lock:
            self._entries.clear()


@frozen(kw_only=True)
class Seen:
    """A request that arrived, whether or not a fault swallowed it."""

    method: str
    path: str
    """Decoded and whole: `/cliniko/v1/patients`."""
    query: list[tuple[str, str]] = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    raw_path: str = field(repr=False)
    """As it stood in the request line."""
    provider: str
    """Empty when no provider answers under that path."""


class Requests(list[Seen]):
    """The requests that arrived, oldest first; only the latest are kept.

    Args:
        keep: how many.
    """

    def __init__(self, keep: int = 10_000) -> None:
        super().__init__()
        self._keep = keep

    def add(self, seen: Seen) -> None:
        """Record a request.

        Args:
            seen: the request.
        """
        self.append(seen)
        del self[: -self._keep]
