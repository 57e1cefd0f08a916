"""Write the pages of the API reference, from what the package itself calls public.

A new resource, object or error needs no edit here: it is found. What has no page to go to stops the build.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Final, get_args

import attrs

import apptsdk
from apptsdk import events, models, providers, sandbox, subclient, transport
from apptsdk.models import Model, OpenInt, OpenStr
from apptsdk.registry import PROVIDERS
from apptsdk.subclient import AsyncSubClient, SubClient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "reference"
_WORD: Final = re.compile(r"\w+")


@attrs.frozen
class Topic:
    """A page of names that belong to no provider.

    Args:
        file: The page's name.
        title: Its title.
        intro: Its first paragraph.
        modules: The public names of `apptsdk` that live in one of these modules are on it.
        further: Names that users meet and `apptsdk` does not export, by their module.
    """

    file: str
    title: str
    intro: str
    modules: tuple[str, ...]
    further: Mapping[ModuleType, tuple[str, ...]] = attrs.field(factory=dict[ModuleType, tuple[str, ...]])


TOPICS: Final = (
    Topic(
        "options",
        "Clients and options",
        "What every client takes beside its settings. :doc:`/options` is the guide.",
        ("options", "retry", "pacing"),
        {subclient: ("SubClient",)},
    ),
    Topic(
        "lists",
        "Lists and pages",
        "What a ``list(...)`` gives. :doc:`/large-reads` is the guide.",
        ("transport", "operation"),
        {transport: ("Pages", "AsyncPages")},
    ),
    Topic(
        "scheduling",
        "One API for all providers",
        "The verbs that every client has, the client of several providers, and what only one provider takes with a "
        "booking.",
        ("client", "scheduling", *(f"providers.{name}.scheduling" for name in PROVIDERS)),
    ),
    Topic(
        "shared",
        "Shared objects",
        "What the portable verbs take and give, whoever the provider is. The provider's own object is in ``native``.",
        ("shared",),
    ),
    Topic(
        "errors",
        "Errors",
        "Everything that is raised on purpose. :doc:`/errors` is the guide.",
        ("errors", "providers.nexhealth.errors"),
    ),
    Topic(
        "values",
        "Attempts, links and values",
        "What the objects of all providers have in common.",
        ("models", "http"),
        {models: ("Id", "Model", "OpenInt", "OpenStr")},
    ),
    Topic(
        "tokens",
        "Tokens",
        "For providers that sign in with tokens: NexHealth, Cubu and IMIassist do, Cliniko has a key instead. "
        ":doc:`/nexhealth` says why to keep them.",
        ("tokens",),
    ),
    Topic(
        "events",
        "Events",
        "What ``observer=`` is told. No event holds a query, a body or a person.",
        (),
        {events: ("CallStarted", "AttemptEnded", "Paused", "CallEnded")},
    ),
    Topic("sandbox", "Sandbox", ":doc:`/sandbox` is the guide.", (), {sandbox: tuple(sandbox.__all__)}),
)


def write(folder: Path = FOLDER) -> None:
    """Write the pages into a folder; other pages there are removed.

    Args:
        folder: The folder.
    """
    wanted = {folder / path: text for path, text in pages().items()}
    for path in {*folder.rglob("*.rst"), *folder.rglob("*.md")} - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:  # what is as it was need not be built again
            path.write_text(text, "utf-8")


def pages() -> dict[str, str]:
    """Compose all pages.

    Returns:
        Their text by their path: in reStructuredText, but for the changelog.

    Raises:
        LookupError: A public name belongs on no page.
    """
    homeless = [name for name in apptsdk.__all__ if _topic_of(name) is None and not _is_a_providers(name)]
    if homeless:
        raise LookupError(f"No page of the reference is for {', '.join(homeless)}: see TOPICS in tools/reference.py.")
    found = {f"{topic.file}.rst": _topic(topic) for topic in TOPICS}
    clients: list[str] = []
    for provider in provider_packages():
        found |= {f"{_short(provider)}/{file}": text for file, text in _provider(provider)}
        clients.append(f"{_short(provider)}/index")
    found["index.rst"] = _page(
        "API reference",
        "Made from the docstrings. What every provider has is imported from ``apptsdk``, one provider's own objects "
        "from ``apptsdk.providers.<provider>``.",
        _toctree([*clients, *(topic.file for topic in TOPICS)], depth=2),
    )
    found["changelog.md"] = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return found


def public_names() -> dict[str, str]:
    """Tell where everything is documented that the reference must hold.

    Returns:
        Paths by the names that users read and write: `Timeout`, `cliniko.patients`, `cliniko.patients.list`. What is a
        provider's own has its provider's name too, `cliniko.Patient`, and only so if another provider, or `apptsdk`
        itself, has the name.
    """
    found: dict[str, str] = {}
    for topic in TOPICS:
        found |= {name: _target(module, name) for module, names in topic.further.items() for name in names}
    found |= {name: _target(apptsdk, name) for name in apptsdk.__all__}
    packages = [*provider_packages()]
    owners = Counter(name for package in packages for name in package.__all__)
    for package in packages:
        for name in own_names(package):
            found[f"{_short(package)}.{name}"] = _target(package, name)
            if owners[name] == 1 and name not in apptsdk.__all__:
                found[name] = _target(package, name)
    for name, facade in facades():
        found[name] = _path(facade)
        found |= {f"{name}.{verb}": f"{_path(facade)}.{verb}" for verb in verbs(facade)}
    return found


def resource_names() -> dict[str, str]:
    """Tell what users call a facade.

    Returns:
        Names such as `cliniko.patients` by the path of the class.
    """
    return {_path(facade): name for name, facade in facades()}


def is_made_by_hand(kind: type) -> bool:
    """Tell whether users construct a class. What a provider sends, an error, a list or a resource they do not.

    Args:
        kind: The class.

    Returns:
        Whether its signature is of use.
    """
    if {SubClient, AsyncSubClient} & {*kind.__mro__}:
        return True
    module = _home(kind)
    given = ("apptsdk.transport", "apptsdk.events", "apptsdk.operation", "apptsdk.http", "apptsdk.sandbox.")
    return not (
        issubclass(kind, Model | Exception | Enum)
        or (module.startswith(given) and kind is not sandbox.Sandbox)
        or ".facade." in module
        or module.endswith(".filters")
        or kind.__name__.endswith("Filters")
    )


def provider_packages() -> Iterator[ModuleType]:
    """Import the providers.

    Yields:
        Their packages.
    """
    for module in pkgutil.iter_modules(providers.__path__, f"{providers.__name__}."):
        yield importlib.import_module(module.name)


def own_names(provider: ModuleType) -> list[str]:
    """Name what only a provider's package exports: neither a client nor what `apptsdk` itself calls so, too.

    Args:
        provider: The provider's package.

    Returns:
        The public names, in order.
    """
    shared = {name for name in apptsdk.__all__ if getattr(provider, name, None) is getattr(apptsdk, name)}
    return [name for name in provider.__all__ if name not in shared]


def client_of(provider: ModuleType) -> type:
    """Find a provider's sync client.

    Args:
        provider: The provider's package.

    Returns:
        Its class.
    """
    found = [getattr(provider, name) for name in provider.__all__]
    (client,) = (one for one in found if inspect.isclass(one) and SubClient in one.__mro__)
    return client


def resources_of(client: type) -> dict[str, type]:
    """Find a client's resources.

    Args:
        client: The client.

    Returns:
        The facades by the names that the client has for them.
    """
    found: dict[str, type] = {}
    for name, value in sorted(vars(client).items()):
        if isinstance(value, cached_property):
            function: object = value.func
            assert isinstance(function, FunctionType)  # noqa: S101 - what the facades' tool writes
            module = importlib.import_module(f"{client.__module__.rpartition('.')[0]}.{name}")
            found[name] = getattr(module, str(function.__annotations__["return"]))
    return found


def facades() -> Iterator[tuple[str, type]]:
    """Find the resources of all providers.

    Yields:
        What users call a resource, such as `cliniko.patients`, and its facade.
    """
    for provider in provider_packages():
        for name, facade in resources_of(client_of(provider)).items():
            yield f"{_short(provider)}.{name}", facade


def verbs(facade: type) -> list[str]:
    """Name a facade's methods.

    Args:
        facade: The class.

    Returns:
        Their names, in order.
    """
    return [name for name, value in vars(facade).items() if isinstance(value, FunctionType) and name[0] != "_"]


# --- what belongs where ----------------------------------------------------------------------------------------------


def _home(value: object) -> str:
    """The module in which a class, a function or an instance of ours was made."""
    return str(getattr(value, "__module__", ""))


def _path(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _short(provider: ModuleType) -> str:
    return provider.__name__.rpartition(".")[2]


def _topic_of(name: str) -> Topic | None:
    module = _home(getattr(apptsdk, name)).removeprefix("apptsdk.")
    return next((topic for topic in TOPICS if module in topic.modules), None)


def _is_a_providers(name: str) -> bool:
    return any(getattr(apptsdk, name) is getattr(provider, name, None) for provider in provider_packages())


def _defined_in(package: ModuleType, name: str) -> str:
    """The module that defines a public name. A value that is no class does not know: its module says `name: ...`."""
    value = getattr(package, name)
    if isinstance(value, type | FunctionType):
        return _home(value)
    if not hasattr(package, "__path__"):
        return package.__name__
    folder = Path(package.__path__[0])
    for path in sorted(folder.rglob("*.py")):
        if re.search(rf"^{name}: ", path.read_text("utf-8"), re.MULTILINE):
            return ".".join([package.__name__, *path.relative_to(folder).with_suffix("").parts])
    raise LookupError(f"No module in {package.__name__} says `{name}: ... = ...`.")


def _target(package: ModuleType, name: str) -> str:
    """The path under which a public name is documented: where it is imported from, values where they are defined."""
    value = getattr(package, name)
    return f"{package.__name__ if isinstance(value, type | FunctionType) else _defined_in(package, name)}.{name}"


def _objects_of(provider: ModuleType, resources: Mapping[str, type]) -> dict[str, list[str]]:
    """Tell on which resource's page each object is: with who returns it, or something of its module; "" is for all."""
    homes: dict[str, str] = {}
    for resource, facade in resources.items():
        returned = " ".join(str(getattr(facade, verb).__annotations__["return"]) for verb in verbs(facade))
        for name in _WORD.findall(returned):
            if name in provider.__all__ and (name not in homes or _is_named_like(provider, name, resource)):
                homes[name] = resource
    modules = {_defined_in(provider, name): resource for name, resource in homes.items()}
    modules |= {f"{provider.__name__}.operations.{resource}": resource for resource in resources}  # its plain functions
    for function in (one for one in provider.__all__ if isinstance(getattr(provider, one), FunctionType)):
        for name in _WORD.findall(str(getattr(provider, function).__annotations__["return"])):
            if name in homes:  # and so has whatever is beside the function
                modules.setdefault(_defined_in(provider, function), homes[name])
    found: dict[str, list[str]] = {}
    own = own_names(provider)
    for name in sorted(provider.__all__, key=lambda name: name not in homes):  # what is given first, then its parts
        module = _defined_in(provider, name)
        part = module.removeprefix(f"{provider.__name__}.").partition(".")[0]
        if part in _OBJECTS and not name.endswith("Filters") and name in own:
            found.setdefault(homes.get(name) or modules.get(module, ""), []).append(name)
    return found


