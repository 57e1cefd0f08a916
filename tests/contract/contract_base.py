"""A contract: one vendor's table, and what one must know of its provider to hold the code and the wire against it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from contract_terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from contract_arguments import Giver
    from contract_calls import Call, Way
    from contract_drive import Exchange, Take
    from contract_refusals import Refused
    from contract_rows import Claim, Key, Table
    from harness import SyncTeller, World

    from apptsdk.models import Model
    from apptsdk.sandbox import Sandbox

PORTABLE = frozenset(
    {
        "book",
        "book_first_available",
        "cancel",
        "capabilities",
        "find_slots",
        "get_appointment",
        "list_appointments",
        "reschedule",
        "resolve_booking",
    }
)
"""The verbs that all providers have, which are made of the others."""


class Contract(ABC):
    """What is the provider's own."""

    name: ClassVar[str]
    table: ClassVar[Table]
    terms: ClassVar[Terms] = Terms()
    clients: ClassVar[tuple[Any, Any]]
    """The sync client and the async one."""
    base: ClassVar[str]
    """What stands before the paths in the sandbox."""
    paged_by: ClassVar[str]
    """The parameter that leads to the next page."""

    # --- the code ---

    formats: ClassVar[Mapping[type, frozenset[str]]]
    """What the vendor's types are in ours."""
    ids: ClassVar[frozenset[str]]
    """What the vendor's ids are."""
    closed: ClassVar[frozenset[str]]
    """Objects in answers whose inside is not described."""
    closed_in_bodies: ClassVar[frozenset[str]] = frozenset()
    """The same in what is sent."""

    @abstractmethod
    def objects(self) -> Mapping[str, type[Model]]:
        """Give our models, by the vendor's name of what they are."""

    @abstractmethod
    def inputs(self) -> Mapping[str, type[Any]]:
        """Give our inputs, by the operation."""

    wrapped: ClassVar[Mapping[str, str]] = {}
    """The keys around the fields of a body that are others than the inputs say."""
    none_is_sent: ClassVar[bool] = True
    """Whether None in an input is null in a body; else it is left out."""

    def spelt(self, given: type[Any], name: str) -> str:
        """Tell what the vendor calls a field of an input."""
        del given
        return name

    def is_closed(self, key: Key) -> bool:
        """Tell whether the inside of an object is not described."""
        return key.name in (self.closed if key.about == "field" else self.closed_in_bodies)

    def more(self) -> Iterator[tuple[Key, Claim]]:
        """Give what else the code says."""
        yield from ()

    def covers(self, key: Key) -> bool:
        """Tell whether the code says something of a row about something else than fields and bodies."""
        del key
        return False

    elsewhere: ClassVar[Mapping[str, AbstractSet[str]]] = {}
    """Fields of our models that no place of the table shows, by the model: other versions have them."""

    # --- the calls ---

    aliases: ClassVar[Mapping[str, str]] = {}
    """Where a verb has another name for what the vendor calls a parameter or a field."""
    unsent: ClassVar[frozenset[str]] = frozenset({"cursor", "prefetch"})
    """Arguments that are the client's own business: no parameters of the vendor's."""
    own: ClassVar[frozenset[str]] = frozenset(
        {
            "aclose",
            "close",
            "from_env",
            "request",
            "request_pages",
            "resolve",
            "settings_class",
            "with_options",
            *PORTABLE,
        }
    )
    """What belongs to a client or a resource, and is no operation of the vendor's."""

    @property
    @abstractmethod
    def resources(self) -> Iterable[str]:
        """The names of the resources."""

    @abstractmethod
    def calls(self, client: Any) -> list[Call]:
        """Find our call for each operation of the vendor's."""

    either: ClassVar[Mapping[str, Sequence[frozenset[str]]]] = {}
    """Arguments of a verb of which some exclude others: one of these sets at a time."""

    companions: ClassVar[Mapping[tuple[str, str], frozenset[str]]] = {}
    """By verb and argument, others without which it is refused."""

    def argument(self, call: Call, path: str) -> str | None:
        """Tell by which argument a call sends a parameter, or what is at a dotted path in its body."""
        del call
        name = path.partition(".")[0]
        return self.aliases.get(name, name)

    def kept(self, call: Call) -> frozenset[str]:
        """Name the arguments that a call cannot do without, though the vendor does not say so."""
        return frozenset(key.name for key in self.terms.needed if key.where == call.where)

    def lacking(self, call: Call) -> frozenset[str]:
        """Name the arguments that other versions take."""
        del call
        return frozenset()

    def more_ways(self, call: Call, needed: frozenset[str]) -> Iterator[Way]:
        """Give more ways to make a call."""
        del call, needed
        yield from ()

    def verbs(self, client: Any) -> frozenset[str]:
        """List all verbs of a client that ask the vendor for something."""
        own = {name for name in dir(type(client)) if not name.startswith("_")} - self.own - {*self.resources}
        of_resources = {
            f"{name}.{verb}"
            for name in self.resources
            for kind in type(getattr(client, name)).__mro__
            for verb in vars(kind)
        }
        named = {verb for verb in of_resources if not verb.rpartition(".")[2].startswith(("_", "F"))}
        return frozenset((own | named) - self.own)

    # --- the drive ---

    opening: ClassVar[str | None] = None
    """The verb that is called first, where the client asks something by itself before."""
    itself: ClassVar[frozenset[str]] = frozenset()
    """The operations that the client asks for by itself."""
    plain: ClassVar[frozenset[str]] = frozenset()
    """The verbs that send nothing: nobody waits for them, in neither facade."""

    @abstractmethod
    def settings(self, sandbox: Sandbox) -> Any:
        """Give the settings of a client."""

    def turned(self, sandbox: Sandbox) -> Iterator[Any]:
        """Turn the sandbox's decisions, and give the settings that follow; `calls` tells which calls matter then."""
        del sandbox
        yield from ()

    def all_settings(self, sandbox: Sandbox) -> Iterator[Any]:
        """Give the settings of all clients, one after the other."""
        yield self.settings(sandbox)
        yield from self.turned(sandbox)

    def body(self, sent: bytes) -> Any:
        """Read the body of a request."""
        return json.loads(sent) if sent else None

    def translated(self, exchange: Exchange) -> Exchange:
        """Give an exchange as the table speaks of it, where the other side has another shape."""
        return exchange

    def delivered(self, call: Call, given: Mapping[str, Any]) -> Exchange | None:
        """Give what the vendor sent by itself, where a call is about that."""
        del call, given

    @abstractmethod
    def prepare(self, sandbox: Sandbox) -> None:
        """Make the sandbox ready."""

    @abstractmethod
    def giver(self, teller: SyncTeller, calls: Sequence[Call]) -> Giver:
        """Make what gives calls their arguments."""

    # --- the refusals ---

    refusing: ClassVar[frozenset[str]] = frozenset()
    """The objects that errors hold."""

    def refusals(self, world: World, sandbox: Sandbox) -> Iterator[Refused]:
        """Make the vendor refuse something, each error of the table once."""
        del world, sandbox
        yield from ()

    # --- the wire ---

    looks: ClassVar[Mapping[str, str]]
    """What a text can be, beside a text."""
    exact: ClassVar[bool]
    """Whether the vendor says of every text in an answer what it is."""

    @abstractmethod
    def where(self, take: Take, exchange: Exchange) -> str:
        """Name the operation that a request asked for."""

    @abstractmethod
    def answered(self, take: Take) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the objects in the answers, each with the vendor's name."""

    @abstractmethod
    def shape(self, take: Take, exchange: Exchange) -> str:
        """Name what an answer holds."""

    @abstractmethod
    def parameter(self, name: str, texts: set[str]) -> frozenset[str]:
        """Tell what a parameter can be."""

    def path(self, take: Take, exchange: Exchange) -> Iterator[tuple[str, Any]]:
        """Give what is in the path."""
        del exchange
        yield from take.ids.items()

    def signed(self, exchange: Exchange) -> Iterator[tuple[str, str]]:
        """Give the header fields of a request that the table speaks of."""
        del exchange
        yield from ()

    def unions(self, take: Take) -> Iterator[tuple[Key, Claim]]:
        """Give what came out where one of several could."""
        del take
        yield from ()

    def check_pages(self, first: Exchange, second: Exchange) -> None:
        """Check that the second page was asked for as the first one's answer says."""
        assert self.paged_by not in dict(first.query)
        assert self.paged_by in dict(second.query)
        assert {name for name, _ in second.query} == {self.paged_by, *(name for name, _ in first.query)}

    most_lists: ClassVar[int] = 0
    """More fields of answers than these have lists of values."""

    def is_link(self, value: Mapping[str, Any]) -> bool:
        """Tell whether an object is a link."""
        del value
        return False

    def asked(self, place: str, name: str, texts: set[str]) -> Iterator[tuple[Key, Claim]]:
        """Give what else a parameter says."""
        del place, name, texts
        yield from ()
