"""What a caller was told of appointments, as a model that is played against the sandbox's ledger, with answers lost."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
from harness import SyncTeller, Watch, at_once
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from portable_places import MINUTE
from portable_stage import SYNC, Stage
from props import NOW, sandbox_of

import apptsdk
from apptsdk import (
    AppointmentRef,
    AppointmentStatus,
    ApptError,
    BookingAttempt,
    Capability,
    ConflictError,
    NoResultError,
    NotCancelledError,
    NotFoundError,
    OutcomeUnknownError,
    SlotUnavailableError,
)
from apptsdk.moments import instant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portable_places import Place

    from apptsdk import Appointment, Slot
    from apptsdk.sandbox.faults import Fault

TIMES = 6
"""So few that they are soon taken."""
BEGINS = {"cliniko": "starts_at", "nexhealth": "start_time", "cubu": "referenceDate", "imiassist": "start_time"}
"""The member of a vendor's record that says when an appointment begins."""
NEW_PROCESS = 12
"""Seconds after which the caller is another process. In ten it may still find the booking of the one before, for the
same customer at the same time, in the place of its own that was lost: so far no two clocks are trusted."""


class LostError(AssertionError):
    """An appointment is live of which nobody was told, or one that was promised is not there."""


class DoubledError(AssertionError):
    """Two are live where one was asked for, one is handed out twice, or a time is held twice."""


@attrs.frozen
class Loss:
    """How the answer to a write is lost.

    Args:
        kind: The fault.
        more: What else the fault is told.
        always: Whether all answers to it are lost, not just the first.
        silent: Whether the provider answers no question either, from the moment of a booking on.
    """

    kind: str
    more: dict[str, Any] = attrs.field(factory=dict)
    always: bool = False
    silent: bool = False


KINDS = (
    ("drop_after", {}),
    ("drop_before", {}),
    ("truncate", {}),
    ("garble", {}),
    ("empty", {"commit": True}),
    ("status", {"status": 500, "commit": True}),
    ("status", {"status": 500}),
    ("status", {"status": 503, "commit": True}),
)
LOSSES = tuple(
    Loss(kind, more, always, silent)
    for always, silent in ((False, False), (False, True), (True, False))
    for kind, more in KINDS
)
DEEDS = ("book", "move", "wait", "cancel", "book", "read", "move", "settle", "book", "list", "move", "cancel", "book")
"""What is done, as often as it stands here; something else is booked where it cannot be done."""
SOME = 10
MOST_DOUBTS = 2
"""A caller who is told nothing for sure asks before going on."""


@attrs.define(eq=False)
class Held:
    """An appointment that the caller was told of.

    Args:
        ref: What names it.
        id: Its id.
        starts: When it begins: one moment, or two where nobody knows whether it was moved.
        given: What the caller has of it.
        live: Whether it is live; None where nobody knows.
    """

    ref: AppointmentRef
    id: str
    starts: set[datetime]
    given: Appointment[Any]
    live: bool | None = True


@attrs.frozen(eq=False)
class Doubt:
    """A booking of which nobody knows whether it was made.

    Args:
        attempt: What the error carried, as another process would read it.
        start: When it would begin.
    """

    attempt: BookingAttempt
    start: datetime


@attrs.define
class Counts:
    """What was played.

    Args:
        steps: The steps.
        writes: The requests that could change something.
        faults: How many of them a fault hit.
        unknown: How many verbs ended in OutcomeUnknownError.
        recovered: How many bookings were found whose answer was lost.
        settled: How many doubts were settled.
        refused: How many verbs were told that a time is taken.
    """

    steps: int = 0
    writes: int = 0
    faults: int = 0
    unknown: int = 0
    recovered: int = 0
    settled: int = 0
    refused: int = 0