_OBJECTS: Final = ("models", "events", "operations", "signing", "endpoints", "scheduling")
"""Where in a provider's package its objects are; filters, catalogue, clients and settings have places of their own."""


def _is_named_like(provider: ModuleType, name: str, resource: str) -> bool:
    """Whether a resource is called like the module that defines an object: patients like patient, but for the end."""
    return resource.startswith(_defined_in(provider, name).rpartition(".")[2][:-1])


# --- pages -----------------------------------------------------------------------------------------------------------


def _topic(topic: Topic) -> str:
    names = [(apptsdk, name) for name in apptsdk.__all__ if _topic_of(name) is topic]
    names += [(module, name) for module, listed in topic.further.items() for name in listed]
    modules = [f".. py:module:: apptsdk.{module}\n" for module in topic.modules]
    return _page(topic.title, topic.intro, *modules, *(_entry(module, name) for module, name in names))


def _provider(provider: ModuleType) -> Iterator[tuple[str, str]]:
    """The pages of a provider: its client, a page a resource, what several resources have, and its filters."""
    client = client_of(provider)
    resources = resources_of(client)
    objects = _objects_of(provider, resources)
    shared = [_entry(provider, name) for name in objects.get("", [])]
    yield "objects.rst", _page("Shared objects", "What several resources have.", *shared)
    further = ["objects"]
    if "Filter" in provider.__all__:
        filters = importlib.import_module(f"{provider.__name__}.filters")
        yield "fields.rst", _page("Fields of filters", _FIELDS, *_fields(provider, filters))
        further.append("fields")
    if "Catalogue" in provider.__all__:
        entries = (_entry(provider, name) for name in provider.__all__ if name.startswith("Catalogue"))
        intro = f"What an organization's ids mean. :doc:`/{_short(provider)}` is the guide."
        yield "catalogue.rst", _page("Catalogue", intro, *entries)
        further.append("catalogue")
    for resource, facade in resources.items():
        yield f"{resource}.rst", _resource(provider, resource, facade, objects.get(resource, []))
    name, twin = client.__name__, f"Async{client.__name__}"
    rows = [(f":doc:`{resource}`", ", ".join(map(_code, verbs(facade)))) for resource, facade in resources.items()]
    intro = (
        f":doc:`/{_short(provider)}` is the guide. :py:class:`~apptsdk.{twin}` has the same names, and so have its "
        "resources: what asks the provider is awaited, lists are read with ``async for``, and ``close()`` is "
        "``aclose()``."
    )
    yield (
        "index.rst",
        _page(
            name,
            intro,
            _heading("Resources"),
            _table(("Resource", "Verbs"), rows),
            _heading("The client"),
            _auto("class", f"apptsdk.{name}", *_INHERITED, hidden=(*resources, "settings_class")),
            _auto("class", f"apptsdk.{twin}"),
            _auto("class", f"apptsdk.{name}Settings", *_INHERITED, hidden=("account",)),
            _toctree([*resources, *further]),
        ),
    )


