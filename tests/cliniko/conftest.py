"""Cliniko's two clients before a sandbox: tell a story to either, and see what arrived."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from harness import Watch
from hypothesis import settings
from props import props

from apptsdk import AsyncCliniko, Cliniko

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from harness import World

    from apptsdk.sandbox import Sandbox, Seen

settings.register_profile("apptsdk", deadline=None, max_examples=50)  # a slow machine is no failure
settings.load_profile("apptsdk")

CLIENTS = (Cliniko, AsyncCliniko)


@attrs.frozen(slots=False)
class Clinic:
    """The emulated account, as a client of one world sees it."""

    sandbox: Sandbox
    world: World

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.sandbox)

    @property
    def standing(self) -> str:
        """An appointment that stands."""
        return props().individual_appointments[0]

    @property
    def ids(self) -> dict[str, str]:
        """What an appointment is made of, but for its time."""
        return props().ids

    @property
    def triple(self) -> tuple[str, str, str]:
        """What available times are asked for."""
        return props().triple

    def client(self, settings: Any = None, **options: Any) -> Any:
        options = {"clock": self.watch, "random": lambda: 1.0, **options}
        return self.world.client(CLIENTS, settings or self.sandbox.cliniko, **options)

    def tell(self, story: Callable[[Any], Awaitable[Any]], settings: Any = None, **options: Any) -> Any:
        """Tell a story to a new client."""
        return self.world.tell(story, self.client(settings, **options))

    def seen(self, method: str | None = None) -> list[Seen]:
        """Give the requests that arrived."""
        return [one for one in self.sandbox.requests if method in {None, one.method}]


@pytest.fixture
def clinic(sandbox, world):
    return Clinic(sandbox, world)
