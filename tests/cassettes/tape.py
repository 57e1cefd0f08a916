"""Cassettes: how they are written, recorded and played, with vcrpy."""

from __future__ import annotations

import copy
import json
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import anyio.lowlevel
import attrs
import yaml
from scribe import Scribe
from scrub import Scrubber
from vcr import VCR
from vcr.errors import CannotOverwriteExistingCassetteException
from vcr.patch import PATCHER_NAMES
from vcr.persisters.filesystem import CassetteNotFoundError
from vcr.serialize import deserialize, serialize

from apptsdk.events import AttemptEnded
from apptsdk.operation import Instant
from apptsdk.transport import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness import World
    from stories import Story
    from system import System

# The libraries that the SDK's engines are made of; the rest of the process is none of a cassette's business.
_GUESSED = "settings"
_OTHERS = tuple(name for name in PATCHER_NAMES if name not in {"httpx", "httpx2"})


# --- files -----------------------------------------------------------------------------------------------------------


class _Dumper(yaml.CSafeDumper):
    """Writes bodies as they are, line by line."""


def _text(dumper: Any, value: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _list(dumper: Any, values: list[Any]) -> Any:
    short = all(isinstance(value, str) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


class Yaml:
    """vcrpy's serializer for cassettes that are read by people."""

    @staticmethod
    def serialize(data: dict[str, Any]) -> str:
        """Write a cassette; first of all where it comes from."""
        ordered = {name: data[name] for name in ("version", "metadata", "interactions") if name in data}
        return yaml.dump(ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        """Read a cassette."""
        return yaml.load(text, Loader=yaml.CSafeLoader)


class Shelf:
    """vcrpy's persister for one cassette that is held in memory."""

    def __init__(self, text: str | None = None) -> None:
        self.text = text
        self.metadata: dict[str, Any] = {}

    def load_cassette(self, path: str, serializer: Any) -> Any:
        """Give the cassette to vcrpy."""
        if self.text is None:
            raise CassetteNotFoundError
        requests, answers, self.metadata = deserialize(self.text, serializer)
        return requests, answers, self.metadata

    def save_cassette(self, path: str, cassette: Any, serializer: Any) -> None:
        """Take the cassette from vcrpy."""
        self.text = serialize(cassette, serializer)


def check_form(system: System, text: str) -> None:
    """See that a cassette holds nothing that recording it would not write: no header, comment or style of its own."""
    requests, answers, metadata = deserialize(text, Yaml)
    scrubber = Scrubber(system, system.settings)
    pairs = [scrubber.both(*pair) for pair in zip(requests, answers, strict=True)]
    written = serialize(
        {"requests": [pair[0] for pair in pairs], "responses": [pair[1] for pair in pairs], "metadata": metadata}, Yaml
    )
    named = {*metadata} - {_GUESSED}
    assert (written, named) == (text, {"note", "recorded_at"}), "the cassette is not as it is written"


# --- recording -------------------------------------------------------------------------------------------------------


def record(story: Story, scrubber: Scrubber, world: World, *, note: str, now: datetime, **options: Any) -> str:
    """Tell a story to a system, and write down what was asked and answered.

    Args:
        story: The story.
        scrubber: What may be written.
        world: How the client is used.
        note: Where the cassette comes from.
        now: When the story is told.
        **options: What the client takes beside its settings.

    Returns:
        The cassette.

    Raises:
        LeakError: It would hold a secret.
    """
    shelf = Shelf()
    recorder = VCR(
        record_mode="all",
        decode_compressed_response=True,
        record_on_exception=False,
        before_save_interaction=scrubber.both,
        skip_patchers=_OTHERS,
    )
    recorder.register_serializer("yaml", Yaml)
    recorder.register_persister(shelf)
    with recorder.use_cassette(story.name) as cassette:
        cassette.get_metadata("note", note)
        cassette.get_metadata("recorded_at", now.isoformat())
        if guessed := scrubber.system.guessed(scrubber.settings):
            cassette.get_metadata(_GUESSED, guessed)
        tell(story, world, Scribe(scrubber.system, now), story.settings(scrubber.settings), **options)
    assert shelf.text is not None
    scrubber.check(shelf.text)
    return shelf.text


# --- playing ---------------------------------------------------------------------------------------------------------


class Still(Clock):
    """A clock that nobody waits for.

    Args:
        now: What the time is when it begins.
    """

    def __init__(self, now: datetime) -> None:
        self._begin = now.timestamp()
        self._passed = 0.0

    def now(self) -> Instant:
        return Instant(self._passed, self._begin + self._passed)

    def sleep(self, seconds: float) -> None:
        self._passed += seconds

    async def asleep(self, seconds: float) -> None:
        self._passed += seconds
        await anyio.lowlevel.checkpoint()


def tell(story: Story, world: World, scribe: Scribe, settings: Any, **options: Any) -> None:
    """Tell a story to a new client."""
    scribe.settings = settings
    client = world.client(
        scribe.system.clients,
        settings,
        retry=story.retry,
        on_response=scribe.answers.append,
        on_attempt=scribe.attempts.append,
        random=lambda: 1.0,
        **options,
    )

    async def told(teller: Any) -> None:
        scribe.teller = teller
        await story.tell(scribe)

    world.tell(told, client)


@attrs.define
class Tape:
    """A cassette that is being played.

    Args:
        system: Whose it is.
        cassette: vcrpy's.
        made: The latest request that vcrpy was asked for.
        guessed: How its system works, where that is otherwise than a replay's.
    """

    system: System
    cassette: Any
    made: list[Any]
    guessed: dict[str, Any]

    def play(self, story: Story, world: World, told: Sequence[Any] | None = None) -> list[Any]:
        """Tell the story once more, from the beginning.

        Args:
            story: The story.
            world: How the client is used.
            told: What came of it before; None where it is not known yet.

        Returns:
            What came of it now.

        Raises:
            AssertionError: A request was made that is not in the cassette, one that is was not made, or something
                else came of the story than before.
        """
        self.cassette.rewind()
        now = datetime.fromisoformat(self.cassette.get_metadata("recorded_at", None))
        scribe, events = Scribe(self.system, now, expected=told), []
        try:
            settings = story.settings(attrs.evolve(self.system.settings, **self.guessed))
            tell(story, world, scribe, settings, clock=Still(now), pace=(), observer=events.append)
        except Exception as error:
            ended = [event for event in events if isinstance(event, AttemptEnded)]
            if not ended or ended[-1].status is not None:
                raise AssertionError(f"{story.name}: {error}") from error
            why = CannotOverwriteExistingCassetteException(cassette=self.cassette, failed_request=self.made[-1])
            raise AssertionError(f"{story.name}: {why}") from error
        assert self.cassette.all_played, f"{story.name}: the cassette holds more than was asked for"
        assert told is None or len(scribe.written) == len(told), f"{story.name}: less was told than before"
        return scribe.written


@contextmanager
def opened(system: System, text: str) -> Iterator[Tape]:
    """Put a cassette in the place of the network.

    Args:
        system: Whose it is.
        text: The cassette.
    """
    scrubber, made, done = Scrubber(system, system.settings), [], {}

    def scrubbed(request: Any) -> Any:
        made[:] = [request]
        # vcrpy asks several times about each request, and a story is told many times to find what changes it.
        key = (request.method, request.uri, request.body, tuple(request.headers.items()))
        if key not in done:
            done[key] = scrubber.request(request)
        return copy.deepcopy(done[key])

    # What is asked must be, when it is scrubbed, what stands in the file: to the letter.
    player = VCR(
        record_mode="none",
        match_on=("method", "uri", "headers", "raw_body"),
        before_record_request=scrubbed,
        skip_patchers=_OTHERS,
    )
    player.register_serializer("yaml", Yaml)
    shelf = Shelf(text)
    player.register_persister(shelf)
    with player.use_cassette(system.name) as cassette:
        yield Tape(system, cassette, made, shelf.metadata.get(_GUESSED, {}))


def told_text(told: Sequence[Any]) -> str:
    """Write what came of a story, a line a call."""
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in told) + "\n]\n"
