"""IMIassist's two clients before a list of answers, and before both emulations of a sandbox."""

from __future__ import annotations

import pytest
from harness import World
from hypothesis import settings as hypothesis_settings
from imiassist_support import Company, Vendor

hypothesis_settings.register_profile("apptsdk", deadline=None, max_examples=50)  # a slow machine is no failure
hypothesis_settings.load_profile("apptsdk")


@pytest.fixture
def company(sandbox, world):
    return Company(sandbox, world)


@pytest.fixture
def vendor(world):
    return Vendor(world)


@pytest.fixture
def one():
    """Give answers to one world: what is tried so is the same in all."""
    return Vendor(World("sync"))
