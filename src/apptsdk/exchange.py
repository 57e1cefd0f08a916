"""From work to its answer: the one path on which signing, pacing, asking again, recovery and decoding live.

A generator of steps. It does no I/O and reads no clock, so it is the same for both worlds and is tested with values.
"""

from __future__ import annotations

import logging
from copy import copy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import attrs

from apptsdk.errors import (
    MAX_MESSAGE,
    APIStatusError,
    ApptError,
    NoAnswerError,
    OutcomeUnknownError,
    ProviderWarning,
    RequestNotSentError,
    ResponseUnreadableError,
    SlotUnavailableError,
    status_error,
)
from apptsdk.events import AttemptEnded, CallEnded, CallStarted, Paused
from apptsdk.http import ACCEPT_ENCODING, NoAnswer, NotSent, Request, Response, Unreadable, inflate, merged
from apptsdk.messages import Scrubber, is_faulty, phrase, read_fault, read_notes, read_status, remark
from apptsdk.models import BookingAttempt, carries_attempt, is_cancelled, remember_attempt
from apptsdk.operation import (
    NOW,
    Acquire,
    AllOf,
    Aside,
    Call,
    Effect,
    Elsewhere,
    Flow,
    Instant,
    Offset,
    Operation,
    Outcome,
    Pause,
    Remembered,
    Send,
    Together,
    Unclaimed,
)
from apptsdk.pacing import LONGEST_LOOK
from apptsdk.retry import TOO_MANY, Verdict, judge_silence, judge_status, server_time, wait_asked
from apptsdk.urls import followed, query_string
from apptsdk.wire import Undecodable, dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from apptsdk.account import Account
    from apptsdk.events import Event
    from apptsdk.operation import Asked, Lock, Script, Steps, Work
    from apptsdk.options import Options

T = TypeVar("T")

LONG_WAIT: Final = 10.0
"""Seconds of waiting for the rate limit that are worth a line in the log: a silent minute looks like a hang."""
logger: Final = logging.getLogger("apptsdk")

_FIRST_PAUSE: Final = 1.0
"""Seconds before the second look for what a lost booking made: the write may still be on its way. Then it doubles."""
_LAST_LOOK: Final = 0.9
"""The part of the recovery's budget after which the last look begins."""
_LEAST_LEFT: Final = 0.02
"""The part of the total that a wait for the rate limit must leave: what is sent at the last moment is not answered."""
_OK: Final = range(200, 300)
_UNAUTHORIZED: Final = 401
_ASIDE: Final = 0.1
"""The part of the total that may go into what only helps."""
_FAILURE_KEPT: Final = 60.0
"""Seconds for which it is remembered that something could not be read."""
_SAID: Final = 200
_NO_LOOK: Final = "It cannot be looked up by the SDK: look at the provider before you repeat it."


def perform(
    work: Work[T],
    account: Account,
    options: Options,
    random: Callable[[], float],
    reads_only: bool = False,
) -> Steps[T]:
    """Carry out one work.

    Args:
        work: An operation or a flow.
        account: At whose account.
        options: The caller's options.
        random: Gives a number from 0 up to 1, for the jitter.
        reads_only: Whether writes are refused.

    Returns:
        A generator of steps, for a driver. It returns the answer.

    Raises:
        ApptError: See `apptsdk.errors`.
    """
    now = yield NOW
    assert isinstance(now, Instant)  # noqa: S101 - what a driver answers Now with
    call = _Call(work.name, account, options, random, now)
    call.reads_only = reads_only
    if not account.service.silent:
        call.tell(CallStarted(work.name))
    try:
        answer = yield from call.do(work)
    except BaseException as error:
        call.ended(now, type(error).__name__)
        # What was written before the interruption is not lost for the rest of a flow.
        if call.written and not isinstance(error, ApptError) and not carries_attempt(error):
            remember_attempt(error, call.written[-1], "This came after a booking that was made")
        raise
    call.ended(now, None)
    return answer


