"""The pytest fixture `apptsdk_sandbox`; loaded by every run of pytest, so it imports nothing until it is used."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apptsdk.sandbox import Sandbox


@pytest.fixture
def apptsdk_sandbox() -> "Iterator[Sandbox]":
    """Give a sandbox of its own to a test: `apptsdk_sandbox.cliniko` are the settings of a client for it."""
    from apptsdk.sandbox import Sandbox  # noqa: PLC0415 - see the module's first line

    with Sandbox() as sandbox:
        yield sandbox