def _resource(provider: ModuleType, name: str, facade: type, objects: Sequence[str]) -> str:
    filters = getattr(facade, "F", None)
    parts = [_auto("class", _path(facade), "members", hidden=("F",))]
    if filters is not None:
        module = importlib.import_module(f"{provider.__name__}.filters")
        kinds: dict[type, list[str]] = {}
        for field_name, field in module.fields_of(filters).items():
            kinds.setdefault(field.__class__, []).append(field_name)
        rows = [
            (", ".join(map(_code, fields)), f":py:class:`~{_path(kind)}`", ", ".join(map(_code, conditions(kind))))
            for kind, fields in kinds.items()
        ]
        parts += [
            _heading("Filters"),
            _auto("class", f"{provider.__name__}.{type(filters).__name__}"),
            _table((_code(f"{name}.F."), "Kind", "Conditions"), rows),
        ]
    if objects:
        parts += [_heading("Objects"), *(_entry(provider, one) for one in objects)]
    return _page(name, "", *parts)


_FIELDS: Final = (
    "What a resource's ``F`` has. A field makes conditions, which go into ``list(q=[...])``. :doc:`/filters` is the "
    "guide."
)
_NO_CONDITIONS: Final = ("exactly", "private", "name")
_OPERATORS: Final = {"__eq__": "==", "__ne__": "!=", "__ge__": ">=", "__gt__": ">", "__le__": "<=", "__lt__": "<"}