def build(operation: Operation[object], account: Account, options: Options) -> Request:
    """Make the request of an operation, unsigned. Every attempt sends its bytes.

    Args:
        operation: The operation.
        account: At whose account.
        options: The caller's options.

    Returns:
        The request.

    Raises:
        ResponseUnreadableError: The operation follows a link of the provider's to another origin.
    """
    service = account.service
    if operation.link is None:
        url = (operation.base or service.base_url) + operation.path
        if operation.query:
            url += "?" + query_string(operation.query)
    else:
        link = followed(service.base_url, operation.link)
        if link is None:
            raise ResponseUnreadableError(
                f"{operation.name}: the link to the next page, or the cursor given, leads away from the provider's "
                "origin. It was not followed.",
                provider=service.name,
                operation=operation.name,
            )
        url = link
    headers = {**service.headers, "Accept-Encoding": ACCEPT_ENCODING}
    content = b""
    if operation.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        content = query_string(tuple(operation.form.items())).encode("ascii")
    elif operation.body is not None:
        headers["Content-Type"] = "application/json"
        content = dumps(operation.body)
    if options.headers or operation.headers:
        # What a caller has sent to the provider is not for others.
        headers = merged(headers, options.headers if operation.base is None else {}, operation.headers)
    return Request(operation.method, url, headers, content)


