"""Break the code in one line at a time, in a copy, and see that the tests notice each.

python tools/sabotage.py [word ...]    all of them, or those whose name holds one of the words
"""

from __future__ import annotations

import compileall
import multiprocessing
import os
import py_compile
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs
import pytest

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

    Context: TypeAlias = ForkServerContext | SpawnContext

ROOT: Final = Path(__file__).resolve().parent.parent
FAILED: Final = 1  # pytest's status when tests ran and some failed; anything else proves nothing
TOO_LONG: Final = 300.0  # seconds
WORKERS: Final = 2
LOADED: Final = ("pytest", "httpx", "hypothesis", "anyio", "attrs", "cattrs", "orjson", "starlette", "trio", "uvicorn")
"""What nearly all tests import, loaded once: every process begins as a fork of one that has it."""


@attrs.frozen
class Breakage:
    """One line that is broken on purpose.

    Args:
        name: What goes wrong.
        file: The file, below `src/apptsdk`.
        old: The text to replace, which must occur once.
        new: What to put in its place.
        tests: The file, or the test, that notices it, in a few seconds. Red there is red everywhere.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


CORE: Final = "tests/core/test_core"
PREFETCH: Final = ("tests/core/test_core_prefetch.py",)
CLINIKO: Final = "tests/cliniko/test_cliniko"
BOOKINGS: Final = ("tests/cliniko/test_cliniko_bookings.py",)
FILTERS: Final = ("tests/cliniko/test_cliniko_filters.py", "tests/cliniko/test_cliniko_filtering.py")
PAGING: Final = ("tests/cliniko/test_cliniko_paging.py",)
LOST: Final = ("tests/cliniko/test_cliniko_lost_creates.py",)
FLOWS: Final = ("tests/core/test_core_flows.py",)
REMARKS: Final = ("tests/core/test_core_remarks.py",)
ENCODINGS: Final = ("tests/core/test_core_encoding.py",)
CLIENTS: Final = ("tests/core/test_core_clients.py",)
FOUND: Final = ("tests/core/test_core_recovery.py",)
STORES: Final = ("tests/core/test_core_stores.py",)
WIRE: Final = ("tests/core/test_core_wire.py",)
NEXHEALTH: Final = "tests/nexhealth/test_nexhealth"
CUBU: Final = "tests/cubu/test_cubu"
SHAPES: Final = (f"{CUBU}_shapes.py",)
CLOCK: Final = (f"{CUBU}_time.py",)
BOOKED: Final = (f"{CUBU}_booking.py",)
SOUGHT: Final = (f"{CUBU}_lost_bookings.py",)
ASIDE: Final = ("tests/core/test_core_aside.py",)
BASES: Final = ("tests/core/test_core_bases.py",)
SAID: Final = ("tests/contract/test_contract_code.py",)
DRIVEN: Final = ("tests/contract/test_contract_drive.py::test_the_wire_says_what_the_vendor_says[cliniko-sync]",)
IMIASSIST: Final = "tests/imiassist/test_imiassist"
LEAKED: Final = (f"{IMIASSIST}_leaks.py",)
UNDONE: Final = (f"{IMIASSIST}_lost.py",)
SPOKEN: Final = ("tests/core/test_core_inputs.py",)
CASSETTES: Final = ("tests/cassettes/test_cassettes_play.py",)
VERBS: Final = (f"{CORE}_verbs.py",)
ABLE: Final = "tests/portable/test_portable_able.py"
MOMENTS: Final = (f"{CORE}_moments.py",)
FIRST: Final = (f"{CORE}_verbs_first.py",)
ROUTED: Final = (f"{CORE}_routing.py",)
MERGED: Final = (f"{CORE}_routing_merging.py",)
MOVED: Final = (f"{CORE}_rebooking.py",)
CLASHES: Final = (f"{CLINIKO}_scheduling_conflicts.py",)
MEETINGS: Final = (f"{CLINIKO}_scheduling_order.py",)
RACED: Final = "tests/portable/test_portable_racing.py::test_of_many"
PLAYED: Final = (
    "tests/portable/test_portable_machine.py::test_whatever_answers_are_lost_every_appointment_is_live_once_and_known"
)
SHAREDJSON: Final = (f"{CORE}_sharedjson.py",)
SETTINGS: Final = (f"{CORE}_settings.py",)
ENVIRONMENT: Final = ("tests/client/test_client_environment.py",)
BREAKAGES: Final[tuple[Breakage, ...]] = (
    Breakage(
        "a token for a look has the look's little time",
        "exchange.py",
        "twin = self.within(self.whole)",
        "twin = self.within(self.deadline)",
        ("tests/core/test_core_auth.py",),
    ),
    Breakage(
        "a booking is repeated after a 500",
        "retry.py",
        "return Verdict.UNKNOWN if status >= _SERVER_ERRORS",
        "return Verdict.AGAIN if status >= _SERVER_ERRORS",
        (f"{CORE}_verdicts.py",),
    ),
    Breakage(
        "a booking is repeated after silence",
        "retry.py",
        "return Verdict.UNKNOWN if effect is Effect.NEITHER else Verdict.AGAIN",
        "return Verdict.AGAIN",
        (f"{CORE}_verdicts.py",),
    ),
    Breakage(
        "a refused connection is not retried",
        "exchange.py",
        "if failure.again and (yield from self._waited(None)):",
        "if False:",
        (f"{CORE}_drivers.py",),
    ),
    Breakage(
        "connections are closed to keep few, and with them the requests that have just got one",
        "engines/httpx.py",
        "max_keepalive_connections=_CONNECTIONS",
        "max_keepalive_connections=20",
        (f"{CORE}_engines.py::test_connections_are_kept_however_many_were_needed_at_once",),
    ),
    Breakage(
        "Retry-After is ignored",
        "retry.py",
        'response.headers.get("retry-after")',
        "None",
        (f"{CORE}_pacing.py",),
    ),
    Breakage(
        "no cap on what the provider may ask",
        "retry.py",
        "cap: float = attrs.field(default=60.0",
        "cap: float = attrs.field(default=6000.0",
        (f"{CORE}_pacing.py",),
    ),
    Breakage(
        "a foreign next link is followed",
        "urls.py",
        "if parts is None or _origin(parts) != _origin(ours):",
        "if parts is None:",
        (f"{CORE}_pagers.py",),
    ),
    Breakage(
        "an empty page ends the list",
        "ahead.py",
        "self._ended = page.cursor is None",
        "self._ended = not page.items",
        (f"{CORE}_clients.py",),
    ),
    Breakage(
        "pages in a circle go on forever",
        "ahead.py",
        "if self._cursor in self._seen:",
        "if False:",
        (f"{CORE}_pagers.py",),
    ),
    Breakage(
        "prefetch: one page more waits than was allowed",
        "ahead.py",
        "len(self._pages) < self._room",
        "len(self._pages) <= self._room",
        PREFETCH,
    ),
    Breakage("prefetch: the error of a page is dropped", "ahead.py", "self._failure = error", "pass", PREFETCH),
    Breakage(
        "prefetch: an error overtakes the pages before it",
        "ahead.py",
        "if self._pages:",
        "if self._pages and self._failure is None:",
        PREFETCH,
    ),
    Breakage(
        "prefetch: a thread goes on after a break",
        "ahead.py",
        "if reader() is None or transport.life.closed or",
        "if transport.life.closed or",
        PREFETCH,
    ),
    Breakage(
        "prefetch: a task goes on after a break",
        "ahead.py",
        "while reader() is not None and not errand.life.closed and",
        "while not errand.life.closed and",
        PREFETCH,
    ),
    Breakage(
        "prefetch: a cancelled task leaves its reader waiting",
        "ahead.py",
        "        trail.release(errand)\n        bell.ring()\n",
        "        trail.release(errand)\n",
        (f"{CORE}_prefetch.py::test_an_error_for_which_the_reader_waits_is_raised_there",),
    ),
    Breakage(
        "prefetch: closing cuts the page that a thread fetches",
        "transport.py",
        "self._changed.wait_for(lambda: not self._requests, patience)",
        "pass",
        PREFETCH,
    ),
    Breakage(
        "unknown members are dropped",
        "wire.py",
        '_set(model, "_sent", value)',
        '_set(model, "_sent", None)',
        (f"{CORE}_wire.py",),
    ),
    Breakage(
        "unknown enum values become known ones",
        "models.py",
        "member = str.__new__(cls, value)",
        "return next(iter(cls))",
        (f"{CORE}_encoding.py",),
    ),
    Breakage(
        "every waiter mints a token",
        "auth.py",
        "if keeper.rounds != seen or",
        "if False and",
        (f"{CORE}_auth.py",),
    ),
    Breakage(
        "a lock is held over a cancellation",
        "auth.py",
        "        finally:\n            lock.release()",
        "        finally:\n            pass",
        (f"{CORE}_auth.py",),
    ),
    Breakage(
        "a cancelled wait keeps its place",
        "exchange.py",
        "pace.leave(ticket)",
        "pass",
        (f"{CORE}_pacing.py",),
    ),
    Breakage(
        "the pace counts nothing",
        "pacing.py",
        "window.sent.append(now)",
        "pass",
        (f"{CORE}_hooks.py",),
    ),
    Breakage(
        "the total deadline is not looked at",
        "exchange.py",
        "min(call.options.timeout.attempt, left)",
        "call.options.timeout.attempt",
        (f"{CORE}_flows.py",),
    ),
    Breakage(
        "no limit to what inflates",
        "http.py",
        "room = MAX_BODY",
        "room = 100 * MAX_BODY",
        (f"{CORE}_http.py",),
    ),
    Breakage(
        "a blank is an id",
        "urls.py",
        "empty = not text.strip() or not",
        "empty = not",
        (f"{CORE}_urls.py",),
    ),
    Breakage(
        "a naive datetime is taken",
        "moments.py",
        "if value.utcoffset() is None:",
        "if False:",
        (f"{CORE}_encoding.py",),
    ),
    Breakage(
        "local time is sent as UTC",
        "wire.py",
        "value.astimezone(UTC).replace",
        "value.replace",
        (f"{CORE}_encoding.py",),
    ),
    Breakage(
        "what we sent stands in messages",
        "messages.py",
        "words.update(_strings(operation.body))",
        "pass",
        (f"{CORE}_messages.py",),
    ),
    Breakage(
        "httpx logs our URLs",
        "engines/httpx.py",
        "return not _quiet.get()",
        "return True",
        (f"{CORE}_engines.py::test_the_library_logs_nothing_about_our_calls",),
    ),
    Breakage(
        "a changed repeat rule is sent again",
        "providers/cliniko/resource.py",
        'Effect.NEITHER if "repeat_rule" in encoded else Effect.IDEMPOTENT',
        "Effect.IDEMPOTENT",
        (f"{CLINIKO}_recovery.py",),
    ),
    Breakage(
        "a slow answer moves the clock",
        "account.py",
        "if self.knows_offset:",
        "if False:",
        (f"{CORE}_recovery.py",),
    ),
    Breakage(
        "the retry budget is bottomless",
        "retry.py",
        "if self._left < 1.0:",
        "if False:",
        (f"{CORE}_retry.py",),
    ),
    Breakage(
        "recovery takes any appointment",
        "providers/cliniko/recovery.py",
        " if _fits(item, attempt.clues)",
        "",
        (f"{CLINIKO}_lost_creates.py::test_what_somebody_else_made_otherwise_at_the_same_time_is_not_taken",),
    ),
    Breakage(
        "recovery takes an old appointment",
        "recovery.py",
        "and began - MARGIN <= moment <= began + LATEST",
        "",
        FOUND,
    ),
    Breakage(
        "lost bookings are not looked for",
        "providers/cliniko/resource.py",
        "recover=self.made_by if any(clues.values()) else None",
        "recover=None",
        LOST,
    ),
    Breakage(
        "a key may choose the host",
        "providers/cliniko/settings.py",
        "if not _SHARD.fullmatch(shard):",
        "if False:",
        (f"{CLINIKO}_settings.py",),
    ),
    Breakage(
        "windows are longer than the vendor allows",
        "providers/cliniko/operations/available_times.py",
        "WINDOW: Final = timedelta(days=6)",
        "WINDOW: Final = timedelta(days=60)",
        PAGING,
    ),
    Breakage(
        "the User-Agent says nothing",
        "providers/cliniko/settings.py",
        '"User-Agent": f"{self.app_name} ({self.contact_email})"',
        '"User-Agent": "x"',
        (f"{CLINIKO}_life.py",),
    ),
    Breakage(
        "any kind of answer is asked for",
        "providers/cliniko/settings.py",
        '"Accept": "application/json"',
        '"Accept": "*/*"',
        CASSETTES,
    ),
    Breakage(
        "a change is sent with PUT",
        "providers/cliniko/resource.py",
        'self._verb("update"),\n            "PATCH"',
        'self._verb("update"),\n            "PUT"',
        CASSETTES,
    ),
    Breakage(
        "hidden rows stay hidden",
        "providers/cliniko/queries.py",
        'yield "cancelled_at:*"',
        "pass",
        (f"{CLINIKO}_calendars.py",),
    ),
    Breakage(
        "one clue is not compared",
        "providers/cliniko/recovery.py",
        "== clue.strip() for name, clue in clues.items()",
        "== clue.strip() for name, clue in [*clues.items()][1:]",
        LOST,
    ),
    Breakage(
        "one clue is not given",
        "providers/cliniko/operations/attendees.py",
        'clues=("booking_id", "patient_id")',
        'clues=("booking_id",)',
        LOST,
    ),
    Breakage(
        "what is looked for is not asked for",
        "providers/cliniko/recovery.py",
        '(("q[]", text) for text in conditions)',
        '(("q[]", text) for text in ())',
        LOST,
    ),
    Breakage(
        "bookings are told apart by their fields alone",
        "providers/cliniko/operations/bookings.py",
        "if segment in _KINDS:",
        "if False:",
        BOOKINGS,
    ),
    Breakage(
        "a group is taken for one patient's appointment",
        "providers/cliniko/operations/bookings.py",
        'return "group_appointments"',
        'return "individual_appointments"',
        BOOKINGS,
    ),
    Breakage(
        "whatever is no appointment is a block",
        "providers/cliniko/operations/bookings.py",
        'None if item.keys() & {"appointment_type", "attendees"} else "unavailable_blocks"',
        '"unavailable_blocks"',
        BOOKINGS,
    ),
    Breakage(
        "conditions of another resource are taken",
        "providers/cliniko/resource.py",
        "query.check(resource, filters)",
        "pass",
        FILTERS,
    ),
    Breakage(
        "a filter is true",
        "providers/cliniko/filters.py",
        "def __bool__(self) -> NoReturn:",
        "def __call__(self) -> NoReturn:",
        FILTERS,
    ),
    Breakage(
        "a filter's repr shows a name",
        "providers/cliniko/filters.py",
        '"..." if self.private and value else value',
        "value",
        FILTERS,
    ),
    Breakage(
        "a part of a text becomes an operator",
        "providers/cliniko/filters.py",
        'if text.startswith("~")',
        "if False",
        FILTERS,
    ),
    Breakage(
        "a list of ids is a text",
        "providers/cliniko/filters.py",
        "if not is_sequence(given):",
        "if False:",
        FILTERS,
    ),
    Breakage(
        "a fraction of a second is cut off a filter",
        "providers/cliniko/filters.py",
        "if moment.microsecond and moment < _LAST",
        "if False",
        FILTERS,
    ),
    Breakage(
        "what was left out may be anything in what is found",
        "providers/cliniko/resource.py",
        "if name in encoded or name not in FILLED_IN}",
        "if name in encoded}",
        (f"{CLINIKO}_lost_creates.py::test_what_was_left_out_must_be_empty_in_what_is_found",),
    ),
    Breakage(
        "the cursor of another list is taken",
        "providers/cliniko/queries.py",
        "if not found.endswith(own) and",
        "if False and",
        (f"{CLINIKO}_paging.py::test_the_cursor_of_another_list_is_refused_at_once",),
    ),
    Breakage(
        "rows change places between pages",
        "providers/cliniko/queries.py",
        "if order and self.tie is not None and",
        "if False and",
        (f"{CLINIKO}_filters.py",),
    ),
    Breakage(
        "weekly hours at a business are those of all who work there",
        "providers/cliniko/queries.py",
        "yield f\"practitioner_id:={identifier(self.practitioner_id, 'practitioner_id')}\"",
        "pass",
        (f"{CLINIKO}_account.py",),
    ),
    Breakage(
        "closed cases are active",
        "providers/cliniko/queries.py",
        'return f"{path}/active" if flag(self.active, "active") else path',
        "return super().path(name)",
        (f"{CLINIKO}_account.py",),
    ),
    Breakage(
        "None is not sent",
        "wire.py",
        "if item is not UNSET:",
        "if item is not UNSET and item is not None:",
        (f"{CLINIKO}_account.py",),
    ),
    Breakage(
        "a name that is none in Python is not read",
        "wire.py",
        "for field, name in kind.sent_as.items()}",
        "for field, name in ()}",
        (f"{CLINIKO}_decoding.py",),
    ),
    Breakage(
        "a filter has another type than the vendor's",
        "providers/cliniko/models/patient_case.py",
        "issue_date: Final = DateField()",
        "issue_date: Final = DateTimeField()",
        SAID,
    ),
    Breakage(
        "a field is not sent",
        "providers/cliniko/models/patient_case.py",
        "    patient_attachment_ids: Sequence[Id] | Unset = UNSET\n",
        "",
        SAID,
    ),
    Breakage(
        "a path of the vendor's is never asked",
        "providers/cliniko/queries.py",
        'f"{path}/active" if flag(self.active, "active") else path',
        "super().path(name)",
        DRIVEN,
    ),
    Breakage(
        "the sandbox leaves out a field of the vendor's",
        "sandbox/cliniko/diary_rendering.py",
        '        "sent_sms_follow_ups_count": 0,\n',
        "",
        DRIVEN,
    ),
    Breakage("the first of several finds is taken for it", "recovery.py", "if len(found) > 1:", "if False:", FOUND),
    Breakage(
        "what is remembered is asked for again",
        "exchange.py",
        "None if kept is None or asked.fresh or",
        "None if True or",
        FLOWS,
    ),
    Breakage(
        "what is to be read anew is not",
        "exchange.py",
        "None if kept is None or asked.fresh or",
        "None if kept is None or",
        FLOWS,
    ),
    Breakage(
        "each who waits for what is remembered reads it",
        "exchange.py",
        "kept = self._fact(asked, (yield from self.now())) or (",
        "kept = (",
        FLOWS,
    ),
    Breakage(
        "the read of what is remembered may take all the time",
        "exchange.py",
        "wait = self._spare(asked.patience)",
        "wait = self.deadline - now.monotonic",
        FLOWS,
    ),
    Breakage(
        "a failure is kept for as long as an answer",
        "exchange.py",
        "min(asked.seconds, _FAILURE_KEPT)",
        "asked.seconds",
        FLOWS,
    ),
    Breakage(
        "what is remembered is never asked for again",
        "exchange.py",
        "(self.last.monotonic + seconds, found)",
        "(self.last.monotonic + 1e9, found)",
        FLOWS,
    ),
    Breakage(
        "a flow that waits has no time to",
        "exchange.py",
        "self.within(self.deadline + flow.within)",
        "self.within(self.deadline)",
        FLOWS,
    ),
    Breakage(
        "attempts within it do not count",
        "exchange.py",
        "            self.attempts += twin.attempts\n            self.deadline",
        "            self.deadline",
        FLOWS,
    ),
    Breakage("a remark is made again and again", "exchange.py", "account.noted.add(said)", "pass", REMARKS),
    Breakage("a remark loses a write", "exchange.py", "if operation.effect is Effect.SAFE and not", "if not", REMARKS),
    Breakage(
        "a remark loses what was asked for beside it",
        "exchange.py",
        "if operation.effect is Effect.SAFE and not self.call.aside:",
        "if operation.effect is Effect.SAFE:",
        REMARKS,
    ),
    Breakage(
        "a remark points into the SDK",
        "messages.py",
        "while frame is not None and frame.f_back is not None and frame.f_code.co_filename.startswith(_HERE):",
        "while False:",
        REMARKS,
    ),
    Breakage(
        "a token store that is out of order stops the calls",
        "auth.py",
        "        except Exception as error:  # noqa: BLE001 - a store that is out of order",
        "        except MemoryError as error:  # noqa: BLE001 - a store that is out of order",
        STORES,
    ),
    Breakage(
        "tokens are to be kept in a folder that is not there",
        "tokens.py",
        "if self.path.is_dir() or not self.path.parent.is_dir():",
        "if False:",
        STORES,
    ),
    Breakage(
        "the fast reader takes a flag for a number",
        "wire.py",
        "{v}.__class__ is not {_INLINE[inner]}",
        "not isinstance({v}, {_INLINE[inner]})",
        WIRE,
    ),
    Breakage(
        "the fast reader passes a provider's own by",
        "wire.py",
        "ours = inner in _OR_NONE and converter.get_structure_hook(field.type) in {_OR_NONE[inner], _HOOKS[inner]}",
        "ours = inner in _OR_NONE",
        WIRE,
    ),
    Breakage(
        "a remark shows what we sent",
        "exchange.py",
        "Scrubber(self.call.sent, account.auth.secrets(account))(note)",
        "note",
        REMARKS,
    ),
    Breakage(
        "a quota knows no requests but its operations'",
        "exchange.py",
        "operation.tags | tags(operation.method, operation.path) if tags else operation.tags",
        "operation.tags",
        REMARKS,
    ),
    Breakage(
        "seconds are cut off a time of the day",
        "wire.py",
        "if value.tzinfo is not None or value.second or value.microsecond:",
        "if value.tzinfo is not None:",
        ENCODINGS,
    ),
    Breakage("any word is one of a few", "wire.py", "    if value in known:\n", "    if True:\n", ENCODINGS),
    Breakage(
        "the next page is sought from the first one's URL",
        "raw.py",
        "(body, cursor or first)",
        "(body, first)",
        CLIENTS,
    ),
    Breakage(
        "every setting makes an account of its own",
        "subclient.py",
        "(settings.credential, given.get",
        "(settings, given.get",
        CLIENTS,
    ),
    Breakage(
        "NexHealth: the key has a scheme",
        "providers/nexhealth/settings.py",
        'headers={"Authorization": api_key}',
        'headers={"Authorization": f"Bearer {api_key}"}',
        (f"{NEXHEALTH}_auth.py",),
    ),
    Breakage(
        "NexHealth: the key stands in messages",
        "providers/nexhealth/settings.py",
        "Bearer(self._minted(), traded=self.api_key)",
        "Bearer(self._minted())",
        ("tests/cases/test_cases.py::test_a_provider_that_repeats_the_key_is_not_quoted",),
    ),
    Breakage(
        "NexHealth: searches have no quota of their own",
        "providers/nexhealth/settings.py",
        '{found, SEARCHES} if method == "GET" and path in _SEARCHED else {found}',
        "{found}",
        (f"{NEXHEALTH}_envelope.py",),
    ),
    Breakage(
        "NexHealth: another practice keeps the office",
        "providers/nexhealth/settings.py",
        'given.setdefault("location_id", None)',
        "pass",
        (f"{NEXHEALTH}_settings.py",),
    ),
    Breakage(
        "NexHealth: the version is not said",
        "providers/nexhealth/versions.py",
        "return chosen if self.header is None else",
        "return chosen if True else",
        (f"{NEXHEALTH}_versions.py",),
    ),
    Breakage(
        "NexHealth: code false is a success",
        "providers/nexhealth/wire.py",
        "if not _FALSE.search(_edges(response.content)):",
        "if True:",
        (f"{NEXHEALTH}_envelope.py",),
    ),
    Breakage(
        "NexHealth: a taken slot is any bad request",
        "providers/nexhealth/wire.py",
        '    (re.compile("time is no longer available", re.IGNORECASE), SlotUnavailableError),\n',
        "",
        (f"{NEXHEALTH}_envelope.py",),
    ),
    Breakage(
        "NexHealth: an ignored parameter is passed over",
        "providers/nexhealth/wire.py",
        "            if _IGNORED.search(text):\n",
        "            if False:\n",
        (f"{NEXHEALTH}_envelope.py",),
    ),
    Breakage(
        "NexHealth: the first page is all",
        "providers/nexhealth/wire.py",
        'if info.get("has_next_page") is not True:',
        "if True:",
        (f"{NEXHEALTH}_paging.py",),
    ),
    Breakage(
        "NexHealth: the last page of v2 is left out",
        "providers/nexhealth/wire.py",
        "more = size * page < count",
        "more = size * (page + 1) < count",
        (f"{NEXHEALTH}_paging.py",),
    ),
    Breakage(
        "NexHealth: the vendor says how long a page is",
        "providers/nexhealth/queries/base.py",
        "return (*super().pairs(scope, resource), *pages)",
        "return super().pairs(scope, resource)",
        (f"{NEXHEALTH}_paging.py",),
    ),
    Breakage(
        "NexHealth: the cursor of another practice is taken",
        "providers/nexhealth/queries/base.py",
        'if not {pair for pair in brought if pair[0] == "subdomain"} <= {*scope.practice(required=False)}:',
        "if False:",
        (f"{NEXHEALTH}_paging.py",),
    ),
    Breakage(
        "NexHealth: ids are sent as texts",
        "providers/nexhealth/wire.py",
        "return int(numeric_id(",
        "return str(numeric_id(",
        (f"{NEXHEALTH}_shapes.py",),
    ),
    Breakage(
        "NexHealth: a slot's time loses its offset",
        "providers/nexhealth/wire.py",
        'return text if offset else f"{text[:-6]}Z"',
        'return f"{text[:-6]}Z"',
        (f"{NEXHEALTH}_shapes.py",),
    ),
    Breakage(
        "NexHealth: a telephone number keeps its country",
        "providers/nexhealth/queries/people.py",
        'if len(digits) == _NANP + 1 and digits.startswith("1"):',
        "if False:",
        (f"{NEXHEALTH}_shapes.py",),
    ),
    Breakage(
        "NexHealth: accepted is written",
        "providers/nexhealth/operations/appointments.py",
        "if found is not None and found.write_state is WriteState.WRITTEN:",
        "if found is not None:",
        (f"{NEXHEALTH}_writing.py",),
    ),
    Breakage(
        "NexHealth: an office that takes no bookings is not warned about",
        "providers/nexhealth/operations/appointments.py",
        "if settings.insert_appt_client is False:",
        "if False:",
        (f"{NEXHEALTH}_booking.py",),
    ),
    Breakage(
        "NexHealth: lost bookings are not looked for",
        "providers/nexhealth/resource.py",
        "recover=None if finder is None else",
        "recover=None if True else",
        (f"{NEXHEALTH}_lost_creates.py",),
    ),
    Breakage(
        "NexHealth: recovery takes whatever is listed",
        "providers/nexhealth/recovery.py",
        "if all(_same(getattr(item, name), clues[name]) for name in self.clues if name in clues)",
        "if True",
        (f"{NEXHEALTH}_lost_creates.py",),
    ),
    Breakage(
        "NexHealth: a lost deletion is repeated for ever",
        "providers/nexhealth/resource.py",
        "query=query, recover=lambda _: recover",
        "query=query",
        (f"{NEXHEALTH}_lost_creates.py",),
    ),
    Breakage(
        "webhooks: an old request is taken",
        "providers/nexhealth/operations/webhooks.py",
        "delivery.check_age(timestamp, moment, allowed)",
        "pass",
        (f"{NEXHEALTH}_webhooks.py",),
    ),
    Breakage(
        "webhooks: the body is not in the signature",
        "providers/nexhealth/operations/webhooks.py",
        '+ b"." + b64encode(body)',
        '+ b"."',
        (f"{NEXHEALTH}_webhooks.py",),
    ),
    Breakage(
        "what only helps has all the time there is",
        "exchange.py",
        "return min(patience, _ASIDE * self.options.timeout.total, self.deadline - self.last.monotonic)",
        "return self.deadline - self.last.monotonic",
        ASIDE,
    ),
    Breakage(
        "what only helps may write",
        "exchange.py",
        "twin.aside, twin.whole, twin.reads_only = True, self.whole, True",
        "twin.aside, twin.whole = True, self.whole",
        ASIDE,
    ),
    Breakage(
        "what only helps costs nothing",
        "exchange.py",
        "            return (yield from twin.do(work))\n        finally:\n            self.last = twin.last\n"
        "            self.attempts += twin.attempts\n",
        "            return (yield from twin.do(work))\n        finally:\n            self.last = twin.last\n",
        ASIDE,
    ),
    Breakage(
        "an interruption after a booking forgets it",
        "exchange.py",
        "self.call.written.append(self.attempt)",
        "pass",
        ASIDE,
    ),
    Breakage(
        "an error that a flow deals with is taken for an interruption",
        "exchange.py",
        "if call.written and not isinstance(error, ApptError) and not carries_attempt(error):",
        "if call.written and not carries_attempt(error):",
        ASIDE,
    ),
    Breakage(
        "what a longer flow wrote is forgotten",
        "exchange.py",
        "twin.written, twin.sent = self.written, self.sent",
        "twin.sent = self.sent",
        ASIDE,
    ),
    Breakage(
        "a caller's headers go to the token endpoint",
        "exchange.py",
        "options.headers if operation.base is None else {}",
        "options.headers",
        BASES,
    ),
    Breakage(
        "the token endpoint's clock is the provider's",
        "exchange.py",
        "            if self.operation.base is None:\n",
        "            if True:\n",
        BASES,
    ),
    Breakage(
        "another place is the provider's",
        "exchange.py",
        "(operation.base or service.base_url)",
        "service.base_url",
        BASES,
    ),
    Breakage(
        "what a provider's own hook refuses has no words",
        "wire.py",
        "    if isinstance(error, _Expected | Undecodable):",
        "    if isinstance(error, _Expected):",
        WIRE,
    ),
    Breakage("days are shown as Python writes them", "models.py", "isinstance(value, date)", "False", WIRE),
    Breakage(
        "a half-done move does not name the new appointment",
        "errors.py",
        "        self.new = new\n",
        "        self.new = None\n",
        (f"{CORE}_messages.py",),
    ),
    Breakage(
        "Cubu: an hour is 59 minutes",
        "providers/cubu/times.py",
        "return local.date(), 60 * local.hour + local.minute",
        "return local.date(), 59 * local.hour + local.minute",
        CLOCK,
    ),
    Breakage(
        "Cubu: minutes are UTC's",
        "providers/cubu/times.py",
        "local = value.astimezone(UTC).astimezone(zone)",
        "local = value.astimezone(UTC)",
        CLOCK,
    ),
    Breakage(
        "Cubu: vacancies are UTC's",
        "providers/cubu/operations/calendars.py",
        "zone = scope.zone_of_answer(reference.service_id, None)",
        'zone = type(scope.zone(reference.service_id))("UTC")',
        CLOCK,
    ),
    Breakage(
        "Cubu: the second of two equal hours is sent as the first",
        "providers/cubu/times.py",
        "    if local.fold:\n",
        "    if False:\n",
        CLOCK,
    ),
    Breakage(
        "Cubu: a vacancy that the clock leaps over is a slot",
        "providers/cubu/times.py",
        "return moment if is_shown(moment) else None",
        "return moment",
        CLOCK,
    ),
    Breakage(
        "Cubu: a time that the caller's clock leaps over is booked",
        "providers/cubu/times.py",
        "    if not is_shown(aware(value, argument)):\n",
        "    if False:\n",
        CLOCK,
    ),
    Breakage(
        "Cubu: an appointment ends by the wall clock",
        "showing.py",
        "in_zone(start.astimezone(UTC) + length, start.tzinfo)",
        "start + length",
        CLOCK,
    ),
    Breakage(
        "Cubu: a booking on another day than its calendar's",
        "providers/cubu/booking.py",
        "    if day != reference.date:\n",
        "    if False:\n",
        BOOKED,
    ),
    Breakage(
        "Cubu: startTime is spelt start",
        "providers/cubu/operations/appointments.py",
        "        body=written,\n",
        '        body={"start" if name == "startTime" else name: value for name, value in written.items()},\n',
        SHAPES,
    ),
    Breakage(
        "Cubu: the customer's key is spelt right",
        "providers/cubu/settings.py",
        'MISSPELT: Final = "cusotmerRecordId"',
        'MISSPELT: Final = "customerRecordId"',
        SHAPES,
    ),
    Breakage(
        "Cubu: the queue is told a language",
        "providers/cubu/models/inputs.py",
        '{"language": "locale"}',
        "{}",
        (f"{CUBU}_queue.py",),
    ),
    Breakage(
        "Cubu: a change's fields are an object",
        "providers/cubu/operations/customers.py",
        'body={"fields": written})',
        'body={"fields": _fields(scope, fields)})',
        SHAPES,
    ),
    Breakage(
        "Cubu: the token is for everything",
        "providers/cubu/settings.py",
        'self.scope or f"{self.client_id}/.default"',
        'self.scope or ".default"',
        (f"{CUBU}_auth.py",),
    ),
    Breakage(
        "Cubu: the secret stands in messages",
        "providers/cubu/settings.py",
        "Bearer(source, traded=self.client_secret)",
        "Bearer(source)",
        ("tests/cases/test_cases.py::test_a_provider_that_repeats_the_key_is_not_quoted",),
    ),
    Breakage(
        "Cubu: what Entra refuses is a bad request",
        "providers/cubu/wire.py",
        "kind=AuthenticationError if status in _REFUSED else None",
        "kind=None",
        (f"{CUBU}_auth.py",),
    ),
    Breakage(
        "Cubu: Entra's trace stands in messages",
        "providers/cubu/wire.py",
        '_TRACE.sub("", text)',
        "text",
        (f"{CUBU}_auth.py",),
    ),
    Breakage(
        "Cubu: a taken time is any conflict",
        "providers/cubu/operations/appointments.py",
        "if not _is_taken(scope, error):",
        "if True:",
        BOOKED,
    ),
    Breakage(
        "Cubu: any conflict is a taken time",
        "providers/cubu/operations/appointments.py",
        " or error.code in CODES or ",
        " or ",
        (f"{CUBU}_errors.py",),
    ),
    Breakage(
        "Cubu: what the hook changed is not shown",
        "providers/cubu/recovery.py",
        'object.__setattr__(booking, "_differences", differences(clues, booking))',
        "pass",
        BOOKED,
    ),
    Breakage(
        "Cubu: a look that fails loses the booking",
        "providers/cubu/operations/appointments.py",
        '        logger.debug("%s: the look at the calendar raised %s", BOOK, type(error).__name__)\n'
        "        return booking\n",
        "        raise error\n",
        BOOKED,
    ),
    Breakage(
        "Cubu: the look after a booking cannot be switched off",
        "providers/cubu/operations/appointments.py",
        "if scope.check_bookings and not booking.checked:",
        "if not booking.checked:",
        BOOKED,
    ),
    Breakage(
        "Cubu: what a service requires is not checked",
        "providers/cubu/booking.py",
        "if needed and getattr(matter, name) is None]:",
        "if False]:",
        BOOKED,
    ),
    Breakage(
        "Cubu: working hours are not checked",
        "providers/cubu/booking.py",
        "if matter.bypass_timeslot_check and calendar.working_hours is not None:",
        "if False:",
        BOOKED,
    ),
    Breakage(
        "Cubu: a number of any length is sent",
        "providers/cubu/booking.py",
        'if scope.phone_format == "ten_digits" and not _TEN.fullmatch(digits):',
        "if False:",
        BOOKED,
    ),
    Breakage(
        "rebooking: the old appointment is cancelled first",
        "rebooking.py",
        "            new = yield from booking\n",
        "            yield from cancelling\n            new = yield from booking\n",
        (f"{CORE}_rebooking.py",),
    ),
    Breakage(
        "rebooking: a move that cannot cancel is just an error",
        "rebooking.py",
        "        except ApptError as error:\n            what = f",
        "        except SlotUnavailableError as error:\n            what = f",
        MOVED,
    ),
    Breakage(
        "rebooking: where another call cancelled the old one, both calls' new ones stand",
        "rebooking.py",
        "        if undo is None or doubts or error.status not in _REFUSED:",
        "        if True:",
        MOVED,
    ),
    Breakage(
        "rebooking: one's own cancelling that was not answered is taken for another call's",
        "rebooking.py",
        "if undo is None or doubts or error",
        "if undo is None or error",
        MOVED,
    ),
    Breakage(
        "rebooking: a failure that may have cancelled the old one is taken for another call's",
        "rebooking.py",
        "or doubts or error.status not in _REFUSED:",
        "or doubts:",
        MOVED,
    ),
    Breakage(
        "rebooking: the old one is cancelled though it is what was booked",
        "rebooking.py",
        "if named(new).casefold() == str(old).casefold():",
        "if False:",
        MOVED,
    ),
    Breakage(
        "NexHealth: a lost move leads to the old one",
        "providers/nexhealth/recovery.py",
        'and text(getattr(item, "id", None)) != other',
        "",
        (f"{NEXHEALTH}_scheduling_moves.py::test_a_lost_answer_does_not_lead_to_the_old_one",),
    ),
    Breakage(
        "a change that was not made is taken for made",
        "recovery.py",
        "so = all(said(found, name) == text for name, text in sent.items())",
        "so = True",
        (f"{NEXHEALTH}_scheduling_moves.py::test_a_move_in_place_that_was_not_done_is_refused",),
    ),
    Breakage(
        "NexHealth: a patient on a later page is made once more",
        "providers/nexhealth/matching.py",
        "yield from turned(look, keep)",
        "keep((yield from look.page(None)).items)",
        (f"{NEXHEALTH}_scheduling_patients.py",),
    ),
    Breakage(
        "a host that is named twice is asked for twice",
        "verbs.py",
        "found.setdefault(one.id, one)",
        "found[str(index)] = one",
        VERBS,
    ),
    Breakage(
        "Cubu: recovery takes an old booking",
        "providers/cubu/recovery.py",
        "fitting = yield from made_since(attempt, [booking for booking in found if _is_the_one(clues, booking)])",
        'mark = __import__("apptsdk.models").models.mark_recovered\n'
        "        fitting = [mark(booking) for booking in found if _is_the_one(clues, booking)]",
        SOUGHT,
    ),
    Breakage(
        "Cubu: recovery takes a booking at another time",
        "providers/cubu/recovery.py",
        ' or str(due.start) != clues["start"]',
        "",
        SOUGHT,
    ),
    Breakage(
        "Cubu: recovery takes another customer's booking",
        "providers/cubu/recovery.py",
        "if asked and has and asked != has:",
        "if False:",
        SOUGHT,
    ),
    Breakage(
        "Cubu: recovery takes a stranger's booking",
        "providers/cubu/recovery.py",
        "if (given or not asked) and not _agree(given, found):",
        "if False:",
        SOUGHT,
    ),
    Breakage(
        "Cubu: recovery takes what the hook never made of it",
        "providers/cubu/recovery.py",
        "return same or not changed",
        "return True",
        SOUGHT,
    ),
    Breakage(
        "Cubu: a cancellation that did nothing is done",
        "providers/cubu/recovery.py",
        "return () if standing else (None,)",
        "return (None,)",
        SOUGHT,
    ),
    Breakage(
        "Cubu: a lost customer is not looked for",
        "providers/cubu/operations/customers.py",
        "recover=created if known else None",
        "recover=None",
        SOUGHT,
    ),
    Breakage(
        "Cubu: a booking with a field that surprises is unreadable",
        "providers/cubu/wire.py",
        "found = WIRE.whole(loads(response.content), kind)",
        "found = WIRE.structure(loads(response.content), kind)",
        BOOKED,
    ),
    Breakage(
        "Cubu: a ticket's number is a number",
        "providers/cubu/wire.py",
        "        return int(value) if _NUMBER.fullmatch(value) else str(value)",
        '        raise Undecodable("not a number")',
        (f"{CUBU}_decoding.py",),
    ),
    Breakage(
        "Cubu: a lost move takes the old appointment for the new one",
        "providers/cubu/recovery.py",
        ' or booking.case_id.lower() == clues.get("not_case_id")',
        "",
        (f"{CUBU}_moves.py",),
    ),
    Breakage(
        "Cubu: the echo of a booking counts more than the calendar",
        "providers/cubu/operations/appointments.py",
        "**booking.as_sent(), **stands}",
        "**stands, **booking.as_sent()}",
        BOOKED,
    ),
    Breakage(
        "an attempt from before hides the one that is interrupted",
        "exchange.py",
        "and not carries_attempt(error):",
        "and not (carries_attempt(error) or error.__context__):",
        (f"{CUBU}_moves.py",),
    ),
    Breakage(
        "Cubu: entries of a catalogue may be alike",
        "providers/cubu/catalogue_checks.py",
        "if isinstance(mark, str) and seen.setdefault(mark, number) != number:",
        "if False:",
        (f"{CUBU}_catalogue.py",),
    ),
    Breakage(
        "Cubu: nothing in a catalogue is found by its slug",
        "providers/cubu/catalogue_checks.py",
        'for field in ("name", "slug")]',
        'for field in ("name",)]',
        (f"{CUBU}_catalogue.py",),
    ),
    Breakage(
        "Cubu: a cancel path needs no case",
        "providers/cubu/settings.py",
        '"cuIndex": False, "caseId": True}',
        '"cuIndex": False, "caseId": False}',
        (f"{CUBU}_settings.py",),
    ),
    Breakage(
        "Cubu: webhooks of any signature are taken",
        "providers/cubu/signing.py",
        "delivery.check_signature(given.lower() if in_hex else given, expected)",
        "pass",
        (f"{CUBU}_webhooks.py",),
    ),
    Breakage(
        "Cubu: webhooks of any scheme are taken",
        "providers/cubu/signing.py",
        "if scheme.upper() != _SCHEME:",
        "if False:",
        (f"{CUBU}_webhooks.py",),
    ),
    Breakage(
        "Cubu: the webhook's key is not in the signature",
        "providers/cubu/signing.py",
        "hmac.new(key, body, name)",
        'hmac.new(b"", body, name)',
        (f"{CUBU}_webhooks.py",),
    ),
    Breakage(
        "an API key that came with its token is not used",
        "auth.py",
        "        key = token.key or self.key\n",
        "        key = self.key\n",
        (f"{CORE}_auth.py",),
    ),
    Breakage(
        "who mints is not told which token was refused",
        "auth.py",
        "token = yield from self.request(refused)",
        "token = yield from self.request(None)",
        (f"{CORE}_auth.py",),
    ),
    Breakage(
        "an API key that came with its token stands in messages",
        "tokens.py",
        "return (self.value,) if self.key is None else (self.value, self.key)",
        "return (self.value,)",
        LEAKED,
    ),
    Breakage(
        "a token that was refused stands in messages",
        "auth.py",
        "*filter(None, (self.first, keeper.refused))",
        "",
        LEAKED,
    ),
    Breakage(
        "an API key is not kept with its token",
        "tokens.py",
        'came = entry.get("key")',
        "came = None",
        STORES,
    ),
    Breakage(
        "a status that is passed on does not count",
        "exchange.py",
        "return response if status is None else attrs.evolve(response, status=status)",
        "return response",
        (f"{CORE}_verdicts.py",),
    ),
    Breakage(
        "an answer of HTTP's own failure is asked for another status",
        "exchange.py",
        "response) if response.status in _OK else None\n        return response if",
        "response)\n        return response if",
        (f"{CORE}_verdicts.py",),
    ),
    Breakage(
        "what was done before its answer was lost is refused",
        "exchange.py",
        "done = None if self.operation.done is None else self.operation.done(error)",
        "done = None",
        FOUND,
    ),
    Breakage(
        "a template of a path leads up",
        "urls.py",
        ' or any(not part.strip(".") for part in rest.split("/")[1:])',
        "",
        (f"{CORE}_urls.py",),
    ),
    Breakage(
        "what fills a template is not quoted",
        "urls.py",
        "segment(values[found[1]], found[1])",
        "str(values[found[1]])",
        (f"{CORE}_urls.py",),
    ),
    Breakage(
        "one surprise spoils a whole object of an unpublished shape",
        "wire.py",
        "if self._fits({**kept, name: value}, kind)}",
        "if False}",
        WIRE,
    ),
    Breakage(
        "a phone number need not be E.164",
        "inputs.py",
        "return _E164.fullmatch(value) is not None",
        "return True",
        SPOKEN,
    ),
    Breakage(
        "NaN is sent as null",
        "inputs.py",
        "math.isfinite(value) if isinstance(value, float) else",
        "True if isinstance(value, float) else",
        SPOKEN,
    ),
    Breakage(
        "IMIassist: local time is sent as UTC",
        "providers/imiassist/booking.py",
        "aware(value, argument).astimezone(UTC).replace(tzinfo=None)",
        "aware(value, argument).replace(tzinfo=None)",
        (f"{IMIASSIST}_golden.py",),
    ),
    Breakage(
        "IMIassist: all that are lost have one reference",
        "providers/imiassist/booking.py",
        'return f"{_OURS}{uuid4().hex}"',
        'return f"{_OURS}{uuid4().int % 1}"',
        (f"{IMIASSIST}_cancel.py",),
    ),
    Breakage(
        "IMIassist: nobody is told how to undo what was lost",
        "providers/imiassist/operations/appointments.py",
        "        advice=advice(reference),\n",
        "",
        UNDONE,
    ),
    Breakage(
        "IMIassist: a lost appointment is asked for again",
        "providers/imiassist/operations/appointments.py",
        "        Effect.NEITHER,\n",
        "        Effect.IDEMPOTENT,\n",
        UNDONE,
    ),
    Breakage(
        "IMIassist: what is not given is sent as null",
        "providers/imiassist/booking.py",
        "for name in INPUTS if checked.get(name) is not None}",
        "for name in INPUTS if name in checked}",
        (f"{IMIASSIST}_golden.py",),
    ),
    Breakage(
        "IMIassist: the longest duration is not looked at",
        "providers/imiassist/booking.py",
        "if most is not None and minutes > most:",
        "if False:",
        (f"{IMIASSIST}_inputs.py",),
    ),
    Breakage(
        "IMIassist: what was cancelled before its answer was lost is a conflict",
        "providers/imiassist/operations/appointments.py",
        "done=lambda error: _done(scope, error, by, value)",
        "done=None",
        (f"{IMIASSIST}_lost.py",),
    ),
    Breakage(
        "IMIassist: any conflict means cancelled",
        "providers/imiassist/operations/appointments.py",
        " and error.code == _CANCELLED_ALREADY",
        "",
        (f"{IMIASSIST}_cancel.py",),
    ),
    Breakage(
        "IMIassist: outputs are spelt in one way",
        "providers/imiassist/outputs.py",
        "return self.set_.get(name.casefold()) if",
        "return None if",
        (f"{IMIASSIST}_outputs.py",),
    ),
    Breakage(
        "IMIassist: outputs are at the top alone",
        "providers/imiassist/outputs.py",
        "        yield from (Members.of(inner) for name in _INSIDE if is_object(inner := top.find(name)))\n",
        "",
        (f"{IMIASSIST}_outputs.py",),
    ),
    Breakage(
        "IMIassist: participants are no text",
        "providers/imiassist/wire.py",
        "    value = unpacked(value)\n    entries: ",
        "    entries: ",
        (f"{IMIASSIST}_outputs.py",),
    ),
    Breakage(
        "IMIassist: a customer joins by the host's link",
        "providers/imiassist/models/appointment.py",
        "return self.guests[0].meeting_link if self.guests else None",
        "return self.participants[0].meeting_link if self.participants else None",
        (f"{IMIASSIST}_outputs.py",),
    ),
    Breakage(
        "IMIassist: an acknowledgement is an appointment",
        "providers/imiassist/wire.py",
        "if not any(one in asked.values() or is_id(one) for one in (made.appointment_id, made.appointment_uid)):",
        "if False:",
        (f"{IMIASSIST}_outputs.py",),
    ),
    Breakage(
        "IMIassist: an answer about another appointment is taken",
        "providers/imiassist/wire.py",
        ".casefold() != value.casefold():",
        ".casefold() == None:",
        (f"{IMIASSIST}_outputs.py", f"{IMIASSIST}_cancel.py"),
    ),
    Breakage(
        "IMIassist: a status that a flow passes on is none",
        "providers/imiassist/settings.py",
        "            status=status,\n",
        "",
        (f"{IMIASSIST}_errors.py",),
    ),
    Breakage(
        "IMIassist: a refused token is had again",
        "providers/imiassist/auth.py",
        "if found is None or (found.value == refused and not (yield from self._is_new(found))):",
        "if found is None:",
        (f"{IMIASSIST}_auth.py",),
    ),
    Breakage(
        "IMIassist: a new token is made though there is one",
        "providers/imiassist/auth.py",
        "if found is None or (",
        "if True or (",
        (
            f"{IMIASSIST}_auth.py::test_email_and_password_lead_to_access_that_to_the_existing_token_and_that_to_the_call",
        ),
    ),
    Breakage(
        "IMIassist: every token costs a login",
        "providers/imiassist/auth.py",
        "if self._access is not None and self._access.is_fresh(now.wall, _MARGIN):",
        "if False:",
        (f"{IMIASSIST}_auth.py",),
    ),
    Breakage(
        "IMIassist: the password stands in messages",
        "providers/imiassist/auth.py",
        "return (self.email, self.password, *(",
        "return (self.email, *(",
        LEAKED,
    ),
    Breakage(
        "IMIassist: a given token is not used",
        "providers/imiassist/settings.py",
        "                first=self.token,\n",
        "",
        (f"{IMIASSIST}_auth.py",),
    ),
    Breakage(
        "IMIassist: a flow is not told the company",
        "providers/imiassist/settings.py",
        'return {self._name("subdomain"): self.subdomain, self._name("domain"): self.domain}',
        "return {}",
        (f"{IMIASSIST}_auth.py",),
    ),
    Breakage(
        "IMIassist: what has a place in the path is in the body too",
        "providers/imiassist/endpoints.py",
        "for name, value in values.items() if name not in placed}",
        "for name, value in values.items()}",
        (f"{IMIASSIST}_ids.py",),
    ),
    Breakage(
        "IMIassist: a flow's names are ours",
        "providers/imiassist/endpoints.py",
        "rest = {names.get(name, name): value for",
        "rest = {name: value for",
        (f"{IMIASSIST}_ids.py",),
    ),
    Breakage(
        "IMIassist: a subdomain may choose the host",
        "providers/imiassist/settings.py",
        '("subdomain", _SUBDOMAIN, ',
        '("subdomain", re.compile(".*"), ',
        (f"{IMIASSIST}_settings.py",),
    ),
    Breakage(
        "IMIassist: patients' data go to a host that was guessed",
        "providers/imiassist/settings.py",
        "if self.base_url is None:\n            which",
        "if False:\n            which",
        (f"{IMIASSIST}_settings.py",),
    ),
    Breakage(
        "IMIassist: what stands beside no id is the appointment's",
        "providers/imiassist/wire.py",
        "    own = answer.own()\n",
        "    own = answer\n",
        (f"{IMIASSIST}_outputs.py",),
    ),
    Breakage(
        "IMIassist: a GET carries credentials in its body",
        "providers/imiassist/settings.py",
        "if endpoint.method in BODILESS and name not in unused:",
        "if False:",
        (f"{IMIASSIST}_settings.py",),
    ),
    Breakage(
        "IMIassist: a kept token goes with no key",
        "providers/imiassist/auth.py",
        "return kept.key is not None or not self.needs_key",
        "return True",
        (f"{IMIASSIST}_auth.py",),
    ),
    Breakage(
        "verbs: moments are compared by the wall clock",
        "moments.py",
        "    return value.astimezone(UTC)\n",
        "    return value\n",
        MOMENTS,
    ),
    Breakage(
        "verbs: an hour is added by the wall clock",
        "moments.py",
        "return (instant(start) + by).astimezone(start.tzinfo)",
        "return start + by",
        MOMENTS,
    ),
    Breakage(
        "verbs: a taken slot leads to no next one",
        "verbs.py",
        "left, taken = left - 1, error",
        "left, taken = 0, error",
        FIRST,
    ),
    Breakage(
        "verbs: an unknown outcome leads to the next slot, and to two bookings",
        "verbs.py",
        "except SlotUnavailableError as error:",
        "except Exception as error:",
        FIRST,
    ),
    Breakage(
        "verbs: slots are tried without an end",
        "verbs.py",
        "if not left:",
        "if False:",
        FIRST,
    ),
    Breakage(
        "verbs: what a provider lacks is asked of it",
        "verbs.py",
        "if capability not in able:",
        "if False:",
        VERBS,
    ),
    Breakage(
        "verbs: what is another provider's is sent to this one",
        "verbs.py",
        "if provider is not None and provider != self.provider:",
        "if False:",
        VERBS,
    ),
    Breakage(
        "verbs: a slot is booked at another time than its ref says",
        "verbs.py",
        "!= instant(found.start):",
        "!= instant(found.start) and False:",
        VERBS,
    ),
    Breakage(
        "verbs: a slot is booked with another host than its ref says",
        "verbs.py",
        "and not self.is_same(",
        "and False and not self.is_same(",
        VERBS,
    ),
    Breakage(
        "verbs: a slot names another provider's host",
        "verbs.py",
        '            self._own(given, f"slot.{name}")\n',
        "",
        VERBS,
    ),
    Breakage(
        "verbs: what a provider finds wrong with a booking is told late",
        "verbs.py",
        "        self.check_details(scope, booking, services)\n",
        "",
        VERBS,
    ),
    Breakage(
        "verbs: a customer's fields are not looked at",
        "verbs.py",
        "customers.check(self._own_customer(customer))",
        "self._own_customer(customer)",
        (f"{ABLE}::test_a_customer_is_checked_in_the_same_words_everywhere",),
    ),
    Breakage(
        "verbs: the end of the calendar is reckoned over",
        "verbs.py",
        "return max(start, _EARLIEST, key=instant), min(end, _LATEST, key=instant)",
        "return start, end",
        VERBS,
    ),
    Breakage(
        "customers: an attribute that nobody takes is taken",
        "customers.py",
        "if names:",
        "if False:",
        (f"{CORE}_customers.py",),
    ),
    Breakage(
        "lengths: slots of another length are given",
        "lengths.py",
        "return asked is None or length in {None, asked}",
        "return True",
        (f"{CORE}_lengths.py",),
    ),
    Breakage(
        "lengths: where no service fits, nothing is said",
        "lengths.py",
        "if services and not found:",
        "if False:",
        (f"{CORE}_lengths.py",),
    ),
    Breakage(
        "Cliniko: an attribute is written whatever its type is",
        "providers/cliniko/matching.py",
        "ENCODING.encoder(hints[name])(value, customers.named(name))",
        "value",
        (f"{CLINIKO}_scheduling_customers.py",),
    ),
    Breakage(
        "Cliniko: the type's name is not told although it was read",
        "providers/cliniko/scheduling.py",
        "found = shared(made, place, kind)",
        "found = shared(made, place)",
        (f"{CLINIKO}_scheduling.py::test_the_name_of_the_type_costs_a_booking_no_request",),
    ),
    Breakage(
        "Cubu: a slot with another end is booked as long as the type takes",
        "providers/cubu/scheduling.py",
        "between(slot.start, slot.end) != own:",
        "between(slot.start, slot.end) != own and False:",
        (f"{CUBU}_scheduling.py::test_a_slot_is_as_long_as_the_service_type_and_another_end_is_refused",),
    ),
    Breakage(
        "Cubu: a slot's host is not whose calendar is booked",
        "providers/cubu/scheduling.py",
        "agent not in {None, _agent_of(slot.native)}:",
        "False:",
        (f"{CUBU}_scheduling.py::test_a_slot_that_was_changed_by_hand_is_not_booked_as_it_was_found",),
    ),
    Breakage(
        "Cubu: the channel that a slot offers is forgotten",
        "providers/cubu/scheduling.py",
        "end=slot.end or found.end, channels=slot.channels or found.channels)",
        "end=slot.end or found.end)",
        (f"{CUBU}_scheduling.py::test_the_channel_must_be_given_where_several_are_offered",),
    ),
    Breakage(
        "IMIassist: a length in the options is overruled in silence",
        "providers/imiassist/scheduling.py",
        'minutes(options.duration, "duration") != length:',
        'minutes(options.duration, "duration") != length and False:',
        (f"{IMIASSIST}_scheduling.py::test_a_length_in_the_options_is_for_a_slot_without_an_end",),
    ),
    Breakage(
        "shared: a slot begins at a time of no zone",
        "shared.py",
        "-> None:\n    aware(value, field.name)",
        "-> None:\n    del value, field",
        (f"{CORE}_shared.py",),
    ),
    Breakage(
        "shared: a repr shows an email address",
        "shared.py",
        'shown: ClassVar[tuple[str, ...]] = ("provider", "id")',
        'shown: ClassVar[tuple[str, ...]] = ("provider", "id", "email")',
        (f"{CORE}_shared.py",),
    ),
    Breakage(
        "shared: JSON holds the provider's own object",
        "sharedjson.py",
        "native=override(omit=True)",
        "native=override(omit=False)",
        (f"{CORE}_sharedjson.py",),
    ),
    Breakage(
        "Client: a slot goes to another provider's client",
        "routing.py",
        "return self.named(value.provider)",
        "return next(iter(self.by_name.values()))",
        ROUTED,
    ),
    Breakage(
        "Client: what is wrong with a booking is told after the search",
        "routing.py",
        "        member.scheduling.check_booking(\n",
        "        _ = lambda: member.scheduling.check_booking(\n",
        ROUTED,
    ),
    Breakage(
        "Client: one provider's failure is silent",
        "routing.py",
        '    remark(f"{member.name} is left out: {error}")\n',
        "",
        MERGED,
    ),
    Breakage(
        "Client: a failure is never raised",
        "routing.py",
        'if on_error == "raise" or not isinstance(error, ApptError):',
        "if not isinstance(error, ApptError):",
        MERGED,
    ),
    Breakage(
        "Client: who stops reading has the next pages fetched",
        "routing.py",
        "            items, rest = _certain(now)\n",
        "            items, rest = _certain(now)\n            rest = yield from _filled(rest, patience, on_error)\n",
        MERGED,
    ),
    Breakage(
        "Client: slots are merged by the wall clock",
        "routing.py",
        "instant(items[0].start)",
        "items[0].start.replace(tzinfo=None)",
        MERGED,
    ),
    Breakage(
        "Client: what may not come next is told",
        "routing.py",
        "while any(waiting) and all(",
        "while any(waiting) and any(",
        MERGED,
    ),
    Breakage(
        "Client: a second account replaces the first in silence",
        "joint.py",
        "if name in found:",
        "if False:",
        ("tests/client/test_client_making.py::test_one_provider_is_given_once",),
    ),
    Breakage(
        "a move that ends half way is told as done",
        "rebooking.py",
        "            raise NotCancelledError(",
        "            return new\n            raise NotCancelledError(",
        MOVED,
    ),
    Breakage(
        "Cliniko: names alone match a customer",
        "providers/cliniko/matching.py",
        "(named and (bool(born) or _has_phone(patient, customer)))",
        "named",
        (f"{CLINIKO}_scheduling_customers.py::test_a_patient_is_made_where_nobody_fits",),
    ),
    Breakage(
        "Cliniko: an ambiguous customer is guessed",
        "providers/cliniko/matching.py",
        "if len(found) > 1:",
        "if False:",
        (f"{CLINIKO}_scheduling_customers.py::test_several_who_fit_are_told_and_nothing_is_written",),
    ),
    Breakage(
        "Cliniko: of two that overlap the first does not stay",
        "providers/cliniko/conflicts.py",
        "_number(one.id)) < (self.at,",
        "_number(one.id)) > (self.at,",
        CLASHES,
    ),
    Breakage(
        "Cliniko: a booking and a move that race both give way",
        "providers/cliniko/conflicts.py",
        "one.updated_at or one.created_at if moved else one.created_at",
        "one.created_at",
        MEETINGS,
    ),
    Breakage(
        "Cliniko: of a booking and a move in one second the move may stay",
        "providers/cliniko/conflicts.py",
        "(there, moved, _number",
        "(there, self.moved, _number",
        CLASHES,
    ),
    Breakage(
        "Cliniko: an appointment gives way to itself",
        "providers/cliniko/conflicts.py",
        "if one.id == self.id:",
        "if False:",
        CLASHES,
    ),
    Breakage(
        "Cliniko: nobody looks a second time after the write",
        "providers/cliniko/conflicts.py",
        "            other = yield from time.taken_by(claim.gives_way_to, claim.narrowed())\n",
        "            pass\n",
        CLASHES,
    ),
    Breakage(
        "Cliniko: a block that is gone is in the way",
        "providers/cliniko/conflicts.py",
        "return not gone and same",
        "return same",
        CLASHES,
    ),
    Breakage(
        "Cliniko: nobody looks before the write",
        "providers/cliniko/scheduling.py",
        "yield from refuse_taken(time, _BOOK)",
        "pass",
        CLASHES,
    ),
    Breakage(
        "Cliniko: nobody looks after the write",
        "providers/cliniko/scheduling.py",
        "other = yield from earlier_than((yield from claimed(made, began)), time)",
        "other = None",
        CLASHES,
    ),
    Breakage(
        "Cliniko: of many threads that race, none looks after the write",
        "providers/cliniko/scheduling.py",
        "other = yield from earlier_than((yield from claimed(made, began)), time)",
        "other = None",
        (f"{RACED}_threads_one_has_the_slot[cliniko-sync-200]",),
    ),
    Breakage(
        "Cliniko: a booking that gives way cancels the one that stays",
        "providers/cliniko/scheduling.py",
        "individual_appointments.cancel(made.id, reason",
        "individual_appointments.cancel(other.id, reason",
        (f"{RACED}_tasks_one_has_the_slot[cliniko-asyncio-200]",),
    ),
    Breakage(
        "Cliniko: nobody gives way to another process",
        "providers/cliniko/conflicts.py",
        "return (there, moved, _number(one.id)) < (self.at, self.moved, _number(self.id))",
        "return False",
        (f"{RACED}_in_two_processes_one_has_the_slot[cliniko-sync]",),
    ),
    Breakage(
        "another process's booking of a minute ago is found for one that was lost",
        "recovery.py",
        "MARGIN: Final = timedelta(seconds=10)",
        "MARGIN: Final = timedelta(seconds=60)",
        (f"{PLAYED}[nexhealth]",),
    ),
    Breakage(
        "times are shown by the user's clock",
        "showing.py",
        "return moment.astimezone(one)",
        "return moment.astimezone()",
        ("tests/portable/test_portable_zones.py::test_where_the_user_is_makes_no_difference",),
    ),
    Breakage(
        "the sandbox's NexHealth lets many have one time",
        "sandbox/nexhealth/booking.py",
        "if most >= shared or any(",
        "if any(",
        (f"{RACED}_threads_one_has_the_slot[nexhealth-sync-200]",),
    ),
    Breakage(
        "the sandbox's Cubu lets many have one time",
        "sandbox/cubu/appointments.py",
        "if not bypass and start not in vacant(",
        "if False and start not in vacant(",
        (f"{RACED}_in_two_processes_one_has_the_slot[cubu-sync]",),
    ),
    Breakage(
        "Cliniko: a move that collides is not put back",
        "providers/cliniko/scheduling.py",
        "beside = yield from _put_back(shared(after, place), before, change, other)",
        'beside = ""',
        CLASHES,
    ),
    Breakage(
        "Cliniko: a move that is put back keeps the case that it was given",
        "providers/cliniko/scheduling.py",
        'body={**work.body, "patient_case_id": None}',
        "body=work.body",
        CLASHES,
    ),
    Breakage(
        "Cliniko: a move that cannot be put back is told as a refusal that changed nothing",
        "providers/cliniko/scheduling.py",
        '        raise NotCancelledError(\n            f"{what}',
        '        raise\n        raise NotCancelledError(\n            f"{what}',
        CLASHES,
    ),
    Breakage(
        "Cliniko: who took the old time while a move was away is not told",
        "providers/cliniko/scheduling.py",
        "beside += yield from _look_back(before, claim)",
        "pass",
        CLASHES,
    ),
    Breakage(
        "Cliniko: a move that was done and refused when it was repeated is told as refused",
        "providers/cliniko/resource.py",
        "recover=(lambda _: changed(look, encoded)) if plain else None,",
        "recover=None,",
        CLASHES,
    ),
    Breakage(
        "Cliniko: a new customer is made once for every booking at the same time",
        "providers/cliniko/matching.py",
        "yield Acquire(_turn(customer), math.inf)",
        'yield Acquire(f"customer {id(customer)}{math.inf}", math.inf)',
        (f"{CLINIKO}_scheduling_customers.py",),
    ),
    Breakage(
        "Cliniko: a customer whom another process made, too, stays two patients",
        "providers/cliniko/matching.py",
        "if first.id != made.id:",
        "if False:",
        (f"{CLINIKO}_scheduling_customers.py",),
    ),
    Breakage(
        "Cliniko: a patient is made again for the next slot",
        "verbs.py",
        "known[slot.provider] = error.customer or known.get(slot.provider)",
        "pass",
        (f"{CLINIKO}_scheduling_customers.py", *FIRST),
    ),
    Breakage(
        "Cliniko: a day that is not over at a business is left out",
        "providers/cliniko/finding.py",
        "return min(now.astimezone(one).date() for one in zones)",
        "return now.astimezone(zone).date()",
        (f"{CLINIKO}_scheduling_slots.py::test_a_day_that_is_not_over_at_a_business_is_asked_for",),
    ),
    Breakage(
        "Cliniko: what was named and cannot be booked online is an empty list",
        "providers/cliniko/finding.py",
        "if strict and len(missing) == len(offers):",
        "if False:",
        (f"{CLINIKO}_scheduling_slots.py::test_what_was_named_and_cannot_be_booked_online_is_not_there",),
    ),
    Breakage(
        "what makes a booking safe has no time after a long look for it",
        "exchange.py",
        "call.lasts_until(call.deadline + now.monotonic - began)",
        "pass",
        FOUND,
    ),
    Breakage(
        "what makes a booking safe has no time after a slow answer",
        "exchange.py",
        "self.call.lasts_until(self.call.last.monotonic + self.call.options.timeout.attempt)",
        "pass",
        FOUND,
    ),
    Breakage(
        "a later answer shows what an earlier request sent",
        "exchange.py",
        "clean = Scrubber(self.call.sent, ",
        "clean = Scrubber([self.operation], ",
        FOUND,
    ),
    Breakage(
        "another machine's clock is taken for ours",
        "recovery.py",
        "(yield from OFFSET) if attempt.ahead is None else attempt.ahead",
        "yield from OFFSET",
        FOUND,
    ),
    Breakage(
        "resolve: what was booked in its place is taken for a lost booking",
        "recovery.py",
        "yield from Unclaimed(attempt, tuple((yield from finder(attempt))))",
        "tuple((yield from finder(attempt)))",
        FOUND,
    ),
    Breakage(
        "Client: one provider's id goes to another",
        "routing.py",
        "customer.provider is None and len(meant) > 1:",
        "False:",
        (f"{CORE}_routing.py::test_an_id_that_could_be_anybodys_is_refused_where_several_are_meant",),
    ),
    Breakage(
        "Client: where all have failed, an empty list",
        "routing.py",
        "            raise stream.failed\n",
        "            pass\n",
        (f"{CORE}_routing_merging.py::test_where_all_are_left_out_that_is_an_error_and_no_empty_list",),
    ),
    Breakage(
        "an attempt that made a customer is looked for as a booking",
        "verbs.py",
        "and attempt.operation != self.books:",
        "and False:",
        (f"{CORE}_routing.py::test_what_is_no_lost_booking_is_refused_before_anything_is_asked",),
    ),
    Breakage(
        "Client: in the order of arrival, a slow one is waited for",
        "ahead.py",
        "self.is_race = bool(listing.parts)",
        "self.is_race = False",
        (f"{CORE}_routing_merging.py::test_a_slow_one_keeps_nobody_waiting",),
    ),
    Breakage(
        "Client: in the order of arrival, a failure is silent",
        "ahead.py",
        "self._listing.forgive(error)",
        "pass",
        (f"{CORE}_routing_merging.py::test_one_that_races_and_fails_is_left_out_with_a_warning_at_the_readers_line",),
    ),
    Breakage(
        "a write at another account is let pass beside others",
        "exchange.py",
        "work.steps(self.random, True)",
        "work.steps(self.random, False)",
        (f"{CORE}_elsewhere.py::test_so_are_those_at_another_account",),
    ),
    Breakage(
        "shared: a text is read as a customer of whom nothing is known",
        "sharedjson.py",
        '            raise _FieldError("must be an object")\n',
        "            pass\n",
        SHAREDJSON,
    ),
    Breakage(
        "shared: what refuses JSON names no field",
        "sharedjson.py",
        '            why = "; ".join(_wrong(error, _REF if _is_ref(kind) else ""))\n',
        "            del error\n",
        SHAREDJSON,
    ),
    Breakage(
        "shared: a text is read as true",
        "sharedjson.py",
        '        raise _FieldError("must be true or false")\n',
        "        return bool(value)\n",
        SHAREDJSON,
    ),
    Breakage(
        "shared: an object is read as a list",
        "sharedjson.py",
        "    if not is_array(value):\n",
        "    if not value:\n",
        SHAREDJSON,
    ),
    Breakage(
        "shared: attributes hold anything",
        "sharedjson.py",
        "isinstance(one, str | int | float | None) for one in",
        "True for _ in",
        SHAREDJSON,
    ),
    Breakage(
        "shared: one kind of ref is read as the other",
        "sharedjson.py",
        ' and data.get("type") == kind.__name__:',
        ":",
        SHAREDJSON,
    ),
    Breakage(
        "shared: the JSON of a ref is not what an object holds",
        "sharedjson.py",
        "    made.register_unstructure_hook_func(_is_ref, str)\n",
        "    made.register_unstructure_hook_func(_is_ref, repr)\n",
        SHAREDJSON,
    ),
    Breakage(
        "shared: what was cancelled at no time of any zone",
        "shared.py",
        "    cancelled_at: datetime | None = attrs.field(default=None, validator=_moment_or_none)\n    appointment",
        "    cancelled_at: datetime | None = None\n    appointment",
        (f"{CORE}_shared.py",),
    ),
    Breakage(
        "verbs: a malformed id does not say whose",
        "verbs.py",
        "whose == self.provider else value, argument))",
        'whose == self.provider else value, "id"))',
        VERBS,
    ),
    Breakage(
        "settings: a variable that only tunes is passed over",
        "settings.py",
        "return bool(cls.given(environment))",
        "return any(cls.variable(name) in cls.given(environment) for name in cls.required())",
        SETTINGS,
    ),
    Breakage(
        "settings: no credentials are asked for",
        "settings.py",
        "        if not cls.alternatives or any(",
        "        if True or any(",
        SETTINGS,
    ),
    Breakage(
        "Client: a provider that is configured in part is left out",
        "joint.py",
        "    for kind in meant:\n        missing = kind.missing(environment)\n        if missing:\n",
        "    meant = [kind for kind in meant if not kind.missing(environment)]\n"
        "    for kind in meant:\n        missing = kind.missing(environment)\n        if missing:\n",
        ENVIRONMENT,
    ),
    Breakage(
        "IMIassist: what its credentials are, no message says",
        "providers/imiassist/settings.py",
        '        ("user_email", "user_password"),\n        ("without_credentials", "base_url"),\n',
        '        ("without_credentials", "base_url"),\n',
        ENVIRONMENT,
    ),
    Breakage(
        "docs: a slot's field comes from elsewhere than the page says",
        "providers/cubu/portable.py",
        "duration = kind.duration if vacancies is None else vacancies.duration",
        "duration = kind.duration",
        ("tests/docs/test_docs_scheduling.py::test_the_table_of_slots_is_what_the_searches_make_of_their_answers",),
    ),
    Breakage(
        "NexHealth: an ambiguous customer is guessed",
        "providers/nexhealth/matching.py",
        "if len(found) > 1:",
        "if False:",
        (f"{NEXHEALTH}_scheduling_patients.py::test_several_who_could_be_meant_are_told_and_nothing_is_booked",),
    ),
    Breakage(
        "NexHealth: somebody with the same number and another name is taken",
        "providers/nexhealth/matching.py",
        "if any(asked and found and plain(asked) != plain(found) for asked, found in names):",
        "if False:",
        (f"{NEXHEALTH}_scheduling_patients.py",),
    ),
    Breakage(
        "NexHealth: a patient is made for what cannot be booked",
        "providers/nexhealth/scheduling.py",
        "yield from appointments.look(at, body)",
        "pass",
        (f"{NEXHEALTH}_scheduling_patients.py::test_a_chair_that_is_missing_is_told_before_a_patient_is_made",),
    ),
    Breakage(
        "NexHealth: an appointment is moved in place to another provider",
        "providers/nexhealth/scheduling.py",
        "if stays and can_stay(old, place):",
        "if stays:",
        (f"{NEXHEALTH}_scheduling_moves.py::test_what_cannot_stay_is_booked_anew_and_the_old_one_is_cancelled_after",),
    ),
    Breakage(
        "Cubu: a move finds the old appointment as the new one",
        "providers/cubu/scheduling.py",
        "_book(scope, where, body, old)",
        "_book(scope, where, body)",
        (f"{CUBU}_scheduling.py::test_a_lost_move_that_was_not_made_does_not_take_the_old_one_for_the_new",),
    ),
    Breakage(
        "Cubu: a channel is guessed",
        "providers/cubu/scheduling.py",
        "if len(offered) == 1:",
        "if offered:",
        (f"{CUBU}_scheduling.py::test_the_channel_must_be_given_where_several_are_offered",),
    ),
    Breakage(
        "IMIassist: a slot is as long as the clocks on the wall say",
        "providers/imiassist/scheduling.py",
        "between(slot.start, slot.end)",
        "slot.end - slot.start",
        (f"{IMIASSIST}_scheduling.py::test_a_slot_is_as_long_as_time_passes_and_not_as_the_clocks_show",),
    ),
    Breakage(
        "IMIassist: a move takes the department's own length",
        "providers/imiassist/scheduling.py",
        "if end is None and length is None and appointment.end is not None:",
        "if False:",
        (f"{IMIASSIST}_scheduling.py::test_a_move_keeps_the_length_unless_the_slot_has_an_end",),
    ),
    Breakage(
        "IMIassist: a zone that nobody knows fails after the booking",
        "providers/imiassist/scheduling.py",
        "else zone_named(slot.location.time_zone)",
        "else __import__('zoneinfo').ZoneInfo(slot.location.time_zone or 'UTC')",
        (f"{IMIASSIST}_scheduling.py::test_a_zone_that_nobody_knows_loses_no_booking",),
    ),
    Breakage(
        "IMIassist: what a move cannot take over is lost without a word",
        "providers/imiassist/scheduling.py",
        "        if lost := _lost(",
        "        if lost := [] and _lost(",
        (f"{IMIASSIST}_scheduling.py::test_what_a_move_cannot_take_over_is_told",),
    ),
    Breakage(
        "IMIassist: a host whose address is no id fails the booking",
        "providers/imiassist/scheduling.py",
        "else shown_id(found.host.email)",
        "else found.host.email",
        ("tests/portable/test_portable_odd.py",),
    ),
    Breakage(
        "a time at the end of the calendar fails what shows it",
        "showing.py",
        "        except OverflowError:\n            pass\n",
        "        except ZeroDivisionError:\n            pass\n",
        (f"{CORE}_showing.py",),
    ),
    Breakage(
        "one odd row ends a whole list",
        "reading.py",
        "        except ResponseUnreadableError as error:\n            remark(",
        "        except ZeroDivisionError as error:\n            remark(",
        (f"{CORE}_showing.py",),
    ),
    Breakage(
        "NexHealth: what has no id is an appointment",
        "providers/nexhealth/wire.py",
        "if isinstance(number, int) and number < 1:",
        "if False:",
        ("tests/portable/test_portable_odd.py",),
    ),
    Breakage(
        "Cliniko: what has no id is an appointment",
        "providers/cliniko/wire.py",
        'identifier(getattr(found, "id", None), "id")',
        "pass",
        ("tests/portable/test_portable_odd.py",),
    ),
    Breakage(
        "Cubu: an appointment is booked for somebody whose record has other names",
        "providers/cubu/whose.py",
        "    if others := [",
        "    if others := [] and [",
        (f"{CUBU}_scheduling_whose.py::test_nothing_is_booked_for_somebody_whose_record_says_otherwise",),
    ),
    Breakage(
        "Cubu: names are dropped without a word",
        "providers/cubu/scheduling.py",
        "        if who.record_id is None and who.key is None and who.told:\n",
        "        if False:\n",
        (f"{CUBU}_scheduling_whose.py::test_nobody_is_found_or_made_by_name_alone",),
    ),
)


def copied(folder: Path) -> Path:
    """Copy what the tests need, compiled so that a changed line is seen at once however little time has passed."""
    for part in ("src", "tests", "tools", "pyproject.toml", "README.md", "docs", "CHANGELOG.md", "cassettes"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    compileall.compile_dir(folder / "src", quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    return folder


def test(copy: Path, tests: tuple[str, ...], said: Path) -> None:
    """Run tests in a copy; in a process of its own, which ends with pytest's status."""
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy / "src")
    sys.path[:0] = [str(copy / "src"), str(copy)]
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    # What is loaded before pytest cannot be rewritten by it, and says so.
    quiet = ["-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    sys.exit(pytest.main(["-x", "-q", *quiet, *tests]))


def started() -> Context:
    """Choose how processes begin: as forks of one that has all loaded, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*LOADED])
    return context


def noticed(breakage: Breakage, copy: Path, context: Context) -> str | None:
    """Break a copy, run its tests, and mend it.

    Args:
        breakage: What to break.
        copy: Where; nobody else may use it meanwhile.
        context: Starts the process that runs the tests.

    Returns:
        None where a test failed; else what happened instead.
    """
    path = copy / "src" / "apptsdk" / breakage.file
    text = path.read_text(encoding="utf-8")
    if text.count(breakage.old) != 1:
        return f"the line to break occurs {text.count(breakage.old)} times in {breakage.file}"
    said = copy / "said.txt"
    path.write_text(text.replace(breakage.old, breakage.new), encoding="utf-8")
    try:
        process = context.Process(target=test, args=(copy, breakage.tests, said))
        process.start()
        process.join(TOO_LONG)
        if process.exitcode is None:
            process.kill()
            return None  # tests that never end are red too
    finally:
        path.write_text(text, encoding="utf-8")
    ended = process.exitcode
    return None if ended == FAILED else f"pytest ended with {ended}\n{said.read_text(errors='replace')[-2000:]}"


def main(words: list[str]) -> int:
    """Break everything in turn.

    Args:
        words: Only breakages whose name holds one of these.

    Returns:
        The exit status.
    """
    chosen = [b for b in BREAKAGES if not words or any(word in b.name for word in words)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(max_workers=WORKERS) as pool:
        free: Queue[Path] = Queue()
        for n in range(WORKERS):
            free.put(copied(Path(tempfile.mkdtemp(prefix=f"{n}-", dir=folder))))
        context = started()

        def tried(breakage: Breakage) -> str | None:
            copy = free.get()
            try:
                return noticed(breakage, copy, context)
            finally:
                free.put(copy)

        answers = list(pool.map(tried, chosen))
    for breakage, answer in zip(chosen, answers, strict=True):
        print(f"{'noticed' if answer is None else 'MISSED '}  {breakage.name}{f': {answer}' if answer else ''}")
    missed = sum(answer is not None for answer in answers)
    print(f"{len(chosen) - missed} of {len(chosen)} breakages turn the tests red.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
