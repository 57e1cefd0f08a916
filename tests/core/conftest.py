"""The worlds in which the core is driven."""

import pytest
from core_support import WORLDS, World


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


@pytest.fixture(params=WORLDS)
def world(request):
    return World(request.param)