class _Call:
    """One call of a user's: what its operations have in common."""

    __slots__ = (
        "account",
        "aside",
        "attempts",
        "deadline",
        "last",
        "name",
        "options",
        "random",
        "reads_only",
        "recovered",
        "sent",
        "signs",
        "status",
        "whole",
        "written",
    )

    def __init__(
        self, name: str, account: Account, options: Options, random: Callable[[], float], began: Instant
    ) -> None:
        self.name = name
        self.account = account
        self.options = options
        self.random = random
        self.deadline = self.whole = began.monotonic + options.timeout.total
        """`whole` is for what serves more than a part of the call that has less time: a token."""
        self.last = began
        self.signs = True
        self.reads_only = False
        self.aside = False
        """Whether it is not what the caller asked for: a look for what was lost, or at what helps."""
        self.attempts = 0
        self.status: int | None = None
        self.recovered = False
        self.written: list[BookingAttempt] = []
        """What was made so far and cannot be made twice."""
        self.sent: list[Operation[object]] = []
        """What was sent so far: a later answer may say it again."""

    def within(self, deadline: float) -> _Call:
        """The same call, with another deadline."""
        twin = _Call(self.name, self.account, self.options, self.random, self.last)
        twin.deadline = twin.whole = deadline
        twin.signs, twin.reads_only, twin.aside = self.signs, self.reads_only, self.aside
        twin.written, twin.sent = self.written, self.sent
        return twin

    def lasts_until(self, deadline: float) -> None:
        """Give the call more time, unless it has it."""
        self.deadline = max(self.deadline, deadline)
        self.whole = max(self.whole, deadline)

    # --- work --------------------------------------------------------------------------------------------------------

    def do(self, work: Work[T]) -> Steps[T]:
        if isinstance(work, Flow):
            return self.script(work.script()) if not work.within else self._longer(work)
        return _Ask(self, work).steps()

    def _longer(self, flow: Flow[T]) -> Steps[T]:
        twin = self.within(self.deadline + flow.within)
        own = twin.deadline
        try:
            return (yield from twin.script(flow.script()))
        finally:
            self.last, self.status, self.recovered = twin.last, twin.status, self.recovered or twin.recovered
            self.attempts += twin.attempts
            self.deadline = self.whole = self.deadline + twin.deadline - own

    def script(self, script: Script[T]) -> Steps[T]:
        """Run a generator that yields steps and work: steps pass through, work is done."""
        answer: object = None
        error: BaseException | None = None
        try:
            while True:
                try:
                    asked = script.send(answer) if error is None else script.throw(error)
                except StopIteration as stop:
                    done: T = stop.value
                    return done
                answer = error = None
                try:
                    answer = yield from self._answer(asked)
                except GeneratorExit:
                    raise
                except BaseException as caught:  # noqa: BLE001 - the script decides what to do about it
                    error = caught
        finally:
            script.close()

    def _answer(self, asked: Asked) -> Steps[object]:  # noqa: PLR0911 - a line a kind
        if isinstance(asked, Operation | Flow):
            return (yield from self.do(asked))
        if isinstance(asked, AllOf):
            return (yield from self._all(asked))
        if isinstance(asked, Remembered):
            return (yield from self._remembered(asked))
        if isinstance(asked, Aside):
            yield from self.now()
            return (yield from self._beside(asked.work, self._spare(asked.patience)))
        if isinstance(asked, Elsewhere):
            answer = yield from asked.steps(self.random, self.reads_only)
            yield from self.now()
            return answer
        if isinstance(asked, Offset):
            return self.account.offset
        if isinstance(asked, Unclaimed):
            return self.account.unclaimed(asked.attempt.operation, asked.found, asked.attempt)
        if isinstance(asked, Acquire):
            return (yield from self._acquired(asked))
        answer = yield asked
        if isinstance(answer, Instant):
            self.last = answer
        else:
            yield from self.now()
        return answer

    def _remembered(self, asked: Remembered[T]) -> Steps[T]:
        now = yield from self.now()
        kept = self._fact(asked, now)
        if kept is None:
            wait = self._spare(asked.patience)
            lock: Lock = yield from self._acquired(Acquire(f"fact {asked.key}", wait))  # type: ignore[assignment]  # held
            try:
                kept = self._fact(asked, (yield from self.now())) or (yield from self._read_fact(asked, wait))
            finally:
                lock.release()
        if kept.error is not None:
            raise copy(kept.error)  # a kept error that is raised again and again would collect every caller's frames
        return kept.value  # type: ignore[return-value]  # what the work under this key read

    def _fact(self, asked: Remembered[T], now: Instant) -> Outcome[object] | None:
        with self.account.guard:
            kept = self.account.facts.get(asked.key)
        return None if kept is None or asked.fresh or now.monotonic >= kept[0] else kept[1]

    def _spare(self, patience: float) -> float:
        """Say how long something may take that only helps."""
        return min(patience, _ASIDE * self.options.timeout.total, self.deadline - self.last.monotonic)

    def _beside(self, work: Work[T], wait: float) -> Steps[T]:
        """Read what only helps."""
        twin = self.within(self.last.monotonic + wait)
        twin.aside, twin.whole, twin.reads_only = True, self.whole, True
        try:
            return (yield from twin.do(work))
        finally:
            self.last = twin.last
            self.attempts += twin.attempts

    def _read_fact(self, asked: Remembered[T], wait: float) -> Steps[Outcome[object]]:
        found: Outcome[object]
        try:
            answer: object = yield from self._beside(asked.work, wait)
            found, seconds = Outcome[object](answer), asked.seconds
        except ApptError as error:
            # What a caller's own short time brought about is nobody else's failure.
            if not isinstance(error, APIStatusError) and wait < asked.patience:
                raise
            found, seconds = Outcome[object](error=error), min(asked.seconds, _FAILURE_KEPT)
        with self.account.guard:
            kept = self.account.facts.get(asked.key)
            good = kept is not None and kept[1].error is None and self.last.monotonic < kept[0]
            if found.error is None or not good:  # a failure does not replace what is known
                self.account.facts[asked.key] = (self.last.monotonic + seconds, found)
        return found

    def _acquired(self, asked: Acquire) -> Steps[object]:
        now = yield from self.now()
        try:
            wait = max(0.0, min(asked.timeout, self.deadline - now.monotonic))
            return (yield Acquire(asked.name, wait, self.account))
        except TimeoutError:
            pass
        raise RequestNotSentError(
            f"{self.name} was not sent: another call held {asked.name!r} for longer than the timeout leaves.",
            provider=self.account.service.name,
            operation=self.name,
        )

    def _all(self, asked: AllOf[object]) -> Steps[object]:
        now = yield from self.now()
        ends = self.deadline if asked.patience is None else now.monotonic + asked.patience
        found: list[Outcome[object]] = []
        for first in range(0, len(asked.works), asked.at_once):
            works = asked.works[first : first + asked.at_once]
            outcomes = yield from self._together(works, max(0.0, ends - self.last.monotonic))
            for work, outcome in zip(works, outcomes, strict=True):
                found.append(outcome or Outcome(error=self._late(work.name, asked.patience)))
        return tuple(found)

    def _together(
        self, works: Sequence[Work[object] | Elsewhere[object]], wait: float
    ) -> Steps[Sequence[Outcome[object] | None]]:
        twins: list[_Call] = []
        exchanges: list[Steps[object]] = []
        for work in works:
            if isinstance(work, Elsewhere):
                exchanges.append(work.steps(self.random, True))
                continue
            twin = self.within(self.deadline)
            twin.reads_only = True
            twins.append(twin)
            exchanges.append(twin.do(work))
        outcomes: Sequence[Outcome[object] | None] = yield Together(tuple(exchanges), wait)  # type: ignore[assignment]  # a driver's answer
        yield from self.now()
        self.attempts += sum(twin.attempts for twin in twins)
        return outcomes

    def _late(self, name: str, patience: float | None) -> NoAnswerError:
        span = "the timeout" if patience is None else f"{patience:g} s (patience)"
        late = f"{name} did not answer within {span}, waits for the rate limit included."
        return NoAnswerError(late, provider=name.partition(".")[0], operation=name)

    def sign(self, request: Request) -> Steps[Request]:
        if not self.signs:
            return request
        return (yield from self._unsigned().script(self.account.auth.sign(request, self.account)))

    def renew(self, refused: Request) -> Steps[bool]:
        if not self.signs:
            return False
        return (yield from self._unsigned().script(self.account.auth.renew(refused, self.account)))

    def _unsigned(self) -> _Call:
        """The same call, for the requests that get a token."""
        twin = self.within(self.whole)
        twin.signs = False
        twin.reads_only = False  # minting a token writes nothing of the caller's
        return twin

    # --- time --------------------------------------------------------------------------------------------------------

    def now(self) -> Steps[Instant]:
        answer = yield NOW
        assert isinstance(answer, Instant)  # noqa: S101 - what a driver answers Now with
        self.last = answer
        return answer

    def pause(self, seconds: float, why: str) -> Steps[None]:
        self.tell(Paused(self.name, seconds, why))
        yield Pause(seconds)

    def paced(self, operation: Operation[object]) -> Steps[Instant]:
        """Wait until the account's quotas let the operation go."""
        pace = self.account.pace
        tags = self.account.service.tags
        ticket = pace.join(operation.tags | tags(operation.method, operation.path) if tags else operation.tags)
        said = False
        try:
            while True:
                now = yield from self.now()
                wait = pace.enter(ticket, now.monotonic)
                if not wait:
                    return now
                if now.monotonic + wait > self.deadline - _LEAST_LEFT * self.options.timeout.total:
                    raise RequestNotSentError(
                        f"{operation.name} was not sent: the rate limit has no room for it for {wait:.1f} s, "
                        "which is more than the timeout leaves.",
                        provider=self.account.service.name,
                        operation=operation.name,
                    )
                if wait >= LONG_WAIT and not said:
                    said = True
                    logger.warning("%s waits %.0f s for the rate limit", operation.name, wait)
                yield from self.pause(min(wait, LONGEST_LOOK), "pace")
        finally:
            pace.leave(ticket)

    # --- telling -----------------------------------------------------------------------------------------------------

    def tell(self, event: Event) -> None:
        if self.options.observer is not None:
            self._guarded(self.options.observer, event, "observer")

    def answered(self, response: Response) -> None:
        if self.options.on_response is not None:
            self._guarded(self.options.on_response, response, "on_response")

    def _guarded(self, function: Callable[[T], object], argument: T, what: str) -> None:
        # A booking that was made must not be lost because somebody's metrics failed.
        try:
            function(argument)
        except Exception as error:  # noqa: BLE001 - see above
            logger.warning("%s: %s= raised %s, which was ignored", self.name, what, type(error).__name__)

    def ended(self, began: Instant, error: str | None) -> None:
        if self.account.service.silent:
            return
        seconds = self.last.monotonic - began.monotonic
        recovered = self.recovered and error is None
        self.tell(CallEnded(self.name, self.status, seconds, self.attempts, error, recovered))
        if logger.isEnabledFor(logging.INFO):
            # A flow may end without a last status: with several reads at once, or with what is remembered.
            status = error or ("recovered" if recovered else self.status or "ok")
            logger.info("%s %s %.0f ms requests %d", self.name, status, seconds * 1000, self.attempts)


