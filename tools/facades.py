"""Write the sync and async facades of every provider from its verbs, or check that they are as written.

    python tools/facades.py            write
    python tools/facades.py --check    compare: stale, edited, missing and orphaned files fail

No function body is translated: a facade's method is its verb's signature, its docstring and one line that runs it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import inspect
import re
import subprocess
import sys
import tempfile
import textwrap
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
PROVIDERS: Final = {"cliniko": "Cliniko", "nexhealth": "NexHealth", "cubu": "Cubu", "imiassist": "IMIassist"}
HEADER: Final = (
    "# Written by tools/facades.py from the verbs in ../operations. Do not edit: run `nox -s facades -- --write`.\n"
)
_RETURNS: Final = re.compile(r"(Operation|Flow|Listing)\[(.*)\]\Z", re.DOTALL)
_UNSET: Final = "UNSET"
PLAIN: Final = "plain"
_SCOPE: Final = "Scope"
_WORDS: Final = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


@attrs.frozen
class Parameter:
    """One parameter of a facade's method."""

    name: str
    kind: str  # the annotation
    default: str | None
    doc: str
    keyword: bool


@attrs.frozen
class Method:
    """One method of a facade."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: str
    work: str  # Operation, Flow, Listing, or PLAIN: what needs no I/O
    doc: str
    call: str  # the expression that makes the work


def main(arguments: list[str] | None = None) -> int:
    """Write or check.

    Args:
        arguments: The command line's.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file differs")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout to look at")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.root / "src"))
    problems: list[str] = []
    for provider, client in PROVIDERS.items():
        folder = options.root / "src" / "apptsdk" / "providers" / provider / "facade"
        wanted = {folder / name: text for name, text in formatted(dict(files(provider, client))).items()}
        if options.check:
            problems += differences(folder, wanted)
        else:
            write(folder, wanted)
    joint = options.root / "src" / "apptsdk" / "client.py"
    wanted = {joint: formatted({"client.py": joint_text()})["client.py"]}
    if options.check:
        problems += [problem for problem in differences(joint, wanted) if "an orphan" not in problem]
    else:
        joint.write_text(wanted[joint], encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("Run `nox -s facades -- --write`.", file=sys.stderr)
    return 1 if problems else 0


def differences(folder: Path, wanted: dict[Path, str]) -> list[str]:
    """Compare the whole folder.

    Args:
        folder: The facade's folder.
        wanted: What each file should hold.

    Returns:
        A line for every stale, edited, missing or orphaned file.
    """
    problems: list[str] = []
    for path, text in wanted.items():
        if not path.exists():
            problems.append(f"{path}: missing")
        elif (found := path.read_text(encoding="utf-8")) != text:
            what = "stale or edited" if found.startswith(HEADER) else "without its header"
            problems.append(f"{path}: {what}")
    present = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    problems += [f"{path}: an orphan, no verb leads to it" for path in sorted(present - set(wanted))]
    return problems


def write(folder: Path, wanted: dict[Path, str]) -> None:
    """Write the folder.

    Args:
        folder: The facade's folder.
        wanted: What each file should hold.
    """
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.py"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


def files(provider: str, client: str) -> Iterator[tuple[str, str]]:
    """Give the files of a provider's facade.

    Args:
        provider: The provider's name.
        client: Its client's class name.

    Yields:
        File names and texts.
    """
    base = f"apptsdk.providers.{provider}"
    folder = Path(str(importlib.import_module(base).__file__)).parent / "operations"
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem not in {"__init__", "client"})
    yield "__init__.py", f'{HEADER}"""{client}\'s resources and clients, sync and async."""\n'
    for name in names:
        yield f"{name}.py", resource_text(base, name)
    yield "client.py", client_text(base, client, names)
    if is_portable(base):
        yield "scheduling.py", scheduling_text(base, client)


