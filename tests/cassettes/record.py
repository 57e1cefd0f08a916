"""Record the cassettes: all of them anew from the sandbox, or, with `--live PROVIDER`, from the real system.

nox -s cassettes -- [--check] [--live PROVIDER [--write] [--only STORY ...]] [--into FOLDER]
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from harness import Watch, World
from props import NOW
from scrub import Scrubber
from shelf import FOLDER, LIVE
from stories import made_up, stories_of
from systems import SYSTEMS
from tape import opened, record, told_text

from apptsdk import ConfigurationError
from apptsdk.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from stories import Story
    from system import System

SANDBOX_NOTE = "Recorded from apptsdk's own sandbox, not from {name}. Everybody in it is made up."
LIVE_NOTE = "Recorded from the real {name}. Credentials, people and texts were replaced; read it before you publish it."
SYNC = World("sync")


@attrs.frozen
class Recording:
    """A cassette, and what came of its story.

    Args:
        cassette: What was asked and answered.
        told: What the client made of it.
    """

    cassette: str
    told: str

    @classmethod
    def of(cls, system: System, story: Story, cassette: str) -> Recording:
        """Play a cassette, and write down what comes of it."""
        with opened(system, cassette) as tape:
            return cls(cassette, told_text(tape.play(story, SYNC)))

    def files(self, folder: Path, story: Story) -> dict[Path, str]:
        """Give the files that hold it."""
        return {folder / f"{story.name}.yaml": self.cassette, folder / f"{story.name}.told.json": self.told}


def from_sandbox(system: System, story: Story, world: World = SYNC) -> Recording:
    """Record a story from a new sandbox: the same every time.

    Args:
        system: Whose it is.
        story: The story.
        world: How the client is used.

    Returns:
        The recording.
    """
    with Sandbox(now=NOW, rate_limit=story.rate_limit) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        found = getattr(sandbox, system.name)
        settings = attrs.evolve(system.settings, **{name: getattr(found, name) for name in system.reached_by})
        prepared = story.prepare(sandbox)
        if isinstance(prepared, dict):
            settings = attrs.evolve(settings, **prepared)
        note = SANDBOX_NOTE.format(name=system.title)
        cassette = record(story, Scrubber(system, settings), world, note=note, now=NOW, clock=Watch(sandbox), pace=())
    return Recording.of(system, story, cassette)


def from_live(system: System, story: Story, settings: Any, *, now: datetime | None = None, **options: Any) -> Recording:
    """Record a story from a real system, without the people in it.

    Args:
        system: Whose it is.
        story: The story.
        settings: The account's.
        now: When it is told; now by default.
        **options: What the client takes beside its settings.

    Returns:
        The recording.
    """
    scrubber = Scrubber(system, settings, people=True, ours=made_up(system.name))
    note, moment = LIVE_NOTE.format(name=system.title), (now or datetime.now(UTC)).replace(microsecond=0)
    # A pace of its own makes an account of its own: the story asks for its token itself.
    pace = settings.account().service.quotas
    cassette = record(story, scrubber, SYNC, note=note, now=moment, pace=pace, **options)
    return Recording.of(system, story, cassette)


def wanted(system: System, into: Path) -> dict[Path, str]:
    """Give every file of a provider as the sandbox makes it."""
    files = {}
    for story in stories_of(system.name).values():
        files |= from_sandbox(system, story).files(into / system.name, story)
    return files


def there(system: System, into: Path) -> set[Path]:
    """Find every file of a provider that the sandbox made."""
    return {path for path in (into / system.name).glob("*") if path.suffix in {".json", ".yaml"}}


def differences(system: System, into: Path = FOLDER) -> Iterator[str]:
    """Name the files that recording anew would change."""
    files, have = wanted(system, into), there(system, into)
    yield from (f"{path.name} is missing" for path in sorted({*files} - have))
    yield from (f"{path.name} belongs to no story" for path in sorted(have - {*files}))
    for path in sorted(have & {*files}):
        if path.read_text("utf-8") != files[path]:
            yield f"{path.name} differs"


def write(files: dict[Path, str]) -> None:
    """Write files."""
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def anew(system: System, into: Path) -> None:
    """Record everything of a provider from the sandbox."""
    files = wanted(system, into)
    for path in there(system, into) - {*files}:
        path.unlink()
    write(files)
    print(f"{len(files)} files of {system.name}")


def live(system: System, into: Path, *, writes: bool, only: Sequence[str] = ()) -> int:
    """Record from the real system, with the settings of the environment.

    Args:
        system: Which.
        into: The folder of all cassettes.
        writes: Whether stories that change the system are told too.
        only: The stories; all by default.

    Returns:
        How many stories could not be told.
    """
    try:
        settings, failed = type(system.settings).from_env(), 0
    except ConfigurationError as error:
        raise SystemExit(str(error)) from None
    for story in told_live(system, writes=writes, only=only):
        try:
            files = from_live(system, story, settings).files(into / system.name / LIVE, story)
        except Exception as error:  # noqa: BLE001 - the others can be told; its text may name a person
            failed += 1
            print(f"{story.name}: {type(error).__name__}")
        else:
            write(files)
            print(f"{story.name}: recorded")
    return failed


def told_live(system: System, *, writes: bool, only: Sequence[str] = ()) -> list[Story]:
    """Choose the stories that are told to a real system."""
    stories = stories_of(system.name)
    if unknown := set(only) - {*stories}:
        raise SystemExit(f"There is no story {', '.join(sorted(unknown))}.")
    chosen = [story for story in stories.values() if not only or story.name in only]
    return [story for story in chosen if story.live and (writes or not story.writes)]


def _lives(provider: str) -> bool:
    """Tell whether there is a story for a real system: nobody knows how IMIassist's speaks."""
    return any(story.live for story in stories_of(provider).values())


def main(arguments: Sequence[str]) -> int:
    """Run the command.

    Args:
        arguments: The command line.

    Returns:
        The exit status.
    """
    parser = ArgumentParser(description="Record cassettes, from the sandbox unless told otherwise.")
    parser.add_argument("--check", action="store_true", help="record nothing; fail where a file differs")
    parser.add_argument(
        "--live", metavar="PROVIDER", choices=sorted(filter(_lives, SYSTEMS)), help="record from the real system"
    )
    parser.add_argument("--write", action="store_true", help="tell it the stories that change it, too")
    parser.add_argument("--only", metavar="STORY", nargs="+", default=(), help="of the real system, only these")
    parser.add_argument("--into", metavar="FOLDER", type=Path, default=FOLDER, help="another folder than cassettes/")
    options = parser.parse_args(arguments)
    if options.live:
        return min(1, live(SYSTEMS[options.live], options.into, writes=options.write, only=options.only))
    if options.write or options.only:
        parser.error("--write and --only go with --live")
    if options.check:
        found = [line for system in SYSTEMS.values() for line in differences(system, options.into)]
        print("\n".join(found) or "Recording them anew would change nothing.")
        return min(1, len(found))
    for system in SYSTEMS.values():
        anew(system, options.into)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
