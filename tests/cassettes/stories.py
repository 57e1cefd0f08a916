"""What a story is. A cassette holds one: what was asked while it was told, and what was answered.

A story finds what it needs by itself, so that it can be told to a real system too.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from apptsdk import NO_RETRY, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from scribe import Scribe

    from apptsdk.sandbox import Sandbox

FOLDER = Path(__file__).parent


@attrs.frozen
class Story:
    """One story, and the cassette of its name.

    Args:
        tell: Tells it.
        writes: Whether it changes the system.
        live: Whether a real system can be made to play its part.
        given: Other settings than the system's: another version, or another key than the right one, to be refused.
        rate_limit: How many calls a minute the sandbox allows, where the vendor limits them by the minute.
        retry: What is asked again.
        prepare: What is done to the sandbox before. A dict that comes of it is as whom the story is told there.
    """

    tell: Callable[[Scribe], Awaitable[None]]
    writes: bool = False
    live: bool = True
    given: Mapping[str, Any] = attrs.field(factory=dict)
    rate_limit: int | None = None
    retry: RetryPolicy = NO_RETRY
    prepare: Callable[[Sandbox], object] = lambda sandbox: None

    @property
    def name(self) -> str:
        """The cassette's name."""
        return self.tell.__name__

    def settings(self, settings: Any) -> Any:
        """Give the settings with which it is told."""
        if not self.given:
            return settings
        # A key may say which host it is for; the wrong one is shown to the same host.
        host = {"base_url": settings.url} if self.given.get("api_key") else {}
        return attrs.evolve(settings, **self.given, **host)


class Stories(dict[str, Story]):
    """A provider's stories, by name."""

    def add(self, **options: Any) -> Callable[[Any], Any]:
        """Make a function a story."""

        def added(tell: Any) -> Any:
            story = Story(tell, **options)
            self[story.name] = story
            return tell

        return added


def stories_of(provider: str) -> Stories:
    """Find a provider's stories."""
    return import_module(f"stories_{provider}").STORIES


@cache
def made_up(provider: str) -> frozenset[str]:
    """Give every text in the module of a provider's stories: made up, and no secret to anybody."""
    tree = ast.parse((FOLDER / f"stories_{provider}.py").read_text("utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(text for text in texts if isinstance(text, str))