class Diary:
    """What is live at the provider, read from the ledger.

    Args:
        stage: Where.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.live: dict[str, datetime] = {}
        self.made: set[str] = set()
        self._read = 0

    def look(self) -> dict[str, datetime]:
        """Read on, and give the start of each that is live."""
        place, entries = self.stage.place, list(self.stage.sandbox.ledger)
        for entry in entries[self._read :]:
            if entry.resource != place.appointments:
                continue
            if entry.action == "create":
                self.made.add(entry.id)
            if entry.action in {"create", "update"}:
                self.live[entry.id] = instant(datetime.fromisoformat(str(entry.record[BEGINS[place.provider]])))
            else:
                self.live.pop(entry.id, None)
        self._read = len(entries)
        return self.live


@cache
def slots_of(place: Place) -> list[Slot]:
    """Find the times that are played with: of one host, and none overlaps another."""
    with sandbox_of(place.provider, now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        stage = Stage(place, sandbox, SYNC)
        found: list[Slot] = stage.tell(lambda stage, tell: stage.find(tell, TIMES))
        return found


class Machine(RuleBasedStateMachine):
    """One caller at one provider. A subclass says which."""

    place: ClassVar[Place]
    counts: ClassVar[Counts]

    def __init__(self) -> None:
        super().__init__()
        self.slots = slots_of(self.place)
        self.things = ExitStack()
        self.sandbox = self.things.enter_context(sandbox_of(self.place.provider, now=NOW, rate_limit=None))
        self.sandbox.clock.freeze()
        self.stage = Stage(self.place, self.sandbox, SYNC)
        self.diary = Diary(self.stage)
        self.held: dict[str, Held] = {}
        self.doubts: list[Doubt] = []
        self.armed: list[Fault] = []
        self.silent = False
        self.turn = 0
        self.client = self.things.enter_context(self.stage.client(on_attempt=self.attempted))

    def teardown(self) -> None:
        place = self.place
        self.counts.writes += sum(
            self.stage.sent(where) for where in {place.books, place.cancels, place.moves, place.registers} - {None}
        )
        self.things.close()

    # --- trouble -----------------------------------------------------------------------------------------------------

    @contextmanager
    def trouble(self, loss: Loss | None, where: tuple[str, str] | None) -> Iterator[None]:
        """Lose answers while a verb runs."""
        self.counts.steps += 1
        self.armed = []
        if loss is not None and where is not None:
            self.silent = loss.silent
            self.armed.append(self.stage.fault(loss.kind, where, times=None if loss.always else 1, **loss.more))
        writes = self.armed.copy()
        try:
            yield
        finally:
            for fault in self.armed:
                fault.remove()
            self.silent = False
            self.counts.faults += sum(fault.hits for fault in writes)

    def attempted(self, attempt: BookingAttempt) -> None:
        """Let the provider fall silent once something is about to be made."""
        if self.silent and len(self.armed) == 1:
            self.armed.append(self.stage.fault("status", ("GET", "*"), status=500, times=None))

    @property
    def troubled(self) -> bool:
        return any(fault.hits for fault in self.armed)

    # --- what the caller knows ---------------------------------------------------------------------------------------

    def hold(self, made: Appointment[Any], start: datetime) -> None:
        if made.id in self.held:
            raise DoubledError(f"{made.ref} is handed out twice")
        assert instant(made.start) == start
        self.counts.recovered += made.recovered
        self.held[made.id] = Held(made.ref, made.id, {start}, made)

    def doubt(self, attempt: BookingAttempt, start: datetime) -> None:
        self.doubts.append(Doubt(BookingAttempt.from_json(attempt.to_json()), start))

    def pick(self, number: int) -> Held:
        """Choose one of the latest, mostly one that is live."""
        gone = [one for one in self.held.values() if one.live is False]
        standing = [one for one in self.held.values() if one.live is not False]
        some = (gone or standing) if number == SOME - 1 else (standing or gone)
        return some[-1 - number % len(some)]

    def was_taken(self, start: datetime) -> None:
        """See that somebody has the time, or may have it."""
        self.counts.refused += 1
        self.all_is_as_told()
        assert self.place.holds
        assert any(start in one.starts for one in self.held.values() if one.live is not False) or any(
            start == doubt.start for doubt in self.doubts
        ), "the time is free, and was refused"

    @invariant()
    def all_is_as_told(self) -> None:
        live = self.diary.look()
        for one in self.held.values():
            if one.live and live.get(one.id) not in one.starts:
                raise LostError(f"{one.ref} is live at {live.get(one.id)}, not at {one.starts}")
            if one.live is False and one.id in live:
                raise DoubledError(f"{one.ref} is live, and was cancelled or moved away")
            assert live.get(one.id) in {None, *one.starts}
        maybe = [doubt.start for doubt in self.doubts]
        for id_, start in live.items():
            if id_ in self.held:
                continue
            if start not in maybe:
                kind = DoubledError if list(live.values()).count(start) > 1 else LostError
                raise kind(f"{id_} is live at {start}, and nobody was told")
            maybe.remove(start)
        if self.place.holds and len(set(live.values())) < len(live):
            raise DoubledError(f"a time is held twice: {sorted(live.values())}")
        if self.place.customers and len(self.sandbox.ledger.created(self.place.customers)) > 1:
            raise DoubledError("a customer was made twice")

    # --- the steps ---------------------------------------------------------------------------------------------------

    @rule(
        deed=st.integers(0, len(DEEDS) - 1),
        number=st.integers(0, SOME - 1),
        time=st.integers(0, TIMES - 1),
        loss=st.sampled_from([*LOSSES[: len(KINDS)], *LOSSES, *[None] * len(LOSSES)]),
        where=st.sampled_from(("books", "moves", "cancels")),
        who=st.sampled_from(("known", "new", "new and lost")),
        seconds=st.sampled_from((1, 11, NEW_PROCESS)),
    )
    def step(self, *, deed: int, number: int, time: int, loss: Loss | None, where: str, who: str, seconds: int) -> None:
        self.turn += 1
        slot = self.slots[(time + self.turn) % TIMES]  # turned, so that the plainest round is a story, too
        match "settle" if len(self.doubts) > MOST_DOUBTS else DEEDS[(deed + self.turn) % len(DEEDS)]:
            case "wait":
                self.wait(seconds)
            case "settle" if self.doubts:
                self.settle(self.doubts.pop(number % len(self.doubts)))
            case "list" if Capability.LIST in self.place.able:
                self.list()
            case "read" if self.held and Capability.GET in self.place.able:
                self.read(self.pick(number))
            case "cancel" if self.held:
                self.cancel(self.pick(number), loss)
            case "move" if self.held and self.is_sure(self.pick(number)):
                self.move(self.pick(number), slot, loss, where)
            case _:
                self.book(slot, loss, who)

    @staticmethod
    def is_sure(one: Held) -> bool:
        return one.live is not None and len(one.starts) == 1

    def book(self, slot: Slot, loss: Loss | None, who: str) -> None:
        place, start = self.place, instant(slot.start)
        customer = None if who == "known" else place.new
        registers = place.customers is not None and not self.sandbox.ledger.created(place.customers)
        with self.trouble(loss, place.registers if registers and who == "new and lost" else place.books):
            try:
                made = at_once(self.stage.book(SyncTeller(self.client), slot, customer))
            except SlotUnavailableError:
                self.was_taken(start)
            except OutcomeUnknownError as error:
                self.counts.unknown += 1
                if error.attempt.slot is not None:  # else it is the new customer's, and nothing was booked
                    self.doubt(error.attempt, start)
            except ApptError:
                self.all_is_as_told()
                if not self.troubled:
                    raise
            else:
                self.hold(made, start)

    def move(self, one: Held, slot: Slot, loss: Loss | None, where: str) -> None:
        place, start = self.place, instant(slot.start)
        with self.trouble(loss, getattr(place, where)):
            try:
                moved = self.client.reschedule(one.given, slot)
            except SlotUnavailableError:
                self.was_taken(start)
            except NotCancelledError as error:
                self.half_moved(one, error, start)
            except OutcomeUnknownError as error:
                self.counts.unknown += 1
                if error.attempt.slot is not None:
                    self.doubt(error.attempt, start)
                else:
                    one.starts.add(start)
            except ApptError as error:
                if one.live is False and isinstance(error, getattr(apptsdk, place.cancelled_moves)):
                    return
                if self.troubled and place.moves is not None:
                    one.starts.add(start)
                self.all_is_as_told()
                if not self.troubled:
                    raise
            else:
                self.moved(one, moved, start)

    def moved(self, one: Held, moved: Appointment[Any], start: datetime) -> None:
        # Where nothing can be read, a lost answer and then "is cancelled already" look like one's own cancelling.
        if not one.live and not self.troubled:
            raise DoubledError(f"{one.ref} was cancelled, and is moved")
        if moved.ref == one.ref:
            assert one.live
            assert instant(moved.start) == start
            one.starts, one.given = {start}, moved
        else:
            one.live = False
            self.hold(moved, start)

    def half_moved(self, one: Held, error: NotCancelledError, start: datetime) -> None:
        assert str(error.old) == str(one.ref)
        one.live = None if one.live else False
        self.hold(error.new, start)

    def cancel(self, one: Held, loss: Loss | None) -> None:
        with self.trouble(loss, self.place.cancels):
            try:
                gone = self.client.cancel(one.ref)
            except getattr(apptsdk, self.place.again) as error:
                if one.live:
                    raise LostError(f"{one.ref} cannot be cancelled") from error
                one.live = False
            except ApptError:
                if not self.troubled:
                    raise
                one.live = None if one.live else one.live
            else:
                assert gone.ref == one.ref
                assert one.live is not False or self.troubled
                one.live = False

    def read(self, one: Held) -> None:
        with self.trouble(None, None):
            try:
                found = self.client.get_appointment(one.ref)
            except (NoResultError, NotFoundError):
                stands = False
            else:
                stands = found.status is not AppointmentStatus.CANCELLED
            if one.live is not None and stands is not one.live:
                raise LostError(f"{one.ref} is read as {'live' if stands else 'cancelled'}")
            if stands:
                assert instant(found.start) in one.starts
                one.starts, one.given = {instant(found.start)}, found
            one.live = stands

    def list(self) -> None:
        with self.trouble(None, None):
            starts, where = [slot.start for slot in self.slots], self.slots[0].location
            found = self.client.list_appointments(start=min(starts), end=max(starts) + MINUTE, location=where)
            own = [(one.id, instant(one.start)) for one in found if one.id in self.diary.made]
            assert sorted(own) == sorted(self.diary.live.items())

    def settle(self, doubt: Doubt) -> None:
        """Ask what became of a booking; where nobody can be asked, see to it that it is not there."""
        self.counts.settled += 1
        with self.trouble(None, None):
            if not self.place.finds_lost:
                with suppress(ConflictError, NotFoundError):  # cancelled already, or never made
                    self.client.cancel(f"{self.place.provider}:reference/{doubt.attempt.reference}")
                return
            try:
                found = [doubt.attempt.resolve(self.client)]
            except OutcomeUnknownError as error:
                found = list(error.candidates)
            # What is known already is another attempt's, for the same customer at the same time.
            new = [native for native in found if native is not None and str(native.id) not in self.held]
            assert len(new) <= 1
            for native in new:
                self.hold(self.client.get_appointment(self.ref_of(native)), doubt.start)

    def ref_of(self, native: Any) -> str:
        key = {"nexhealth": f"{getattr(self.stage.settings, 'subdomain', '')}/{native.id}", "cliniko": native.id}
        return f"{self.place.provider}:{key.get(self.place.provider) or native.reference}"

    def wait(self, seconds: int) -> None:
        with self.trouble(None, None):
            self.stage.watch.pass_by(seconds)
            if seconds == NEW_PROCESS:
                self.client.close()
                self.stage.watch = Watch(self.sandbox)  # what is remembered goes by credential and clock
                self.client = self.things.enter_context(self.stage.client(on_attempt=self.attempted))
