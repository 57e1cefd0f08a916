"""What a message may take over from a provider: enough to act on, and nothing that we sent or keep secret."""

from __future__ import annotations

import inspect
import os
import re
import warnings
from enum import Enum
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from apptsdk.account import Fault
from apptsdk.errors import MAX_MESSAGE, ProviderWarning
from apptsdk.shapes import is_mapping, is_sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from apptsdk.http import Response
    from apptsdk.operation import Operation


def read_fault(read: Callable[[Response], Fault], response: Response) -> Fault:
    """Read an error answer as its provider does, whatever the body is."""
    try:
        return read(response)
    except Exception:  # noqa: BLE001 - an error body that cannot be read is no reason to lose the status
        return Fault()


def is_faulty(tell: Callable[[Response], bool] | None, response: Response) -> bool:
    """Tell whether an answer is an error although its status says otherwise."""
    try:
        return tell is not None and tell(response)
    except Exception:  # noqa: BLE001 - a body that cannot be read is the decoder's to complain about
        return False


def read_status(read: Callable[[Response], int | None] | None, response: Response) -> int | None:
    """Find the status that an answer passes on, whatever the body is."""
    try:
        return None if read is None else read(response)
    except Exception:  # noqa: BLE001 - a body that cannot be read is the decoder's to complain about
        return None


def read_notes(read: Callable[[Response], Iterable[str]] | None, response: Response) -> Sequence[str]:
    """Read what a provider remarks beside a success, whatever the body is."""
    try:
        return () if read is None else tuple(read(response))
    except Exception:  # noqa: BLE001 - a success is not lost because nobody can read a remark on it
        return ()


def phrase(status: int) -> str:
    """Say what a status means, where the provider says nothing."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "unknown status"
    return f"{phrase} (redirects are not followed)" if status in range(300, 400) else phrase


class Scrubber:
    """Takes out of a provider's text what we sent it: it may be a person's, and messages end up in logs."""

    __slots__ = ("_pattern",)

    def __init__(self, operations: Iterable[Operation[object]], secrets: Sequence[str]) -> None:
        words = set(secrets)
        for operation in operations:
            words.update(_strings(operation.body))
            words.update((operation.form or {}).values())
            query = [*operation.query, *parse_qsl(urlsplit(operation.link or "").query)]
            words.update(_filtered_by(value) for name, value in query if name not in _HARMLESS)
            words.update(_strings(operation.clues))
        words = {" ".join(word.split()) for word in words}  # as the text is
        longest_first = sorted(filter(_is_telling, words), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None

    def __call__(self, text: str) -> str:
        """Give the text without what we sent, short enough for a message."""
        text = " ".join(text[:_LONGEST].split())
        return (self._pattern.sub("…", text) if self._pattern else text)[:MAX_MESSAGE]


_HERE: Final = f"{Path(__file__).parent}{os.sep}"


def remark(text: str) -> None:
    """Warn the caller of what a provider remarks, at the line of theirs that led to it.

    Args:
        text: The remark, without anything about a person.

    Raises:
        ProviderWarning: Where warnings are errors.
    """
    level, frame = 1, inspect.currentframe()  # warnings' own skip_file_prefixes is there from Python 3.12 on
    while frame is not None and frame.f_back is not None and frame.f_code.co_filename.startswith(_HERE):
        level, frame = level + 1, frame.f_back
    warnings.warn(text, ProviderWarning, stacklevel=level)


_HARMLESS: Final = frozenset({"sort", "order", "page", "per_page", "from", "to"})
_SHORTEST: Final = 3
_SHORTEST_NUMBER: Final = 6


def _is_telling(word: str) -> bool:
    """Tell whether a text says something about a person: a name does, "100" does not."""
    return len(word) >= (_SHORTEST if any(map(str.isalpha, word)) else _SHORTEST_NUMBER)


def _filtered_by(value: str) -> str:
    """Take the value out of a filter such as `last_name:=Park`: the field's name may stand in a message."""
    return value.partition(":")[2].lstrip("=<>!~?*").strip("%") or value


_LONGEST: Final = 64 * MAX_MESSAGE  # much more than is shown, because taking out makes it shorter


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not isinstance(value, Enum):  # a word of the provider's own is nobody's
            yield value
    elif is_mapping(value):
        for item in value.values():
            yield from _strings(item)
    elif is_sequence(value):
        for item in value:
            yield from _strings(item)
