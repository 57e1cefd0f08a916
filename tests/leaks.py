"""Who could hear of a secret or of a person afterwards: what goes wrong, and everything that is said about it."""

from __future__ import annotations

import logging
import traceback
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harness import WORLDS, World, said

from apptsdk import ApptError, OutcomeUnknownError, Timeout

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

FAULTS: dict[str, tuple[dict[str, Any], ...]] = {
    "nothing": (),
    "a refusal that repeats it": ({"kind": "status", "status": 422, "times": None},),
    "a 400": ({"kind": "status", "status": 400, "times": None},),
    "a 401": ({"kind": "status", "status": 401, "times": None},),
    "a 403": ({"kind": "status", "status": 403, "times": None},),
    "a 404": ({"kind": "status", "status": 404, "times": None},),
    "a 409": ({"kind": "status", "status": 409, "times": None},),
    "a 429": ({"kind": "status", "status": 429, "headers": {"retry-after": "1"}, "times": None},),
    "a 503": ({"kind": "status", "status": 503, "times": None},),
    "a 200 that refuses": ({"kind": "status", "status": 200, "times": None},),
    "a cut": ({"kind": "drop_before", "times": None},),
    "a cut after": ({"kind": "drop_after", "times": None},),
    "garbled": ({"kind": "garble", "times": None},),
    "half": ({"kind": "truncate", "times": None},),
    "nothing readable": ({"kind": "status", "status": 200, "times": None},),
    "no HTTP": ({"kind": "reply", "times": None},),
    "silence": ({"kind": "hang", "times": 4},),
    "a bomb": ({"kind": "bomb", "status": 200, "times": 3, "size": 30_000_000},),
}
WITHOUT_BODY = frozenset({"nothing", "a cut", "a cut after", "garbled", "half", "silence", "a bomb"})
"""What has no body of ours."""


def in_turn(turn: int) -> list[tuple[str, World]]:
    """Let the worlds take turns at the faults: given another number by each provider, each hears of all of them."""
    return [(name, World(WORLDS[(turn + place) % len(WORLDS)])) for place, name in enumerate(FAULTS)]


def patience(name: str) -> float | Timeout:
    """Say how long to wait for an answer: silence is waited for by a real clock."""
    return Timeout(attempt=0.15, total=5) if name == "silence" else 5.0


async def hear(verbs: Iterable[Callable[[], Awaitable[Any]]], heard: list[str]) -> None:
    """Call each verb; keep what is said of its result, or of its failure."""
    for verb in verbs:
        try:
            result = await verb()
        except (ApptError, ValueError, TypeError) as error:
            heard += said(error)
            heard += traceback.format_exception(error)
            if isinstance(error, OutcomeUnknownError):
                heard += map(repr, error.candidates)
        else:
            rows = result if isinstance(result, list) else [result]
            heard += [shown(row) for row in rows if not isinstance(row, dict | str) for shown in (repr, str)]


@contextmanager
def everything_said(caplog: Any, heard: list[str]) -> Iterator[None]:
    """Keep what any logger says at any level, and every warning."""
    caplog.set_level(logging.DEBUG)
    for logger in list(logging.Logger.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger)  # until the test ends
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    heard += [str(one.message) for one in caught]
    heard += [record.getMessage() + repr(record.args) + str(record.exc_text) for record in caplog.records]
