"""NexHealth's two clients before a list of answers, and before a sandbox: tell a story to either, see what arrived."""

from __future__ import annotations

import pytest
from hypothesis import settings as hypothesis_settings
from nexhealth_support import Practice, Vendor

hypothesis_settings.register_profile("apptsdk", deadline=None, max_examples=50)  # a slow machine is no failure
hypothesis_settings.load_profile("apptsdk")


@pytest.fixture
def practice(sandbox, world):
    return Practice(sandbox, world)


@pytest.fixture
def vendor(world):
    return Vendor(world)