def _lost(error: ApptError) -> str:
    """Say why nobody knows what a write led to."""
    if isinstance(error, ResponseUnreadableError):
        return f"the answer does not say ({'; '.join(error.paths)[:_SAID]})"
    return f"it was answered {error.status}" if isinstance(error, APIStatusError) else "the answer was lost"


@attrs.frozen
class _Done(Generic[T]):
    value: T


class _Ask(Generic[T]):
    """One operation: its attempts, and what they mean. An attempt ends in `_Done`, in None (again), or in an error."""

    __slots__ = ("attempt", "began", "blind", "call", "doubt", "operation", "renewed", "tries")

    def __init__(self, call: _Call, operation: Operation[T]) -> None:
        self.call = call
        self.operation = operation
        self.began = call.last
        self.attempt = (
            BookingAttempt(
                provider=call.account.service.name,
                operation=operation.name,
                reference=operation.reference,
                slot=operation.slot,
                started_at=datetime.fromtimestamp(call.last.wall, UTC),
                ahead=call.account.offset if call.account.knows_offset else None,
                clues=operation.clues,
            )
            if operation.effect is not Effect.SAFE
            else None
        )
        self.doubt = False
        """Whether an earlier attempt of an idempotent write may have taken effect."""
        self.blind: str | None = None
        """Why what a lost write made could not be looked for, not even once."""
        self.renewed = False
        self.tries = 0

    def steps(self) -> Steps[T]:
        call, operation = self.call, self.operation
        if call.reads_only and operation.effect is not Effect.SAFE:
            raise TypeError(f"{operation.name} writes: it cannot run beside other calls.")
        request = build(operation, call.account, call.options)
        call.sent.append(operation)
        if operation.effect is Effect.NEITHER and call.options.on_attempt is not None:
            yield Call(call.options.on_attempt, (self.attempt,))
        while True:
            signed = yield from self._signed(request)
            if isinstance(signed, ApptError):
                # This attempt was not sent, but an earlier one may have done it.
                return (yield from self._ends(signed)).value
            result = yield from self._send(signed)
            if isinstance(result, Response):
                done = yield from self._answered(result, signed)
            else:
                done = yield from self._unanswered(result)
            if done is not None:
                return done.value

    def _signed(self, request: Request) -> Steps[Request | ApptError]:
        try:
            signed = yield from self.call.sign(request)
            yield from self.call.paced(self.operation)
        except ApptError as error:
            return error
        return signed

    def _send(self, request: Request) -> Steps[Response | NotSent | NoAnswer | Unreadable]:
        call, sent = self.call, self.call.last
        left = call.deadline - sent.monotonic
        if left <= 0:
            return NotSent("the time was up before it could be sent", again=False)
        self.tries += 1
        call.attempts += 1
        call.status = None
        result: object
        try:
            result = yield Send(request, min(call.options.timeout.attempt, left))
        except (NotSent, NoAnswer, Unreadable) as failure:
            result = failure
        except BaseException as interruption:
            if self.attempt is not None and self.operation.effect is Effect.NEITHER:
                remember_attempt(interruption, self.attempt)
            raise
        assert isinstance(result, Response | NotSent | NoAnswer | Unreadable)  # noqa: S101 - as Send says
        now = yield from call.now()
        number = None
        if isinstance(result, Response):
            call.status, number = result.status, result.request_id
            if self.operation.base is None:
                call.account.heard(server_time(result), sent.wall, now.wall)
        call.tell(AttemptEnded(self.operation.name, self.tries, call.status, now.monotonic - sent.monotonic, number))
        return result

    # --- what an attempt means ---------------------------------------------------------------------------------------

    def _answered(self, raw: Response, signed: Request) -> Steps[_Done[T] | None]:
        try:
            response, broken = inflate(raw), ""
        except Unreadable as problem:
            response, broken = Response(raw.status, raw.headers, b""), str(problem)
        self.call.answered(response)
        said, response = response, self._counted(response)
        self.call.status = response.status
        if response.status not in _OK and said is not response and self._made(said):
            # The answer names what was made: whatever failed then, it is not made again, nor taken for not made.
            return (yield from self._recovered(self._status_error(response, None)))
        faulty = response.status in _OK and is_faulty(self.call.account.service.is_fault, response)
        if response.status in _OK and not faulty:
            return (yield from self._succeeded(response, broken))
        if response.status == _UNAUTHORIZED and not self.renewed:
            # Other credentials, once. If there are none to be had, the 401 says why.
            self.renewed = True
            renewed = yield from self._renewed(signed)
            if renewed is True:
                return None
            if renewed is not False:
                error = self._status_error(response, None)
                error.__cause__ = renewed
                return (yield from self._ends(error))
        return (yield from self._failed(response, final=faulty))

    def _counted(self, response: Response) -> Response:
        """Give an answer the status that counts, where what was asked only passes on what another said."""
        status = read_status(self.call.account.service.status, response) if response.status in _OK else None
        return response if status is None else attrs.evolve(response, status=status)

    def _made(self, response: Response) -> bool:
        """Tell whether an answer shows that a write was done that cannot be done twice."""
        if self.operation.effect is not Effect.NEITHER:
            return False
        try:
            made = self.operation.read(response)
        except Exception:  # noqa: BLE001 - then it does not show it
            return False
        return not isinstance(made, Response)  # what reads nothing sees nothing

    def _succeeded(self, response: Response, broken: str) -> Steps[_Done[T]]:
        paths: Sequence[str] = (broken,)
        if not broken:
            try:
                value = self.operation.read(response)
            except Undecodable as problem:
                paths = problem.paths
            except Exception as problem:  # noqa: BLE001 - a reader's defect must not lose a booking
                paths = (type(problem).__name__,)
            else:
                self._remember(value)
                self._pass_on(response)
                return _Done(value)
        # Outside the block above: what another library raised may hold the body.
        return (yield from self._unreadable(response, paths))

    def _pass_on(self, response: Response) -> None:
        """Warn, once, of what the provider remarks beside a success."""
        operation, account = self.operation, self.call.account
        for note in read_notes(account.service.notes, response):
            said = (operation.name, Scrubber(self.call.sent, account.auth.secrets(account))(note))
            with account.guard:
                new = said not in account.noted
                account.noted.add(said)
            if not new:
                continue
            try:
                remark(f"{said[0]}: {said[1]}")
            except ProviderWarning:
                if operation.effect is Effect.SAFE and not self.call.aside:
                    raise
                # Where warnings are errors: what was written is not lost for a remark on it.
                logger.warning("%s: %s", *said)

    def _renewed(self, refused: Request) -> Steps[bool | ApptError]:
        try:
            return (yield from self.call.renew(refused))
        except ApptError as failure:
            return failure

    def _failed(self, response: Response, *, final: bool) -> Steps[_Done[T] | None]:
        call = self.call
        there = server_time(response)
        asked = wait_asked(response, call.last.wall + call.account.offset if there is None else there)
        error = self._status_error(response, asked)
        too_many = response.status == TOO_MANY
        if too_many and asked is not None:
            call.account.pace.hold(call.last.monotonic + asked)
        verdict = Verdict.FINAL if final else judge_status(self.operation.effect, response.status)
        if verdict is Verdict.UNKNOWN:
            return (yield from self._recovered(error))
        if verdict is Verdict.AGAIN:
            self.doubt = self.doubt or not too_many
            if (yield from self._waited(asked, budgeted=not (too_many and asked is not None))):
                return None
        return (yield from self._ends(error))

    def _unanswered(self, failure: NotSent | NoAnswer | Unreadable) -> Steps[_Done[T] | None]:
        if isinstance(failure, NotSent):
            if failure.again and (yield from self._waited(None)):
                return None
            return (yield from self._ends(self._error(RequestNotSentError, f"was not sent: {failure}.")))
        if isinstance(failure, Unreadable):
            return (yield from self._unreadable(None, (str(failure),)))
        error = self._error(NoAnswerError, f"got no answer: {failure}.")
        if judge_silence(self.operation.effect) is Verdict.UNKNOWN:
            return (yield from self._recovered(error))
        self.doubt = True
        if (yield from self._waited(None)):
            return None
        return (yield from self._ends(error))

    def _unreadable(self, response: Response | None, paths: Sequence[str]) -> Steps[_Done[T]]:
        error = ResponseUnreadableError(
            f"{self.operation.name}: the answer does not decode: {'; '.join(paths)[:MAX_MESSAGE]}",
            paths=paths,
            response=response,
            provider=self.call.account.service.name,
            operation=self.operation.name,
        )
        if self.operation.effect is Effect.SAFE:
            raise error
        return (yield from self._recovered(error))

    def _waited(self, asked: float | None, *, budgeted: bool = True) -> Steps[bool]:
        """Wait before the next attempt, or tell that there is to be none."""
        call, policy, now = self.call, self.call.options.retry, self.call.last.monotonic
        elapsed = now - self.began.monotonic
        if policy.gives_up(self.tries, elapsed) or (asked is not None and asked > policy.cap):
            return False
        wait = asked or call.random() * policy.ceiling(self.tries, elapsed)
        if now + wait >= call.deadline or (budgeted and not call.account.budget.take(now)):
            return False
        yield from call.pause(wait, "retry")
        yield from call.now()
        return True

    def _ends(self, error: ApptError) -> Steps[_Done[T]]:
        """Raise the last error, unless an earlier attempt did what was asked."""
        if self.doubt and self.operation.effect is Effect.IDEMPOTENT:
            done = None if self.operation.done is None else self.operation.done(error)
            if done is None:
                return (yield from self._recovered(error))
            self.call.status, self.call.recovered = None, True
            return _Done(done)
        if self.tries > 1:
            error.add_note(f"{self.tries} attempts were made.")
        raise error

    # --- after a lost answer -----------------------------------------------------------------------------------------

    def _recovered(self, error: ApptError) -> Steps[_Done[T]]:
        """Find what the write made, or raise what is known."""
        assert self.attempt is not None  # noqa: S101 - every write has one
        found: Sequence[T] = ()
        if self.operation.recover is not None:
            try:
                found = yield from self._looked(self.operation.recover, self.attempt)
            except BaseException as interruption:
                if self.operation.effect is Effect.NEITHER:
                    remember_attempt(interruption, self.attempt)
                raise
        if len(found) == 1 and (self.operation.effect is not Effect.NEITHER or not is_cancelled(found[0])):
            self.call.status, self.call.recovered = None, True
            self._remember(found[0])
            return _Done(found[0])
        # A refusal stands only where a look showed that nothing was done before it.
        refused = not isinstance(error, NoAnswerError | RequestNotSentError) and self.blind is None
        if self.operation.effect is Effect.IDEMPOTENT and refused:
            raise error
        raise OutcomeUnknownError(
            f"{self.operation.name} may have taken effect: {_lost(error)}. {self._advice(found)}",
            attempt=self.attempt,
            candidates=found,
            provider=error.provider,
            operation=error.operation,
        ) from error

    def _advice(self, found: Sequence[T]) -> str:
        if self.operation.effect is Effect.IDEMPOTENT:
            blind = "" if self.blind is None else f"It could not be looked for: {self.blind}. "
            return f"{blind}Repeating it is harmless."
        if self.operation.recover is None:
            return self.operation.advice or _NO_LOOK
        what = f"{len(found)} objects could be the one." if found else "It was not found at the provider (yet)."
        if len(found) == 1:
            what = "What was found is cancelled: it may be the one, or an earlier one like it."
        if self.blind is not None:
            what = f"It could not be looked for: {self.blind}."
        return f"{what} Do not repeat it blindly: error.attempt.resolve(client) asks again."

    def _looked(
        self, recover: Callable[[BookingAttempt], Flow[Sequence[T]]], attempt: BookingAttempt
    ) -> Steps[Sequence[T]]:
        call = self.call
        budget = call.options.retry.recover_within
        began = call.last.monotonic
        deadline, last_look = began + budget, began + _LAST_LOOK * budget
        looking = call.within(deadline)
        looking.aside = True
        pause, seen = _FIRST_PAUSE, False
        while looking.last.monotonic < deadline:
            try:
                found = yield from looking.do(recover(attempt))
                self.blind, seen = None, True
            except Exception as error:  # noqa: BLE001 - what was asked first is what the caller hears about
                logger.debug("%s: a look for what it made raised %s", self.operation.name, type(error).__name__)
                if not seen:
                    self.blind = error.message.rstrip(".") if isinstance(error, ApptError) else type(error).__name__
                found = ()
            now = yield from looking.now()
            call.last = looking.last
            call.lasts_until(call.deadline + now.monotonic - began)  # the look has its own time
            began = now.monotonic
            found = call.account.unclaimed(self.operation.name, found)
            if found or self.operation.effect is Effect.IDEMPOTENT:
                return found  # a harmless write was repeated already: what it left behind is there to be seen
            left = last_look - now.monotonic
            if left < _FIRST_PAUSE:
                break
            yield from looking.pause(min(pause, left), "recover")
            yield from looking.now()
            pause *= 2
        return ()

    def _remember(self, value: object) -> None:
        """Take note of what was made and answered, so that it is not taken for what a lost answer made."""
        if self.operation.effect is Effect.NEITHER:
            assert self.attempt is not None  # noqa: S101 - every write has one
            self.call.written.append(self.attempt)
            # What follows a write makes it safe: it is not left out because the write took long.
            self.call.lasts_until(self.call.last.monotonic + self.call.options.timeout.attempt)
            self.call.account.remember(self.attempt, value)

    # --- errors ------------------------------------------------------------------------------------------------------

    def _error(self, kind: type[ApptError], what: str) -> ApptError:
        name = self.operation.name
        return kind(f"{name} {what}", provider=self.call.account.service.name, operation=name)

    def _status_error(self, response: Response, asked: float | None) -> ApptError:
        operation, service = self.operation, self.call.account.service
        fault = read_fault(service.fault, response)
        clean = Scrubber(self.call.sent, self.call.account.auth.secrets(self.call.account))
        fields = {name: clean(text) for name, text in fault.fields.items()}
        parts = [clean(fault.message) if fault.message else phrase(response.status)]
        parts += [f"{name}: {text}" for name, text in fields.items()]
        hint = f" ({hint})" if (hint := service.hints.get(response.status)) else ""
        message = f"{operation.name}: {response.status} {'; '.join(parts)}"[: MAX_MESSAGE - len(hint)] + hint
        kind = fault.kind or status_error(response.status, invalid=bool(fields))
        if issubclass(kind, SlotUnavailableError):
            return kind(message, response=response, provider=service.name, operation=operation.name)
        assert issubclass(kind, APIStatusError)  # noqa: S101 - what a provider may name
        return kind(
            message,
            response=response,
            code=fault.code,
            fields=fields,
            retry_after=asked,
            provider=service.name,
            operation=operation.name,
        )
