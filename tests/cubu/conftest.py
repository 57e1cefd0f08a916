"""Cubu's two clients before a list of answers, and before a sandbox: tell a story to either, see what arrived."""

from __future__ import annotations

import pytest
from cubu_support import Office, Vendor
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("apptsdk", deadline=None, max_examples=50)  # a slow machine is no failure
hypothesis_settings.load_profile("apptsdk")


@pytest.fixture
def office(sandbox, world):
    return Office(sandbox, world)


@pytest.fixture
def vendor(world):
    return Vendor(world)
