"""Break the code in one line at a time, in a copy, and see that the tests notice each.

python tools/sabotage.py [word ...]    all of them, or those whose name holds one of the words
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import attrs

ROOT: Final = Path(__file__).resolve().parent.parent
FAILED: Final = 1  # pytest's status when tests ran and some failed; anything else proves nothing


@attrs.frozen
class Breakage:
    """One line that is broken on purpose.

    Args:
        name: What goes wrong.
        file: The file, below `src/apptsdk`.
        old: The text to replace, which must occur once.
        new: What to put in its place.
        tests: Where a test should notice: fewer tests, sooner known. Red there is red everywhere.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = ("tests/core",)


PREFETCH: Final = ("tests/core/test_core_prefetch.py",)
CLINIKO: Final = ("tests/cases", "tests/cliniko")
BOOKINGS: Final = ("tests/cliniko/test_cliniko_bookings.py",)
FILTERS: Final = ("tests/cliniko/test_cliniko_filters.py", "tests/cliniko/test_cliniko_filtering.py")
PAGING: Final = ("tests/cliniko/test_cliniko_paging.py",)
LOST: Final = ("tests/cliniko/test_cliniko_lost_creates.py",)
CONTRACT: Final = ("tests/contract",)
CASSETTES: Final = ("tests/cassettes/test_cassettes_play.py",)
BREAKAGES: Final = (
    Breakage(
        "a booking is repeated after a 500",
        "retry.py",
        "return Verdict.UNKNOWN if status >= _SERVER_ERRORS",
        "return Verdict.AGAIN if status >= _SERVER_ERRORS",
    ),
    Breakage(
        "a booking is repeated after silence",
        "retry.py",
        "return Verdict.UNKNOWN if effect is Effect.NEITHER else Verdict.AGAIN",
        "return Verdict.AGAIN",
    ),
    Breakage(
        "a refused connection is not retried",
        "exchange.py",
        "if failure.again and (yield from self._waited(None)):",
        "if False:",
    ),
    Breakage("Retry-After is ignored", "retry.py", 'response.headers.get("retry-after")', "None"),
    Breakage(
        "no cap on what the provider may ask",
        "retry.py",
        "cap: float = attrs.field(default=60.0",
        "cap: float = attrs.field(default=6000.0",
    ),
    Breakage(
        "a foreign next link is followed",
        "urls.py",
        "if parts is None or _origin(parts) != _origin(ours):",
        "if parts is None:",
    ),
    Breakage(
        "an empty page ends the list", "ahead.py", "self._ended = page.cursor is None", "self._ended = not page.items"
    ),
    Breakage("pages in a circle go on forever", "ahead.py", "if self._cursor in self._seen:", "if False:"),
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
        PREFETCH,
    ),
    Breakage(
        "prefetch: closing cuts the page that a thread fetches",
        "transport.py",
        "self._changed.wait_for(lambda: not self._requests, patience)",
        "pass",
        PREFETCH,
    ),
    Breakage("unknown members are dropped", "wire.py", '_set(model, "_sent", value)', '_set(model, "_sent", None)'),
    Breakage(
        "unknown enum values become known ones",
        "models.py",
        "member = str.__new__(cls, value)",
        "return next(iter(cls))",
    ),
    Breakage("every waiter mints a token", "auth.py", "if keeper.rounds != seen or", "if False and"),
    Breakage(
        "a lock is held over a cancellation",
        "auth.py",
        "        finally:\n            lock.release()",
        "        finally:\n            pass",
    ),
    Breakage("a cancelled wait keeps its place", "exchange.py", "pace.leave(ticket)", "pass"),
    Breakage("the pace counts nothing", "pacing.py", "window.sent.append(now)", "pass"),
    Breakage(
        "the total deadline is not looked at",
        "exchange.py",
        "min(call.options.timeout.attempt, left)",
        "call.options.timeout.attempt",
    ),
    Breakage("no limit to what inflates", "http.py", "room = MAX_BODY", "room = 100 * MAX_BODY"),
    Breakage("a naive datetime is taken", "wire.py", "if value.utcoffset() is None:", "if False:"),
    Breakage("local time is sent as UTC", "wire.py", "value.astimezone(UTC).replace", "value.replace"),
    Breakage("what we sent stands in messages", "messages.py", "words.update(_strings(operation.body))", "pass"),
    Breakage("httpx logs our URLs", "engines/httpx.py", "return not _quiet.get()", "return True"),
    Breakage(
        "a changed repeat rule is sent again",
        "providers/cliniko/resource.py",
        'Effect.NEITHER if "repeat_rule" in encoded else Effect.IDEMPOTENT',
        "Effect.IDEMPOTENT",
        CLINIKO,
    ),
    Breakage("a slow answer moves the clock", "account.py", "if self._knows_offset:", "if False:"),
    Breakage("the retry budget is bottomless", "retry.py", "if self._left < 1.0:", "if False:"),
    Breakage(
        "recovery takes any appointment",
        "providers/cliniko/recovery.py",
        " and _fits(item, attempt.clues)",
        "",
        CLINIKO,
    ),
    Breakage(
        "recovery takes an old appointment",
        "providers/cliniko/recovery.py",
        "earliest <= moment <= latest",
        "True",
        CLINIKO,
    ),
    Breakage(
        "lost bookings are not looked for",
        "providers/cliniko/resource.py",
        "recover=self.made_by if any(clues.values()) else None",
        "recover=None",
        CLINIKO,
    ),
    Breakage(
        "a key may choose the host",
        "providers/cliniko/settings.py",
        "if not _SHARD.fullmatch(shard):",
        "if False:",
        CLINIKO,
    ),
    Breakage(
        "windows are longer than the vendor allows",
        "providers/cliniko/operations/available_times.py",
        "WINDOW: Final = timedelta(days=6)",
        "WINDOW: Final = timedelta(days=60)",
        CLINIKO,
    ),
    Breakage(
        "the User-Agent says nothing",
        "providers/cliniko/settings.py",
        '"User-Agent": f"{self.app_name} ({self.contact_email})"',
        '"User-Agent": "x"',
        CLINIKO,
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
        'self._verb("update"), "PATCH"',
        'self._verb("update"), "PUT"',
        CASSETTES,
    ),
    Breakage("hidden rows stay hidden", "providers/cliniko/queries.py", 'yield "cancelled_at:*"', "pass", CLINIKO),
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
        LOST,
    ),
    Breakage(
        "the cursor of another list is taken",
        "providers/cliniko/queries.py",
        "if not found.endswith(own) and",
        "if False and",
        PAGING,
    ),
    Breakage(
        "rows change places between pages",
        "providers/cliniko/queries.py",
        "if order and self.tie is not None and",
        "if False and",
        CLINIKO[1:],
    ),
    Breakage(
        "weekly hours at a business are those of all who work there",
        "providers/cliniko/queries.py",
        "yield f\"practitioner_id:={identifier(self.practitioner_id, 'practitioner_id')}\"",
        "pass",
        CLINIKO[1:],
    ),
    Breakage(
        "closed cases are active",
        "providers/cliniko/queries.py",
        'return f"{path}/active" if flag(self.active, "active") else path',
        "return super().path(name)",
        CLINIKO[1:],
    ),
    Breakage(
        "None is not sent",
        "wire.py",
        "if item is not UNSET:",
        "if item is not UNSET and item is not None:",
        CLINIKO[1:],
    ),
    Breakage(
        "a name that is none in Python is not read",
        "wire.py",
        "for field, name in kind.sent_as.items()}",
        "for field, name in ()}",
        CLINIKO[1:],
    ),
    Breakage(
        "a filter has another type than the vendor's",
        "providers/cliniko/models/patient_case.py",
        "issue_date: Final = DateField()",
        "issue_date: Final = DateTimeField()",
        CONTRACT,
    ),
    Breakage(
        "a field is not sent",
        "providers/cliniko/models/patient_case.py",
        "    patient_attachment_ids: Sequence[Id] | Unset = UNSET\n",
        "",
        CONTRACT,
    ),
    Breakage(
        "a path of the vendor's is never asked",
        "providers/cliniko/queries.py",
        'f"{path}/active" if flag(self.active, "active") else path',
        "super().path(name)",
        CONTRACT,
    ),
    Breakage(
        "the sandbox leaves out a field of the vendor's",
        "sandbox/cliniko/diary_rendering.py",
        '        "sent_sms_follow_ups_count": 0,\n',
        "",
        CONTRACT,
    ),
)