def _fields(provider: ModuleType, filters: ModuleType) -> Iterator[str]:
    yield _entry(provider, "Filter")
    for value in vars(filters).values():
        if inspect.isclass(value) and filters.Field in value.__mro__ and getattr(value, "__final__", False):
            entry = _auto("class", _path(value), *_INHERITED, hidden=_NO_CONDITIONS)
            yield f"{entry}\n   Conditions: {', '.join(map(_code, conditions(value)))}\n"


def conditions(kind: type) -> list[str]:
    """Name the conditions that a kind of field can make.

    Args:
        kind: Its class.

    Returns:
        Operators and methods.
    """
    base = next(one for one in kind.__mro__ if one.__name__ == "Field")
    refused = {getattr(one, name) for one in (base, object) for name in _OPERATORS}
    methods = [name for name, _ in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"]
    return [
        *(sign for name, sign in _OPERATORS.items() if getattr(kind, name) not in refused),
        *(f"{name}()" for name in methods if name not in _NO_CONDITIONS),
    ]


# --- reStructuredText ------------------------------------------------------------------------------------------------

_INHERITED: Final = ("members", "inherited-members")


def _entry(package: ModuleType, name: str) -> str:
    value, path = getattr(package, name), _target(package, name)
    records = package is sandbox and hasattr(value, "__attrs_attrs__")
    if isinstance(value, FunctionType):
        return _auto("function", path)
    if not isinstance(value, type):
        kinds = [
            f":py:class:`~{package.__name__}.{kind.__name__}`" for kind in get_args(value) if _is_in(package, kind)
        ]
        return _auto("data", path, "no-value") + (f"\n   Either of {', '.join(kinds)}.\n" if kinds else "")
    if issubclass(value, Exception):
        return _auto("exception", path, "members", "show-inheritance")
    if value is SubClient or (issubclass(value, Model) and value is not Model):
        return _auto("class", path)  # methods stand with the client, fields in the docstring
    if records or (issubclass(value, Enum) and value not in {OpenInt, OpenStr}):
        return _auto("class", path, "members", "undoc-members")
    return _auto("class", path, "members")


def _is_in(package: ModuleType, kind: object) -> bool:
    return isinstance(kind, type) and getattr(package, kind.__name__, None) is kind


def _auto(what: str, path: str, *options: str, hidden: Sequence[str] = ()) -> str:
    lines = [f".. auto{what}:: {path}", *(f"   :{option}:" for option in options)]
    return "\n".join([*lines, *([f"   :exclude-members: {', '.join(hidden)}"] if hidden else []), ""])


def _page(title: str, intro: str, *parts: str) -> str:
    return "\n".join([title, "=" * len(title), "", intro, "", *parts])


def _heading(text: str) -> str:
    return f"{text}\n{'-' * len(text)}\n"


def _toctree(paths: Iterable[str], *, depth: int | None = None) -> str:
    option = "   :hidden:" if depth is None else f"   :maxdepth: {depth}"
    return "\n".join([".. toctree::", option, "", *(f"   {path}" for path in paths), ""])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in (head, *rows):
        lines += [f"   {'*' if index == 0 else ' '} - {cell}" for index, cell in enumerate(row)]
    return "\n".join([*lines, ""])


def _code(text: str) -> str:
    return f"``{text}``"


if __name__ == "__main__":
    write()
