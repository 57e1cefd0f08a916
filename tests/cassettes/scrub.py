"""What may stand in a cassette: no credentials, no header that nobody reads, and of a live system no person."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import attrs
from inventions import DATE, MADE_UP, MOMENT, invented, made_up_secret, number_of
from system import GUID, System, user_agent
from vcr.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCRUBBED = "(scrubbed)"
_PLAIN = "[]:=<>,*~!?"  # what is legible as it is, in a query that nobody sends
_ID = re.compile(r"[0-9]{1,19}")
_FIELD = re.compile(r"[0-9.]+|[a-z]+/[0-9A-Za-z.+-]+(?:; ?(?:charset|version)=[0-9A-Za-z-]+)?")
_MEMBER = re.compile(r"[A-Za-z_][0-9A-Za-z_-]*")
_FILTER = re.compile(r"(?P<name>[a-z_.]+):(?P<how>>=|<=|!=|~~|[=<>~]?)(?P<value>.*)", re.DOTALL)
_LARGE = 1_000_000
_FORM = "x-www-form-urlencoded"
_NOBODYS = "00000000-0000-4000-8000-"
_ANYTHING = frozenset({"", "*", "?", "!?", "true", "false"})


class LeakError(Exception):
    """A recording holds what must not be written. It says where from, not what."""


def _read_form(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True)


def legible(url: str) -> str:
    """Write a URL so that its query can be read."""
    parts = urlsplit(url)
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True), safe=_PLAIN)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def form(pairs: Iterable[tuple[str, str]]) -> str:
    """Write a form so that it can be read."""
    return urlencode([*pairs], safe="/()")


@attrs.define
class Scrubber:
    """Takes out of requests and answers what may not stand in a file, and writes the rest in one way.

    Args:
        system: Whose they are.
        settings: With which they were made.
        people: Whether they may tell of people, as those of a live system do: whatever is not known to be harmless is
            replaced then. The same value becomes the same made-up one, so that what was found can be asked for.
        ours: Texts that are made up already.
    """

    system: System
    settings: Any
    people: bool = False
    ours: frozenset[str] = frozenset()
    _roots: tuple[tuple[str, str], ...] = attrs.field(init=False)
    _segments: frozenset[str] = attrs.field(init=False)
    _agent: str | None = attrs.field(init=False)
    _keys: Mapping[str, str] = attrs.field(init=False)
    _made_up: dict[tuple[str, str], str] = attrs.field(factory=dict)
    _counts: dict[str, int] = attrs.field(factory=dict)
    _asking: bool = False
    """Whether it is a request that is scrubbed."""

    def __attrs_post_init__(self) -> None:
        ours = self.system.settings
        roots = (self.system.roots_of(settings) for settings in (self.settings, ours))
        self._roots = tuple(zip(*roots, strict=True))
        paths = [value for value in self.system.guessed(self.settings).values() if isinstance(value, str)]
        self._segments = self.system.segments.union(*(path.split("/") for path in paths if path.startswith("/")))
        self._agent = user_agent(self.settings)
        for setting, kind in self.system.account.items():
            theirs = getattr(self.settings, setting)
            if theirs is not None:
                self._made_up[kind, str(theirs)] = str(getattr(ours, setting))
        for kind, theirs, twin in self.system.twins(self.settings, ours):
            self._made_up[kind, theirs] = twin
        self._keys = {
            key: f"({name})" for name in self.system.keys if (key := getattr(self.settings, name)) is not None
        }
        for key, name in self._keys.items():
            self._made_up[name.strip("()"), key] = name

    def secrets(self) -> Iterable[str]:
        """Give what must be in no file: the key, tokens, the account's host, and who recorded it."""
        account, ours = self.settings.account(), self.system.settings
        yield from account.auth.secrets(account)
        yield from (text for (kind, text) in self._made_up if kind in self.system.secrets)
        pairs = (*self._roots, (self._agent, self.system.user_agent))
        for name in self.system.naming:
            pairs += ((getattr(self.settings, name), getattr(ours, name)),)
        yield from (theirs for theirs, other in pairs if theirs and theirs != other)

    def check(self, text: str) -> None:
        """Refuse a file that holds a secret all the same.

        Raises:
            LeakError: It does.
        """
        if any(secret.lower() in text.lower() for secret in self.secrets()):
            raise LeakError(f"A cassette of {self.system.name} would hold a secret; nothing was written.")

    # --- whole messages ----------------------------------------------------------------------------------------------

    def both(self, request: Request, answer: dict[str, Any]) -> tuple[Request, dict[str, Any]]:
        """Scrub an exchange, as vcrpy's hook."""
        return self.request(request), self.answer(answer)

    def request(self, request: Request) -> Request:
        """Scrub a request. What is scrubbed already stays as it is."""
        self._asking = True
        kept = {name.lower(): value for name, value in request.headers.items()}
        headers = {name.title(): self._sent(name, kept[name]) for name in sorted(self.system.request_headers & {*kept})}
        body = self._body(request.body or b"", kept.get("content-type", "")) or None
        return Request(request.method, self._url(request.uri), body, headers)

    def answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Scrub an answer. What is scrubbed already stays as it is."""
        self._asking = False
        code, body = answer["status"]["code"], answer["body"]["string"] or b""
        kept = {name.lower(): values for name, values in answer["headers"].items()}
        kind = ";".join(kept.get("content-type", ()))
        return {
            "status": {"code": code, "message": ""},  # the phrase is the interpreter's, and differs
            "headers": {
                name.title(): [self._field(value) for value in kept[name]]
                for name in sorted(self.system.answer_headers & {*kept})
            },
            "body": {"string": self._body(body, kind)},
        }

    def _sent(self, name: str, value: str) -> str:
        if name in self.system.signed:
            return self._signature(self.system.signed[name], value)
        if name == "user-agent" and value == self._agent:
            return str(self.system.user_agent)
        return value

    def _signature(self, forms: Mapping[str, str], value: str) -> str:
        if value in forms.values():
            return value
        for (kind, text), made_up in self._made_up.items():
            if kind in self.system.secrets:
                value = value.replace(text, made_up)
        found = ((re.fullmatch(form, value), shown) for form, shown in forms.items())
        return next((match.expand(shown) for match, shown in found if match), SCRUBBED)

    def _field(self, value: str) -> str:
        if self._is_link(value):
            return self._link(value)
        return value if not self.people or _FIELD.fullmatch(value) else SCRUBBED

    def _body(self, body: bytes, kind: str) -> str:
        text = body.decode()
        if not text:
            return ""
        if _FORM in kind:
            return form((self._member(name), self._filled_in(name, value)) for name, value in _read_form(text))
        if "json" not in kind:
            return SCRUBBED if self.people else self._moved(text)
        try:
            said = json.loads(text)
        except ValueError:
            return SCRUBBED if self.people else text
        return json.dumps(self._value("", said), indent=2, ensure_ascii=False)

    # --- what they say -----------------------------------------------------------------------------------------------

    def _value(self, name: str, value: Any) -> Any:
        match value:
            case dict():
                return {self._member(key): self._value(self._name(key), one) for key, one in value.items()}
            case list():
                return [self._value(name, one) for one in value]
            case str():
                return self._text(name, value)
            case int() | float() if self.people and not isinstance(value, bool):
                return self._number(name, value)
            case _:
                return value

    def _number(self, name: str, value: float) -> float:
        if name in self.system.numbers and 0 <= value < _LARGE:
            return value
        if self.system.is_id(name) and isinstance(value, int) and value > 0:
            return int(self._id(str(value)))
        return type(value)(0)

    def _name(self, member: str) -> str:
        """Name what a member holds, where its name may be kept."""
        return member if _MEMBER.fullmatch(member) and not GUID.fullmatch(member) else "value"

    def _member(self, name: str) -> str:
        if not self.people:
            return name
        if GUID.fullmatch(name):
            return self._id(name)
        return name if _MEMBER.fullmatch(name) else self._invent("member", name)

    def _filled_in(self, name: str, value: str) -> str:
        known = self._made_up.get((name, value))
        return self._text(name, value) if known is None else known

    def _text(self, name: str, text: str) -> str:
        if text in self._keys:
            return self._keys[text]
        if name in self.system.secrets and text:
            return self._secret(self.system.alike.get(name, name), text)
        if name in self.system.packed:
            return self._unpacked(name, text)
        if self._is_link(text):
            return self._link(text)
        if not self.people or not text or text in self.ours or self._says_nothing(name, text):
            return text
        is_id = GUID.fullmatch(text) or (self.system.is_id(name) and _ID.fullmatch(text))
        return self._id(text) if is_id else self._invent(name, text)

    def _unpacked(self, name: str, text: str) -> str:
        try:
            said = json.loads(text)
        except ValueError:
            return self._invent(name, text) if self.people and text else text
        return json.dumps(self._value("", said), ensure_ascii=False, separators=(",", ":"))

    def _says_nothing(self, name: str, text: str) -> bool:
        known, when = self.system, name in self.system.moments
        word = name in known.words and known.vocabulary.fullmatch(text)
        moment = (when or name.endswith("_at")) and MOMENT.fullmatch(text)
        return bool(word or moment or (when and DATE.fullmatch(text)))

    def _moved(self, text: str) -> str:
        for theirs, ours in self._roots:
            text = text.replace(theirs, ours)
        return text

    def _link(self, link: str) -> str:
        found = self._fitting(link)
        if found is None:
            return link
        theirs, ours = found
        moved = ours + link.removeprefix(theirs)
        if not self.people:
            return moved
        parts, kept = urlsplit(moved), urlsplit(ours).path
        path = kept + self._path(parts.path.removeprefix(kept))
        return urlunsplit((parts.scheme, parts.netloc, path, urlencode(self._query(parts.query)), ""))

    def _is_link(self, text: str) -> bool:
        return self._fitting(text) is not None

    def _fitting(self, link: str) -> tuple[str, str] | None:
        fitting = (pair for pair in self._roots if link.startswith(pair[0]))
        return next((pair for pair in fitting if link[len(pair[0]) :][:1] in {"", "/", "?"}), None)

    def _url(self, url: str) -> str:
        return legible(self._link(url))

    def _path(self, path: str) -> str:
        return "/".join(part if self._is_plain(part) else self._text("id", part) for part in path.split("/"))

    def _is_plain(self, part: str) -> bool:
        return part in self._segments or DATE.fullmatch(part) is not None

    def _query(self, query: str) -> list[tuple[str, str]]:
        return [(name, self._asked(name, value)) for name, value in parse_qsl(query, keep_blank_values=True)]

    def _asked(self, name: str, value: str) -> str:
        if name in self.system.parameters and self.system.parameters[name].fullmatch(value):
            return value
        if value in self.ours or value in _ANYTHING:
            return value
        found = _FILTER.fullmatch(value)
        if found is None:
            return self._text(name.removesuffix("[]"), value)
        about, how, wanted = found.groups()
        if wanted in _ANYTHING or about in self.system.numbers:
            return value
        many = wanted.split(",") if self.system.is_id(about) else [wanted]
        return f"{about}:{how}{','.join(self._text(about, one) for one in many)}"

    # --- what is made up ---------------------------------------------------------------------------------------------

    def _secret(self, name: str, text: str) -> str:
        if text == f"({name})" or number_of(name, text) is not None:
            return text
        key = (name, text)
        if self._asking and key not in self._made_up and text.startswith(MADE_UP):
            return SCRUBBED  # it is not what was answered
        if key not in self._made_up:
            self._made_up[key] = made_up_secret(name, text, self._count(name))
        return self._made_up[key]

    def _id(self, id_: str) -> str:
        key = ("id", id_.lower())
        if key not in self._made_up:
            count = self._count("id")
            self._made_up[key] = f"{_NOBODYS}{count:012}" if GUID.fullmatch(id_) else str(10**18 + count)
        return self._made_up[key]

    def _invent(self, name: str, text: str) -> str:
        name = self.system.alike.get(name, name)
        key = (name, text)
        if key not in self._made_up:
            self._made_up[key] = invented(name, text, self._count(name))
        return self._made_up[key]

    def _count(self, name: str) -> int:
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]
