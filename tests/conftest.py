"""What all tests share: the worlds that a story is told in, and a sandbox whose clock stands still."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apptsdk.sandbox import Sandbox

sys.path.insert(0, str(Path(__file__).parent))

from harness import WORLDS, World


@pytest.fixture(params=WORLDS)
def world(request: Any) -> World:
    return World(request.param)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    from props import NOW  # noqa: PLC0415 - likewise

    from apptsdk.sandbox import Sandbox  # noqa: PLC0415 - the core's own tests run without it

    with Sandbox(now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        yield sandbox
