"""What a system is: how it is reached in a replay, and what of it may stand in a file."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from apptsdk.models import Model, OpenStr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

COUNT, DAY = map(re.compile, ("[0-9]{1,6}", "[0-9]{4}-[0-9]{2}-[0-9]{2}"))
GUID = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
PLACE = re.compile(f"[0-9]+|[0-9a-f]{{24}}|{GUID.pattern}|{DAY.pattern}")
"""What in a path says which one: an id, a day, a place in a row."""


def _nowhere(settings: Any) -> tuple[str, ...]:
    """Give no further place."""
    del settings
    return ()


def _no_twins(theirs: Any, ours: Any) -> Iterator[tuple[str, str, str]]:
    """Give no twins."""
    del theirs, ours
    yield from ()


@attrs.frozen(kw_only=True, slots=False)
class System:
    """One provider's system.

    Args:
        name: The provider's name, which is also the folder's.
        title: The provider's name as it is written.
        clients: The two client classes.
        settings: With which cassettes are played; their base URL and their words stand in the files.
        signed: The forms of a signature that the provider demands, by header field, and what stands in a file for each.
        request_headers: The fields of requests that the provider demands or reads. No other is written.
        answer_headers: The fields of answers that the SDK or its callers read. No other is written.
        words: Text members that may hold one of the vendor's own words, which no recording replaces.
        vocabulary: These words.
        segments: The words in its paths.
        numbers: Number members that say nothing about a person.
        parameters: Query parameters that say nothing about a person, and their form.
        item: What stands before the members of a resource's object, in the place of one that is answered alone.
        beside: Finds what an answer says beside the objects that the SDK makes of it.
        version_path: The end of its base URL that not every link of it has.
        ids: Members and parameters that hold ids, beside those that end with `id` or `ids`.
        moments: Members that hold a time or a day which says nothing about a person, beside those that end with `_at`.
        secrets: Members that hold secrets, which are replaced in every recording.
        packed: Members that hold JSON as a text.
        naming: Settings that name who records.
        keys: Settings that are secret. Where one is sent in a form, its name in brackets stands in the file.
        reached_by: Settings that a sandbox gives, whoever is in it: where it is, and as whom.
        account: Settings whose values stand in answers or forms, and as what: there, too, a replay's stand in their
            place.
        further: Finds where else its links begin: a place for tokens, or for links to its own pages.
        twins: Finds in two settings what stands for each other: what it is, the text in the first, that in the second.
        guesses: Settings that say how the system works and not whose it is. Those that are others than a replay's stand
            in a recording, and it is played with them; the words of a path among them may stand in paths.
        alike: Members and parameters that hold what another one holds, and that one.
        found_out: What of an object is written down beside its fields, although no answer says it in one word.
    """

    name: str
    title: str
    clients: tuple[Any, Any]
    settings: Any
    signed: Mapping[str, Mapping[str, str]]
    request_headers: frozenset[str]
    answer_headers: frozenset[str]
    words: frozenset[str]
    vocabulary: re.Pattern[str]
    segments: frozenset[str]
    numbers: frozenset[str]
    parameters: Mapping[str, re.Pattern[str]]
    item: str
    beside: Callable[[Any], Mapping[str, Any]]
    version_path: str = ""
    ids: frozenset[str] = frozenset()
    moments: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    packed: frozenset[str] = frozenset()
    naming: tuple[str, ...] = ()
    keys: tuple[str, ...] = ("api_key",)
    reached_by: tuple[str, ...] = ("api_key", "base_url")
    account: Mapping[str, str] = attrs.field(factory=dict)
    further: Callable[[Any], tuple[str, ...]] = _nowhere
    twins: Callable[[Any, Any], Iterable[tuple[str, str, str]]] = _no_twins
    guesses: tuple[str, ...] = ()
    alike: Mapping[str, str] = attrs.field(factory=dict)
    found_out: tuple[str, ...] = ()

    @cached_property
    def user_agent(self) -> str | None:
        """Who a replay says it is."""
        return user_agent(self.settings)

    def roots_of(self, settings: Any) -> tuple[str, ...]:
        """Give where links of the system begin that these settings are of; of two that fit, the first counts."""
        return str(settings.url).removesuffix(self.version_path), *self.further(settings)

    def guessed(self, settings: Any) -> dict[str, Any]:
        """Give the guesses of these settings that a replay's are not."""
        found = {name: getattr(settings, name) for name in self.guesses}
        return {name: value for name, value in found.items() if value != getattr(self.settings, name)}

    def resource(self, path: str) -> str:
        """Name what a path of it leads to: its last word that is no id."""
        below = path.removeprefix(urlsplit(str(self.settings.url)).path)
        return [part for part in below.split("/") if part and not PLACE.fullmatch(part)][-1]

    def is_id(self, name: str) -> bool:
        """Tell whether a member or a parameter holds an id, or several."""
        return name == "id" or name.endswith(("_id", "_ids")) or name in self.ids


def user_agent(settings: Any) -> str | None:
    """Tell as whom a client with these settings shows itself; settings of a person name the person."""
    return settings.account().service.headers.get("User-Agent")


def words(text: str) -> frozenset[str]:
    """Read a list of words."""
    return frozenset(text.split())


def _classes(module: ModuleType, base: type) -> list[Any]:
    found = [getattr(module, name) for name in module.__all__]
    return [one for one in found if isinstance(one, type) and issubclass(one, base)]


def known(models: ModuleType) -> frozenset[str]:
    """Give the words that a provider's models know."""
    return frozenset(member.value for kind in _classes(models, OpenStr) for member in kind)


def members(models: ModuleType) -> frozenset[str]:
    """Give the members that a provider's models know."""
    return frozenset(field.name for kind in _classes(models, Model) for field in attrs.fields(kind))


def columns(models: ModuleType, column: str) -> re.Pattern[str]:
    """Give the form of an order.

    Args:
        models: Whose columns.
        column: The form of one, with `{}` for its name.
    """
    one = column.format(f"(?:{'|'.join(sorted(members(models)))})")
    return re.compile(f"{one}(?:,{one})*")


def any_of(*patterns: str, texts: frozenset[str]) -> re.Pattern[str]:
    """Give the form of a text that is one of these."""
    return re.compile("|".join([*patterns, *map(re.escape, sorted(texts))]))