def formatted(texts: dict[str, str]) -> dict[str, str]:
    """Format the texts of files as the rest of the code is, all in one go."""
    ruff, config = [sys.executable, "-m", "ruff"], ["--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, name) for name in texts}
        for name, path in paths.items():
            path.write_text(texts[name], encoding="utf-8")
        for command in ([*ruff, "check", "--select", "I", "--fix", *config], [*ruff, "format", *config]):
            # By name: in a folder, ruff may leave out what lies where it has been told not to look.
            subprocess.run([*command, *map(str, paths.values())], capture_output=True, check=True)  # noqa: S603
        return {name: path.read_text(encoding="utf-8") for name, path in paths.items()}


# --- from verbs to methods -------------------------------------------------------------------------------------------


def methods(module: Any) -> list[Method]:
    """Read a module's verbs.

    Args:
        module: A module of operations.

    Returns:
        Its methods, in the order of its VERBS.
    """
    members: dict[str, Any] = dict(inspect.getmembers(module))
    names = {id_of(value): name for name, value in members.items() if callable(value)}
    return [method(module, names[id_of(verb)], verb) for verb in module.VERBS]


def id_of(verb: Callable[..., object]) -> tuple[int, int]:
    """Tell verbs apart; a bound method is a new object each time it is looked up."""
    return id(getattr(verb, "__func__", verb)), id(getattr(verb, "__self__", None))


def method(module: Any, name: str, verb: Callable[..., object]) -> Method:
    """Read one verb.

    Args:
        module: The module.
        name: The verb's name.
        verb: The verb.

    Returns:
        The method.

    Raises:
        SystemExit: The verb breaks the rules: no docstring, an undocumented parameter, no work returned.
    """
    where = f"{module.__name__}.{name}"
    types = type_arguments(verb)
    doc = filled(inspect.getdoc(verb) or complain(where, "has no docstring"), verb)
    docs = argument_docs(doc)
    positional: list[Parameter] = []
    keywords: list[Parameter] = []
    passed: list[str] = []
    for parameter in inspect.signature(verb).parameters.values():
        kind = substituted(str(parameter.annotation), types)
        if kind in {_SCOPE, "Members"} or (kind == "S" and types):
            passed.append("{scope}")  # what the client's settings say, not the caller's to give
            continue
        keyword = parameter.kind is inspect.Parameter.KEYWORD_ONLY
        expanded = types.get(str(parameter.annotation)) or query_class(module, str(parameter.annotation))
        if isinstance(expanded, type) and attrs.has(expanded):
            inner = input_parameters(expanded)
            keywords += inner
            passed.append(f"_inputs.{expanded.__name__}({', '.join(f'{p.name}={p.name}' for p in inner)})")
            continue
        default = None if parameter.default is inspect.Parameter.empty else written(parameter.default)
        text = docs.get(parameter.name) or complain(where, f"does not document {parameter.name}")
        target = keywords if keyword else positional
        target.append(Parameter(parameter.name, kind, default, text, keyword))
        passed.append(f"{parameter.name}={parameter.name}" if keyword else parameter.name)
    returns = substituted(str(inspect.signature(verb).return_annotation), types)
    match = _RETURNS.fullmatch(returns)
    if match is None and verb not in getattr(module, "PLAIN", ()):
        complain(where, f"returns {returns}, which is no work, and is not in PLAIN")
    work, result = match.groups() if match else (PLAIN, returns)
    keywords.sort(key=lambda p: p.default is not None)
    parameters = (*positional, *keywords)
    return Method(
        name, parameters, result, work, with_arguments(doc, parameters), f"_verbs.{name}({', '.join(passed)})"
    )


def query_class(module: Any, annotation: str) -> type | None:
    """The class of a function's parameter whose fields become parameters, as those of a generic verb's do."""
    found = getattr(module, annotation, None)
    if not isinstance(found, type):
        return None
    return found if ".queries" in found.__module__ or hasattr(found, "placed") else None


def filters_of(module: Any) -> str | None:
    """The name of the class of a resource's filters; None where its lists have none."""
    filters = getattr(getattr(module, "resource", module), "filters", None)
    name = type(filters).__name__
    return None if filters is None or name == "NoFilters" else name


def complain(where: str, what: str) -> Any:
    """Stop with a message."""
    raise SystemExit(f"{where} {what}.")


def type_arguments(verb: Callable[..., object]) -> dict[str, type]:
    """What the type variables of a resource's generic verb, or of a portable verb, stand for."""
    resource = getattr(verb, "__self__", None)
    if resource is None:
        return {}
    if hasattr(resource, "slot_native"):
        return {"SN": resource.slot_native, "AN": resource.native, "B": resource.options}
    return {
        "M": resource.model,
        "C": resource.create_input,
        "U": resource.update_input,
        "L": resource.list_query,
        "G": resource.get_query,
    }


def substituted(annotation: str, types: dict[str, type]) -> str:
    """Put the classes in the place of the type variables."""
    name = native_name if "SN" in types else attrgetter("__name__")
    return _WORDS.sub(lambda word: name(types[word[0]]) if word[0] in types else word[0], annotation)


def native_name(kind: type) -> str:
    """A class's name; a provider's own, where the shared classes have one of the same name."""
    if kind is type(None):
        return "None"
    shared = importlib.import_module("apptsdk.shared")
    return f"Native{kind.__name__}" if hasattr(shared, kind.__name__) else kind.__name__


def input_parameters(kind: type) -> list[Parameter]:
    """The fields of an input class as parameters, the required ones first."""
    docs: dict[str, str] = {}
    annotations: dict[str, str] = {}
    for ancestor in reversed(kind.__mro__):
        docs.update(argument_docs(inspect.getdoc(ancestor) or "") if ancestor is not object else {})
        annotations.update({name: str(text) for name, text in vars(ancestor).get("__annotations__", {}).items()})
    found: list[Parameter] = []
    for field in attrs.fields(kind):
        text = docs.get(field.name) or complain(kind.__name__, f"does not document {field.name}")
        default = None if field.default is attrs.NOTHING else written(field.default)
        found.append(Parameter(field.name, annotations[field.name], default, text, keyword=True))
    # attrs puts inherited fields first; a reader looks for the nearest class's.
    near = {
        name: depth for depth, c in reversed([*enumerate(kind.__mro__)]) for name in vars(c).get("__annotations__", {})
    }
    return sorted(found, key=lambda p: (p.default is not None, near[p.name]))


def written(default: object) -> str:
    """Write a default value as source."""
    text = repr(default).removeprefix("datetime.")
    return _UNSET if text == _UNSET else text


# --- docstrings ------------------------------------------------------------------------------------------------------


def sections(doc: str) -> list[tuple[str, str]]:
    """Take a docstring apart: a first section without a name, then `Args`, `Returns`, `Raises`."""
    parts = re.split(r"^(Args|Returns|Raises):\n", doc, flags=re.MULTILINE)
    return [("", parts[0].strip()), *zip(parts[1::2], (part.rstrip() for part in parts[2::2]), strict=True)]


def filled(doc: str, verb: Callable[..., object]) -> str:
    """Say in a resource's generic docstring what the resource holds."""
    resource = getattr(verb, "__self__", None)
    if resource is None or not hasattr(resource, "one"):
        return doc
    return doc.replace("{one}", resource.one).replace("{many}", resource.many)


def argument_docs(doc: str) -> dict[str, str]:
    """The `Args` of a docstring, name by name."""
    text = dict(sections(doc)).get("Args", "")
    found: dict[str, str] = {}
    for entry in re.split(r"^ {4}(?=\w+: )", text, flags=re.MULTILINE)[1:]:
        name, _, description = entry.partition(": ")
        found[name] = " ".join(description.split())
    return found


def with_arguments(doc: str, parameters: tuple[Parameter, ...]) -> str:
    """Write the docstring anew, with the method's own parameters."""
    found = dict(sections(doc))
    text = [found.pop("")]
    found.pop("Args", None)
    if parameters:
        lines = [
            textwrap.fill(
                f"{p.name}: {p.doc}",
                107,
                initial_indent="    ",
                subsequent_indent="        ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for p in parameters
        ]
        text.append("Args:\n" + "\n".join(lines))
    text += [f"{name}:\n{body}" for name, body in found.items()]
    return "\n\n".join(text)


# --- files -----------------------------------------------------------------------------------------------------------


def imports(module: Any, used: str, extra: tuple[str, ...] = ()) -> str:
    """The imports that a file's annotations need, found in the module whose verbs they come from."""
    lines: set[str] = set(extra)
    for word in sorted(set(_WORDS.findall(used))):
        source = origin(module, word)
        if source:
            lines.add(f"from {source} import {word}")
    return "\n".join(sorted(lines))


_KNOWN: Final = {
    "Id": "apptsdk.models",
    "Unset": "apptsdk.models",
    "BookingAttempt": "apptsdk.models",
    "Sequence": "collections.abc",
    "Mapping": "collections.abc",
    "datetime": "datetime",
    "time": "datetime",
    "timedelta": "datetime",
    "Iterable": "collections.abc",
    "date": "datetime",
    "Decimal": "decimal",
}


def origin(module: Any, word: str) -> str | None:
    """Where a name of an annotation comes from."""
    if word in _KNOWN:
        return _KNOWN[word]
    base = module.__name__.partition(".operations")[0]
    models = importlib.import_module(f"{base}.models")
    if word in models.__all__:
        return models.__name__
    if word == "Filter":
        return f"{base}.filters"
    home = getattr(getattr(module, word, None), "__module__", "")
    return home if home.startswith(f"{base}.") else None


def head(doc: str, module: Any, found: list[Method], *, runtime: list[str]) -> str:
    """A file's beginning."""
    used = " ".join(part for m in found for part in (m.returns, *(p.kind for p in m.parameters)))
    unset = any(p.default == _UNSET for m in found for p in m.parameters)
    now = [*runtime, *(["from apptsdk.models import UNSET"] if unset else [])]
    if any((p.default or "").startswith("timedelta(") for m in found for p in m.parameters):
        now.append("from datetime import timedelta")
    later = "\n".join(line for line in imports(module, used).splitlines() if line not in now)
    return (
        f'{HEADER}"""{doc}"""\n\nfrom __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n\n'
        + "\n".join(now)
        + "\n\nif TYPE_CHECKING:\n"
        + textwrap.indent(later or "pass", "    ")
        + "\n\n\n"
    )


def inputs_module(module: Any, found: list[Method]) -> list[str]:
    """The import of the input classes that the methods build."""
    names = sorted({name for m in found for name in re.findall(r"_inputs\.(\w+)\(", m.call)})
    if not names:
        return []
    base = module.__name__.partition(".operations")[0]
    models = importlib.import_module(f"{base}.models")
    lines: list[str] = []
    queries = (f"{base}.queries",) if importlib.util.find_spec(f"{base}.queries") else ()
    for source in (f"{base}.models", *queries):
        members = models.__all__ if source.endswith("models") else vars(importlib.import_module(source))
        here = [name for name in names if name in members]
        names = [name for name in names if name not in here]
        lines += [f"from {source} import {name} as _{name}" for name in here]
    return lines


def rendered(m: Method, *, is_async: bool, first: str = "", scope: str = "self._scope") -> str:
    """One method's text; `first` is a statement at the beginning of its body, `scope` where the scope is."""
    listing = m.work == "Listing"
    awaited = is_async and m.work not in {"Listing", PLAIN}
    prefix = "async " if awaited else ""
    pager = "AsyncPager" if is_async else "Pager"
    returns = f"{pager}[{m.returns}]" if listing else m.returns
    signature = ["self"]
    star = False
    for p in m.parameters:
        if p.keyword and not star:
            signature.append("*")
            star = True
        signature.append(f"{p.name}: {p.kind}" + (f" = {p.default}" if p.default is not None else ""))
    run = "self._transport.pager" if listing else "await self._transport.run" if awaited else "self._transport.run"
    call = re.sub(r"_inputs\.(\w+)\(", r"_\1(", m.call).replace("{scope}", scope)
    made = call if m.work == PLAIN else f"{run}({call})"
    verb = "" if m.returns == "None" and not listing else "return "
    doc = textwrap.indent(m.doc, "    ").strip()
    return (
        f'{prefix}def {m.name}({", ".join(signature)}) -> {returns}:\n    """{doc}\n    """\n{first}    {verb}{made}\n'
    )


def has_scope(base: str) -> bool:
    """Whether a provider's verbs depend on its settings: then they take a scope made from them."""
    return (Path(str(importlib.import_module(base).__file__)).parent / "scope.py").exists()


def class_name(base: str, resource: str) -> str:
    """A resource's class name: in the plural, unless its name is none, and then it is told from its model."""
    name = "".join(word.capitalize() for word in resource.split("_"))
    return f"{name}Resource" if name in importlib.import_module(f"{base}.models").__all__ else name


def resource_text(base: str, name: str) -> str:
    """A resource's file."""
    module = importlib.import_module(f"{base}.operations.{name}")
    found = methods(module)
    doc = (inspect.getdoc(module) or "").strip()
    pagers = any(m.work == "Listing" for m in found)
    filters = filters_of(module)
    runtime = [f"from {base}.operations import {name} as _verbs", *inputs_module(module, found)]
    if filters is not None:
        runtime += [f"from {base}.models import {filters} as _{filters}", "from typing import Final"]
    text = head(doc, module, found, runtime=runtime)
    indented = textwrap.indent(doc, "    ").strip()
    kinds = ["Transport", "AsyncTransport", *(["Pager", "AsyncPager"] if pagers else [])]
    scoped = has_scope(base)
    later = f"    from apptsdk.transport import {', '.join(sorted(kinds))}\n"
    later += f"    from {base}.scope import {_SCOPE}\n" * scoped
    text = text.replace("if TYPE_CHECKING:\n", f"if TYPE_CHECKING:\n{later}", 1)
    for is_async in (False, True):
        transport = "AsyncTransport" if is_async else "Transport"
        text += f'class {"Async" * is_async}{class_name(base, name)}:\n    """{indented}"""\n\n'
        if filters is not None:
            text += f'    F: Final = _{filters}()\n    """The fields that lists can be filtered by, for `q=`."""\n\n'
        given = f"transport: {transport}" + f", scope: {_SCOPE}" * scoped
        text += f"    def __init__(self, {given}) -> None:\n        self._transport = transport\n"
        text += "        self._scope = scope\n\n" if scoped else "\n"
        text += "\n".join(textwrap.indent(rendered(m, is_async=is_async), "    ") for m in found) + "\n\n"
    return text


def client_text(base: str, client: str, resources: list[str]) -> str:
    """The clients' file."""
    module = importlib.import_module(f"{base}.operations.client")
    found = methods(module)
    doc = (inspect.getdoc(importlib.import_module(base)) or "").strip()
    summary, _, rest = doc.partition("\n")
    settings = f"{client}Settings"
    text = head(
        f"{client}'s clients.",
        module,
        found,
        runtime=[
            "from functools import cached_property",
            f"from {base}.settings import {settings}",
            "from apptsdk.subclient import AsyncSubClient, SubClient",
            *inputs_module(module, found),
        ],
    )
    later = "\n".join(
        f"    from {base}.facade.{name} import Async{class_name(base, name)}, {class_name(base, name)}"
        for name in resources
    )
    later += "\n    from typing import Self, Unpack"
    later += "\n    from apptsdk.subclient import AsyncClientOptions, ClientOptions"
    text = text.replace("if TYPE_CHECKING:\n", f"if TYPE_CHECKING:\n{later}\n", 1)
    # Models and converters are loaded with the first call: making a client takes none of them.
    verbs = f"    from {base}.operations import client as _verbs\n\n"
    scope = "self._settings.scope_of_calls"
    viewed = view_fields(importlib.import_module(f"{base}.settings"), settings)
    if viewed:
        text = text.replace(
            "if TYPE_CHECKING:\n",
            "if TYPE_CHECKING:\n    from apptsdk.models import Unset\n    from apptsdk.subclient import ViewOptions\n",
            1,
        ).replace("from functools", "from apptsdk.models import UNSET\nfrom functools", 1)
    portable = is_portable(base)
    if portable:
        line = f"from {base}.facade.scheduling import AsyncScheduling as _AsyncScheduling, Scheduling as _Scheduling\n"
        text = text.replace("from functools", f"{line}from functools", 1)
    for is_async in (False, True):
        prefix = "Async" * is_async
        text += _CLASS.format(
            prefix=prefix,
            client=client,
            settings=settings,
            summary=summary,
            rest=textwrap.indent(rest, "    "),
            portable=f", _{prefix}Scheduling" if portable else "",
        )
        text += with_options_text(viewed)
        for name in resources:
            doc = (inspect.getdoc(importlib.import_module(f"{base}.operations.{name}")) or "").strip()
            kind = f"{prefix}{class_name(base, name)}"
            doc = textwrap.indent(doc, "        ").strip()
            given = f"self._transport, {scope}" if has_scope(base) else "self._transport"
            text += _PROPERTY.format(base=base, name=name, kind=kind, doc=doc, given=given)
        methods_text = [rendered(m, is_async=is_async, first=verbs, scope=scope) for m in found]
        text += "\n".join(textwrap.indent(method_text, "    ") for method_text in methods_text) + "\n\n"
    return text


PORTABLE: Final = (
    "find_slots",
    "book",
    "get_appointment",
    "resolve_booking",
    "list_appointments",
    "cancel",
    "reschedule",
    "book_first_available",
)
"""The portable verbs."""


def is_portable(base: str) -> bool:
    """Whether a provider maps the portable verbs."""
    return importlib.util.find_spec(f"{base}.scheduling") is not None


def scheduling_text(base: str, client: str) -> str:
    """The portable verbs' file: a class for each world, which the client is one of."""
    module = importlib.import_module("apptsdk.verbs")
    scheduling = importlib.import_module(f"{base}.scheduling").scheduling
    found = [method(module, name, getattr(scheduling, name)) for name in PORTABLE]
    found = [attrs.evolve(m, call=m.call.replace("_verbs.", "_scheduling.", 1)) for m in found]
    scope = "self._settings.scope_of_calls" if has_scope(base) else "None"
    lines = {
        *portable_imports(base, found).splitlines(),
        f"from {base}.settings import {client}Settings",
        "from apptsdk.transport import AsyncPager, AsyncTransport, Pager, Transport",
    }
    lines.discard("from apptsdk.transport import AsyncPager, Pager")
    text = (
        f'{HEADER}"""The portable verbs at {client}."""\n\nfrom __future__ import annotations\n\n'
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
        + textwrap.indent("\n".join(sorted(lines)), "    ")
        + "\n\n\n"
    )
    first = f"    from {base}.scheduling import scheduling as _scheduling\n\n"
    for is_async in (False, True):
        prefix = "Async" * is_async
        doc = f'"""The portable verbs; see `apptsdk.scheduling.{prefix}Scheduler`."""'
        text += f"class {prefix}Scheduling:\n    {doc}\n\n"
        text += f"    _settings: {client}Settings\n    _transport: {prefix}Transport\n\n"
        text += _CAPABILITIES.format(base=base, scope=scope)
        methods_text = (rendered(m, is_async=is_async, first=first, scope=scope) for m in found)
        text += "\n".join(textwrap.indent(method_text, "    ") for method_text in methods_text) + "\n\n"
    return text


def joint_text() -> str:
    """The file of the clients over all providers."""
    module = importlib.import_module("apptsdk.routing")
    found = [m for m in methods(module) if m.name in PORTABLE]
    names = set(_WORDS.findall(" ".join(part for m in found for part in (m.returns, *(p.kind for p in m.parameters)))))
    lines = {
        "from apptsdk.subclient import AsyncClientOptions, ClientOptions",
        "from apptsdk.transport import AsyncPager, Pager",
        "from typing import Self, Unpack",
    }
    for name in names:
        for source in ("apptsdk.shared", "apptsdk.scheduling", "apptsdk.routing"):
            if hasattr(importlib.import_module(source), name) and name[0].isupper() and name not in _KNOWN:
                lines.add(f"from {source} import {name}")
                break
        else:
            if name in _KNOWN:
                lines.add(f"from {_KNOWN[name]} import {name}")
    for provider, client in PROVIDERS.items():
        lines.add(f"from apptsdk.providers.{provider}.facade.client import Async{client}, {client}")
    text = (
        f'{HEADER}"""One client over several providers."""\n\nfrom __future__ import annotations\n\n'
        "from typing import TYPE_CHECKING\n\n"
        "from apptsdk.joint import AsyncJointClient, JointClient, configured\n\nif TYPE_CHECKING:\n"
        + textwrap.indent("\n".join(sorted(lines)), "    ")
        + "\n\n\n"
    )
    first = "    from apptsdk import routing as _verbs\n\n"
    for is_async in (False, True):
        prefix = "Async" * is_async
        text += _JOINT.format(prefix=prefix, world="async" if is_async else "sync")
        for provider, client in PROVIDERS.items():
            text += _MEMBER.format(provider=provider, client=client, prefix=prefix)
        methods_text = (
            rendered(m, is_async=is_async, first=first, scope="self._members()").replace(
                "self._transport.", "self._home."
            )
            for m in found
        )
        text += "\n".join(textwrap.indent(method_text, "    ") for method_text in methods_text) + "\n\n"
    return text


def portable_imports(base: str, found: list[Method]) -> str:
    """The imports that the portable verbs' annotations need."""
    scheduling = importlib.import_module(f"{base}.scheduling").scheduling
    names = set(_WORDS.findall(" ".join(part for m in found for part in (m.returns, *(p.kind for p in m.parameters)))))
    lines = {"from apptsdk.scheduling import Capability", "from apptsdk.transport import AsyncPager, Pager"}
    for kind in (scheduling.slot_native, scheduling.native, scheduling.options):
        name = native_name(kind)
        given = kind.__name__ if name == kind.__name__ else f"{kind.__name__} as {name}"
        if kind.__module__ != "builtins":
            lines.add(f"from {public_home(base, kind)} import {given}")
        names.discard(name)
    for name in names:
        for source in ("apptsdk.shared", "apptsdk.scheduling"):
            if hasattr(importlib.import_module(source), name) and name[0].isupper():
                lines.add(f"from {source} import {name}")
                break
        else:
            if name in _KNOWN:
                lines.add(f"from {_KNOWN[name]} import {name}")
    return "\n".join(sorted(lines))


def public_home(base: str, kind: type) -> str:
    """The module from which a provider's class is imported."""
    models = importlib.import_module(f"{base}.models")
    return models.__name__ if kind.__name__ in models.__all__ else kind.__module__


def view_fields(module: Any, settings: str) -> list[Parameter]:
    """The settings that a view may have otherwise than its client: those whose metadata says `view`."""
    kind = getattr(module, settings)
    docs = argument_docs(inspect.getdoc(kind) or "")
    return [
        Parameter(field.name, str(field.type), None, docs[field.name].rpartition(" (")[0], keyword=True)
        for field in attrs.fields(kind)
        if field.metadata.get("view")
    ]


def with_options_text(viewed: list[Parameter]) -> str:
    """The method that makes a view, where more than the options can differ in it."""
    if not viewed:
        return ""
    return _VIEW.format(
        parameters=", ".join(f"{p.name}: {p.kind.removesuffix(' | None')} | Unset | None = UNSET" for p in viewed),
        docs="\n".join(f"            {p.name}: {p.doc}" for p in viewed),
        given=", ".join(f"{p.name}={p.name}" for p in viewed),
    )


_VIEW: Final = '''
    def with_options(self, *, {parameters}, **options: Unpack[ViewOptions]) -> Self:
        """Give a view of this client with other options: the same account, pace, token and connections.

        Args:
{docs}
            **options: What every client's views take: timeout, retry, headers, on_response, on_attempt, observer.

        Returns:
            A new object. Closing it does nothing; closing this client closes it too.

        Raises:
            ConfigurationError: A setting is malformed.
            ValueError: A header is not allowed, or a timeout is not positive.
        """
        return self._seen_as(options, {given})

'''
_CLASS: Final = '''
class {prefix}{client}({prefix}SubClient[{settings}]{portable}):
    """{summary}
{rest}

    The settings come first; `apptsdk.subclient.SubClient` lists the options.
    """

    settings_class = {settings}

    @classmethod
    def from_env(cls, **options: Unpack[{prefix}ClientOptions]) -> Self:
        """Make a client from environment variables; see `{settings}`.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: A variable is missing or malformed; the message names it.
        """
        return cls({settings}.from_env(), **options)

'''
_JOINT: Final = '''
class {prefix}Client({prefix}JointClient):
    """One {world} client over several providers: the same verbs for all, and every provider's own client.

    `{prefix}Client(ClinikoSettings(...), CubuSettings(...))`, or `{prefix}Client.from_env()`. What it takes beside the
    settings, `apptsdk.subclient.SubClient` lists, but for `pace`; all providers share one engine.
    """

    @classmethod
    def from_env(cls, **options: Unpack[{prefix}ClientOptions]) -> Self:
        """Make a client of every provider of which the environment has variables.

        Args:
            **options: What the class takes beside its settings.

        Returns:
            A client.

        Raises:
            ConfigurationError: No provider is configured, or one lacks variables; the message names them.
        """
        return cls(*configured(), **options)

'''
_MEMBER: Final = '''
    @property
    def {provider}(self) -> {prefix}{client}:
        """The client of {client}. Raises `ConfigurationError` where it is not configured."""
        from apptsdk.providers.{provider}.facade.client import {prefix}{client}

        found = self._client("{provider}")
        assert isinstance(found, {prefix}{client})  # noqa: S101 - what was made of its settings
        return found

'''
_CAPABILITIES: Final = '''
    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the portable verbs can do here, by these settings; see `apptsdk.scheduling.Capability`."""
        from {base}.scheduling import scheduling

        return scheduling.capabilities({scope})

'''
_PROPERTY: Final = '''
    @cached_property
    def {name}(self) -> {kind}:
        """{doc}"""
        from {base}.facade.{name} import {kind}

        return {kind}({given})

'''


if __name__ == "__main__":
    sys.exit(main())
