"""How Sphinx builds the site: `nox -s docs`. Nothing is fetched, neither here nor by the reader's browser."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from docutils import nodes
from sphinx import addnodes
from sphinx.domains.python import PyXRefRole
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))

import reference

import apptsdk
from apptsdk.models import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "apptsdk"
author = "apptsdk contributors"
project_copyright = author
version = release = apptsdk.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"apptsdk {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}

default_role = "mention"
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

PUBLIC = reference.public_names()
RESOURCES = reference.resource_names()


# --- docstrings ------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"[A-Za-z_][\w.]*(\(\))?")
_FIELD = re.compile(r"    (\w+): +(.*)")
_KEYWORD = re.compile(r"( +\w+)_(: .*)")


def _path_of(name: str, page: str) -> str | None:
    """Find where a name leads: on a provider's pages first to what is that provider's own, its resources too."""
    provider = page.removeprefix("reference/").partition("/")[0]
    return PUBLIC.get(f"{provider}.{name}") or PUBLIC.get(name)


class Mention(SphinxRole):
    """What stands in backticks in a docstring: code, and a link where it is the name of something."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Make the nodes."""
        if not _NAME.fullmatch(self.text):
            return [nodes.literal(self.rawtext, self.text)], []
        text = self.text
        path = _path_of(text.removesuffix("()"), self.env.current_document.docname)
        if path is not None:
            text = f"{text} <{path}>"
        role = PyXRefRole()
        return role(
            "py:obj",
            self.rawtext,
            text,
            self.lineno,
            self.inliner,
            self.options,
            self.content,
        )


def complete_docstring(
    app: Sphinx, what: str, name: str, obj: object, options: Any, lines: list[str]
) -> None:
    """Let models name all their fields, and keep a colon from reading as the end of a type."""
    del app, name, options
    if what in {"attribute", "data", "property"}:
        lines[:1] = [f": {line}" for line in lines[:1]]
    for index, line in reversed(list(enumerate(lines))[1:]):
        if line.startswith("    ") and not lines[index - 1].strip():
            lines[index:index] = [".. code-block:: python", ""]
    if (
        what == "class"
        and isinstance(obj, type)
        and issubclass(obj, Model)
        and obj is not Model
    ):
        lines[:] = _with_fields(obj, lines)
    for index, line in enumerate(lines[1:], 1):
        if keyword := _KEYWORD.fullmatch(line):  # `from_` would read as a link
            lines[index] = f"{keyword[1]}\\_{keyword[2]}"
        if lines[index - 1] == "Returns:":
            lines[index] = f"    : {line.strip()}"
    lines[:] = _without_fences(lines)


def _without_fences(lines: list[str]) -> Iterator[str]:
    """Write a block of another language, which a docstring has between fences, as Sphinx wants it."""
    inside = False
    for line in lines:
        if line.startswith("```"):
            inside = not inside
            yield from (f".. code-block:: {line[3:]}", "") if inside else ("",)
        else:
            yield f"    {line}" if inside and line else line


def _with_fields(kind: type[Model], lines: list[str]) -> Iterator[str]:
    start, own = _explained(lines)
    names = {field.name for field in attrs.fields(kind)}
    if strange := set(own) - names:
        raise ExtensionError(
            f"{kind.__name__} has no {', '.join(strange)}, which its docstring explains."
        )
    said: dict[str, str] = {}
    for base in reversed(kind.__mro__[1:]):  # what a parent says of its fields holds
        said |= _explained((inspect.getdoc(base) or "").splitlines())[1]
    said |= own
    yield from lines[:start]
    yield from ("", "Attributes:")
    for field in attrs.fields(kind):
        if not field.name.startswith("_"):
            yield f"    {field.name} ({field.type}): {said.get(field.name, '')}"
    for name, member in inspect.getmembers(kind, lambda one: isinstance(one, property)):
        if not hasattr(Model, name) and name not in names:
            answer = member.fget.__annotations__["return"]
            yield f"    {name} ({answer}): {' '.join((member.__doc__ or '').split())}"


