"""A sandbox at a known time, and plain clients for the emulated vendors."""

from collections.abc import Iterator

import pytest
from props import sandbox_of
from sandbox_clinic import NOW, Clinic
from sandbox_hall import Hall
from sandbox_lobby import NOW as MONDAY
from sandbox_practice import Practice
from sandbox_ward import NOW as MORNING
from sandbox_ward import Ward

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.pytest_plugin import apptsdk_sandbox  # noqa: F401 - a fixture


@pytest.fixture
def sandbox(provider: str | None) -> Iterator[Sandbox]:
    with sandbox_of(provider, now=NOW, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        yield sandbox


@pytest.fixture
def clinic(sandbox: Sandbox) -> Iterator[Clinic]:
    clinic = Clinic(sandbox)
    with clinic.http:
        yield clinic


@pytest.fixture(scope="session")
def seeded() -> Iterator[Clinic]:
    """A world that no test changes."""
    with sandbox_of("cliniko", now=NOW, appointments=140, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        clinic = Clinic(sandbox)
        with clinic.http:
            yield clinic


@pytest.fixture
def practice(sandbox: Sandbox) -> Iterator[Practice]:
    sandbox.clock.set(NOW)
    with Practice(sandbox) as practice:
        yield practice


@pytest.fixture(scope="session")
def grown() -> Iterator[Practice]:
    """Practices that no test changes."""
    with sandbox_of("nexhealth", now=NOW, appointments=140, rate_limit=None) as sandbox:
        sandbox.clock.freeze()
        with Practice(sandbox) as practice:
            yield practice


@pytest.fixture
def hall() -> Iterator[Hall]:
    with sandbox_of("cubu", now=MONDAY) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(MONDAY)
        with Hall(sandbox) as hall:
            yield hall


@pytest.fixture
def ward() -> Iterator[Ward]:
    with sandbox_of("imiassist", now=MORNING) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(MORNING)
        with Ward(sandbox) as ward:
            yield ward