def noticed(breakage: Breakage) -> str | None:
    """Break a copy and run its tests.

    Args:
        breakage: What to break.

    Returns:
        None where a test failed; else what happened instead.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("src", "tests", "tools", "pyproject.toml", "README.md", "docs", "CHANGELOG.md", "cassettes"):
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, copy / part)
        path = copy / "src" / "apptsdk" / breakage.file
        text = path.read_text(encoding="utf-8")
        if text.count(breakage.old) != 1:
            return f"the line to break occurs {text.count(breakage.old)} times in {breakage.file}"
        path.write_text(text.replace(breakage.old, breakage.new), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *breakage.tests]
        environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
        try:
            ended = subprocess.run(  # noqa: S603 - our own tests
                command, cwd=copy, env=environment, capture_output=True, text=True, timeout=300, check=False
            )
        except subprocess.TimeoutExpired:
            return None  # tests that never end are red too
        return None if ended.returncode == FAILED else f"pytest ended with {ended.returncode}\n{ended.stdout[-2000:]}"


def main(words: list[str]) -> int:
    """Break everything in turn.

    Args:
        words: Only breakages whose name holds one of these.

    Returns:
        The exit status.
    """
    chosen = [b for b in BREAKAGES if not words or any(word in b.name for word in words)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(noticed, chosen))
    for breakage, answer in zip(chosen, answers, strict=True):
        print(f"{'noticed' if answer is None else 'MISSED '}  {breakage.name}{f': {answer}' if answer else ''}")
    missed = sum(answer is not None for answer in answers)
    print(f"{len(chosen) - missed} of {len(chosen)} breakages turn the tests red.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
