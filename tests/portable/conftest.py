"""What the portable tests share: the sandbox of a place's provider only."""

from __future__ import annotations

import pytest
from portable_stage import Stage


@pytest.fixture
def provider(place):
    return place.provider


@pytest.fixture
def stage(place, facade, sandbox):
    return Stage(place, sandbox, facade)
