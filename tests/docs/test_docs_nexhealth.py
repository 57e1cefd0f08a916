"""What NexHealth's page says in tables is what the provider's code says."""

import inspect
import os
import re
from collections.abc import Callable, Iterator
from functools import partial

import attrs
import pytest
from documents import ROOT

from apptsdk import NexHealth, NexHealthSettings
from apptsdk.providers.nexhealth import recovery, settings
from apptsdk.providers.nexhealth.models import WriteState
from apptsdk.providers.nexhealth.versions import V2, V3, Version

PATH = ROOT / "docs" / "nexhealth.md"
PAGE = PATH.read_text("utf-8")
VERSIONS = re.compile(r"(?<=versions\.py -->\n).*(?=<!-- end of versions -->)", re.DOTALL)
WRITTEN = ("list", "update", "create")
"""In the verbs where a parameter that a version lacks is looked for: `update` before `create`, as versions.py says."""


def section(title: str) -> str:
    found = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    assert found, title
    return found


# --- versions --------------------------------------------------------------------------------------------------------


def code(text: object) -> str:
    return f"`{text}`"


def verb_of(name: str) -> str:
    """Write `appointments.note` as the call that takes it."""
    resource, _, parameter = name.partition(".")
    facade = type(getattr(NexHealth(NexHealthSettings(api_key="k", subdomain="s")), resource))
    verb = next(
        verb
        for verb in WRITTEN
        if hasattr(facade, verb) and parameter in inspect.signature(getattr(facade, verb)).parameters
    )
    return code(f"{resource}.{verb}({parameter}=)")


def rows() -> Iterator[tuple[str, str, str]]:
    """Say all that differs."""

    def both(what: str, say: Callable[[Version], str]) -> tuple[str, str, str]:
        return what, say(V2), say(V3)

    def has(name: str) -> Callable[[Version], str]:
        def say(one: Version) -> str:
            if name not in one.lacks:
                return "yes"
            use, calls, what = one.lacks[name].rpartition("use ")
            return ": ".join(filter(None, ("no", f"{use}{calls}{code(what)}" if calls else what)))

        return say

    def needs(name: str) -> Callable[[Version], str]:
        return lambda one: "required" if name in one.needs else "optional"

    yield both("headers", lambda one: ", ".join(code(f"{name}: {value}") for name, value in one.headers.items()))
    yield both("pages", lambda one: "by number, counted" if one.numbered else "by cursor")
    yield both("`per_page`", lambda one: f"{one.per_page}, up to {one.most}")
    for name in sorted({*V2.paths, *V3.paths}):
        yield both(f"{code(name)} asks", partial(lambda name, one: code(f"/{one.path(name)}"), name))
    for name in sorted({*V2.wrappers, *V3.wrappers}):
        yield both(f"{code(name)} in a body", partial(lambda name, one: code(one.wrapper(name)), name))
    for name in sorted(V2.needs | V3.needs):
        yield both(verb_of(name), needs(name))
    for name in sorted({*V2.lacks, *V3.lacks}, key=lambda name: ("." in name, name)):
        yield both(verb_of(name) if "." in name else code(name), has(name))


def table() -> str:
    lines = [f"| {what} | {second} | {third} |" for what, second, third in rows()]
    return "\n" + "\n".join(["| | v2 | v3.0.0 |", "|---|---|---|", *lines]) + "\n\n"


def test_the_page_prints_the_table_of_versions() -> None:
    """APPTSDK_WRITE_DOCS=1 writes it."""
    text = PATH.read_text("utf-8")
    assert VERSIONS.search(text) is not None
    if os.environ.get("APPTSDK_WRITE_DOCS"):
        PATH.write_text(VERSIONS.sub(lambda _: table(), text), "utf-8")
        text = PATH.read_text("utf-8")
    assert VERSIONS.findall(text) == [table()], "APPTSDK_WRITE_DOCS=1 pytest tests/docs writes it"


