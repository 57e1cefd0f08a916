"""What all tests share: the worlds that a story is told in, and a sandbox whose clock stands still."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apptsdk.sandbox import Sandbox

sys.path.insert(0, str(Path(__file__).parent))

from harness import WORLDS, World

PROVIDERS = frozenset({"cliniko", "cubu", "imiassist", "nexhealth"})


MANY = 1000


def pytest_collection_finish(session: Any) -> None:
    """Take what was collected out of the garbage collector's sight: thousands of tests slow every look of it."""
    if len(session.items) > MANY:
        import hypothesis  # noqa: F401, PLC0415 - later it would not see who holds trio's random numbers

        gc.collect()
        gc.freeze()


@pytest.fixture(params=WORLDS)
def world(request: Any) -> World:
    return World(request.param)


@pytest.fixture
def provider(request: Any) -> str | None:
    """The provider that a test's file is named after, whose world alone is made; None for those of all."""
    return next((word for word in request.path.stem.split("_") if word in PROVIDERS), None)


@pytest.fixture
def sandbox(provider: str | None) -> Iterator[Sandbox]:
    from props import NOW, sandbox_of  # noqa: PLC0415 - the core's own tests run without it

    with sandbox_of(provider, now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        yield sandbox
