"""Ids that are none and paths that lead elsewhere: what is refused before anything is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NO_ID: tuple[Any, ...] = (
    "",
    ".",
    "..",
    "a/b",
    "../../x",
    "a\\b",
    "\0",
    "1\0",
    "1\r\nHost: elsewhere.example",
    "1\n",
    "1" * 10_240,
    "\ud800",
    True,
    False,
    1.2e18,
    1.0,
    b"1",
    ["1"],
)
"""What is no id anywhere; None is another matter, because it may stand for an argument that is left out."""
BAD = (
    *NO_ID,
    "%2e%2e",
    "%2F",
    "a?x#y",
    ";",
    "1;2",
    "9" * 19,
    "0" * 20,
    str(2**63),
    "１２３",  # noqa: RUF001 - digits that are not ASCII
    "é",
    " 1",
    "1 ",
    "+1",
    "-1",
    "1.0",
    "0x1",
    "1e3",
    "1_000",
    -1,
    2**63,
)
"""What is no id where ids have a form: numbers, or GUIDs."""
NOT_NONE = (*BAD, None)
ANY_ID = st.one_of(
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.binary(),
    st.text(alphabet="0123456789./%\\?#;: \r\n\0", max_size=25),
)
ELSEWHERE: dict[str, tuple[str, tuple[str, ...], dict[str, Any], str]] = {
    "an absolute URL": ("request", ("GET", "https://elsewhere.example/patients"), {}, "path"),
    "another host": ("request", ("GET", "//elsewhere.example/patients"), {}, "path"),
    "a way up": ("request", ("GET", "/patients/../institutions"), {}, "path"),
    "a way up in disguise": ("request", ("GET", "/patients/%2e%2e/institutions"), {}, "path"),
    "a query in a path": ("request", ("GET", "/patients?page=2"), {}, "path"),
    "no method": ("request", ("FETCH", "/patients"), {}, "method"),
    "a header of ours": ("request", ("GET", "/patients"), {"headers": {"authorization": "Basic x"}}, "authorization"),
}
"""Calls of `request`, and what the refusal of each is about."""


def refuse(make: Callable[[Any], object], values: Iterable[Any], named: str) -> None:
    """See to it that each value is refused with a message that names its argument."""
    for value in values:
        try:
            made = make(value)
        except (TypeError, ValueError) as error:
            assert re.search(named, str(error)), (value, error)  # noqa: PT017 - many values, one test
        else:
            raise AssertionError((value, made))


def one_path(path: str, count: int) -> None:
    """See to it that a path has its number of segments, and nothing in it that could be read otherwise."""
    assert path.count("/") == count
    assert path.isascii()
    assert path.isprintable()
    assert not set(path) & set(" %?#;\\")