def _explained(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Find where in a docstring the attributes begin, and what it says of each."""
    start = next(
        (index for index, line in enumerate(lines) if line == "Attributes:"), len(lines)
    )
    said: dict[str, list[str]] = {}
    name = ""
    for line in lines[start + 1 :]:
        if found := _FIELD.fullmatch(line):
            name = found[1]
            said[name] = [found[2]]
        elif name and line.strip():
            said[name].append(line.strip())
    return start, {name: " ".join(parts) for name, parts in said.items()}


def shorten_signature(
    app: Sphinx,
    what: str,
    name: str,
    obj: object,
    options: Any,
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None] | None:
    """Leave out the signatures of what nobody constructs, and give a client the one that its users see."""
    del app, name, options
    if what not in {"class", "exception"} or not isinstance(obj, type):
        return signature, returns
    if issubclass(obj, Warning):
        return None  # Sphinx cannot shorten what Python has no signature of
    if not reference.is_made_by_hand(obj):
        return "", None
    if hasattr(obj, "with_options"):
        return "(settings, **options)", None
    return _constructor(obj) if attrs.has(obj) else signature, None


def _constructor(kind: type[attrs.AttrsInstance]) -> str:
    """The signature that attrs makes, with its defaults as they read."""
    fields = [field for field in attrs.fields(kind) if field.init]
    parts = ["*"] if any(field.kw_only for field in fields) else []
    for field in fields:
        if field.default is attrs.NOTHING:
            parts.append(field.alias or field.name)
        else:
            made = isinstance(field.default, attrs.Factory)
            parts.append(
                f"{field.alias or field.name}={'...' if made else repr(field.default)}"
            )
    return f"({', '.join(parts)})"


# --- pages -----------------------------------------------------------------------------------------------------------


def move_links(app: Sphinx, name: str, content: list[str]) -> None:
    """Let links to files that are no pages of the site lead to what stands for them here."""
    del app, name
    content[0] = content[0].replace("](../CHANGELOG.md)", "](reference/changelog.md)")


def link_names(app: Sphinx, document: nodes.document) -> None:
    """Link the public names in the guides to the reference."""
    page = app.env.current_document.docname
    if page.startswith("reference/"):
        return
    for literal in list(document.findall(nodes.literal)):
        path = _path_of(literal.astext().removesuffix("()"), page)
        if path is not None and not isinstance(
            literal.parent, nodes.reference | nodes.title | addnodes.pending_xref
        ):
            link = addnodes.pending_xref(
                "",
                refdomain="py",
                reftype="obj",
                reftarget=path,
                refexplicit=True,
                refwarn=True,
                refdoc=page,
            )
            literal.replace_self(link)
            link += literal


def lead_types(app: Sphinx, document: nodes.document) -> None:
    """Let a type lead to the provider's own where another provider has one of the same name."""
    page = app.env.current_document.docname
    for link in document.findall(addnodes.pending_xref):
        if link.get("refdomain") == "py" and page.startswith("reference/"):
            link["reftarget"] = _path_of(link["reftarget"], page) or link["reftarget"]


def rename_resources(app: Sphinx, document: nodes.document) -> None:
    """Call a resource what its users call it, `cliniko.patients`, not by its class."""
    del app
    for signature in document.findall(addnodes.desc_signature):
        name = next(
            (RESOURCES[one] for one in signature["ids"] if one in RESOURCES), None
        )
        if name is not None:
            client, _, resource = name.rpartition(".")
            signature[:] = [
                addnodes.desc_addname("", f"{client}."),
                addnodes.desc_name("", resource),
            ]


def tidy_fields(app: Sphinx, document: nodes.document) -> None:
    """Say in one place what is returned, its type and its meaning, and call attributes by that name."""
    del app
    for fields in document.findall(nodes.field_list):
        named = {field[0].astext(): field for field in fields}
        if "Variables" in named:
            named["Variables"][0][:] = [nodes.Text("Attributes")]
        if {"Returns", "Return type"} <= set(named):
            kind, meaning = named["Return type"][1][0], named["Returns"][1][0]
            meaning[:0] = [*kind.children, nodes.Text(" \N{EN DASH} ")]
            fields.remove(named["Return type"])


def check(app: Sphinx, environment: BuildEnvironment) -> None:
    """Fail where something public has no entry."""
    del app
    missing = {
        name: path
        for name, path in PUBLIC.items()
        if path not in environment.domains.python_domain.objects
    }
    if missing:
        raise ExtensionError(f"The reference has no entry for {missing}.")


def setup(app: Sphinx) -> None:
    """Connect it all."""
    reference.write()
    app.add_role("mention", Mention())
    app.connect(
        "autodoc-process-docstring", complete_docstring, priority=400
    )  # before its sections are read
    app.connect("autodoc-process-signature", shorten_signature)
    app.connect("source-read", move_links)
    app.connect("doctree-read", link_names)
    app.connect("doctree-read", lead_types)
    app.connect("doctree-read", rename_resources)
    app.connect("doctree-read", tidy_fields)
    app.connect("env-check-consistency", check)
