"""The surroundings in which a document's code runs."""

import logging
from collections.abc import Iterator

import pytest

from apptsdk.sandbox import Sandbox


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox to which the environment leads."""
    logger = logging.getLogger("apptsdk")
    level = logger.level
    with Sandbox() as sandbox:
        for name, value in sandbox.environment().items():
            monkeypatch.setenv(name, value)
        yield sandbox
    logger.setLevel(level)