def test_every_field_of_a_version_is_in_the_table() -> None:
    said = {"name", "header", "numbered", "per_page", "most", "paths", "wrappers", "lacks", "needs"}
    assert {field.name for field in attrs.fields(Version)} == said


def test_the_page_says_how_long_a_page_is() -> None:
    plain = " ".join(section("Paging, and what calls cost").split())
    assert f"{V3.per_page} rows ({V2.per_page} in v2)" in plain
    assert f"up to {V3.most} ({V2.most} in v2)" in plain


# --- settings, verbs, limits, recovery -------------------------------------------------------------------------------


def test_the_page_names_every_setting_and_its_variable() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`|in code only) \|", section("Settings"), re.MULTILINE)
    fields = attrs.fields(NexHealthSettings)
    variables = {field.name: NexHealthSettings.variable(field.name) for field in fields}
    assert rows == [(one.name, variables[one.name] if one.metadata.get("env", True) else "") for one in fields]


def test_the_page_names_every_resource_with_its_verbs() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([a-z_, ]+) \|$", section("Resources and verbs"), re.MULTILINE))
    resources = {}
    client = NexHealth(NexHealthSettings(api_key="k"))
    for name in dir(NexHealth):
        if not name.startswith("_") and type(inspect.getattr_static(NexHealth, name)).__name__ == "cached_property":
            facade = vars(type(getattr(client, name)))
            resources[name] = [verb for verb, value in facade.items() if inspect.isfunction(value) and verb[0] != "_"]
    assert {name: row.split(", ") for name, row in rows.items()} == resources


def test_the_page_gives_the_limits_that_the_client_keeps_to() -> None:
    rows = re.findall(r"^\| (\d+) [^|]+ \| (\d+) \|$", section("Limits"), re.MULTILINE)
    assert [(int(allowed), int(sent)) for allowed, sent in rows] == [
        (quota.limit, quota.usable) for quota in settings.QUOTAS
    ]


def test_the_page_says_how_each_lost_create_is_found() -> None:
    rows = re.findall(r"^\| an? ([\w ]+) \| [^|]+ \|$", section("Lost answers"), re.MULTILINE)
    finders = {value.resource for value in vars(recovery).values() if isinstance(value, recovery.Finder)}
    assert {one.replace(" ", "_") for one in rows} == {resource.removesuffix("s") for resource in finders}


def test_the_page_says_of_every_other_create_that_it_is_not_looked_up() -> None:
    text = section("Lost answers")
    rows = re.findall(r"^\| ([a-z ,]+) \| [^|]+ \| [^|]+ \|$", text.partition("| Not looked up |")[2], re.MULTILINE)
    named = {one.replace(" ", "_") for row in rows for one in row.split(", ")}
    found = {f"{one.replace(' ', '_')}s" for one in re.findall(r"^\| an? ([\w ]+) \|", text, re.MULTILINE)}
    creating = re.findall(r"^\| `(\w+)` \| [^|]*\bcreate\b", section("Resources and verbs"), re.MULTILINE)
    assert sorted(named | found) == sorted(creating)
    assert not named & found


def test_the_page_says_what_each_list_can_be_sorted_by() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `", section("Filters and order"), re.MULTILINE)
    client = NexHealth(NexHealthSettings(api_key="k", subdomain="s"))
    resources = re.findall(r"^\| `(\w+)` \| [^|]*\blist\b", section("Resources and verbs"), re.MULTILINE)
    assert rows == [name for name in resources if "sort" in inspect.signature(getattr(client, name).list).parameters]


def test_the_page_names_every_state_of_writing() -> None:
    named = re.findall(r"^\| `([A-Z]+)` \|", section("Book, and wait until it is written"), re.MULTILINE)
    assert named == [state.name for state in WriteState]


@pytest.mark.parametrize("words", ["tried only against the [sandbox](sandbox.md)", "never against NexHealth itself"])
def test_the_page_says_that_it_was_never_tried_live(words: str) -> None:
    assert words in " ".join(PAGE.partition("\n## ")[0].split())
