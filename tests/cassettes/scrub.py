"""What may stand in a cassette: no credentials, no header that nobody reads, and of a live system no person."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import attrs
from systems import System, user_agent
from vcr.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

SCRUBBED = "(scrubbed)"
_PLAIN = "[]:=<>,*~!?"  # what is legible as it is, in a query that nobody sends
_ID = re.compile(r"[0-9]{1,19}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+)|[0-9]{2}:[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FIELD = re.compile(r"[0-9.]+|[a-z]+/[a-z0-9.+-]+(?:; ?charset=[0-9A-Za-z-]+)?")
_MEMBER = re.compile(r"[A-Za-z_][0-9A-Za-z_-]*")
_FILTER = re.compile(r"(?P<name>[a-z_.]+):(?P<how>>=|<=|!=|~~|[=<>~]?)(?P<value>.*)", re.DOTALL)
_LARGE = 1_000_000
_ANYTHING = frozenset({"", "*", "?", "!?", "true", "false"})


class LeakError(Exception):
    """A recording holds what must not be written. It says where from, not what."""


def legible(url: str) -> str:
    """Write a URL so that its query can be read."""
    parts = urlsplit(url)
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True), safe=_PLAIN)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


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
    _root: str = attrs.field(init=False)
    _new_root: str = attrs.field(init=False)
    _agent: str | None = attrs.field(init=False)
    _made_up: dict[tuple[str, str], str] = attrs.field(factory=dict)
    _counts: dict[str, int] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._root, self._new_root = _root_of(self.settings), _root_of(self.system.settings)
        self._agent = user_agent(self.settings)

    def secrets(self) -> Iterable[str]:
        """Give what must be in no file: the key, the account's host, and who recorded it."""
        account, ours = self.settings.account(), self.system.settings
        yield from account.auth.secrets(account)
        pairs = ((self._root, self._new_root), (self._agent, self.system.user_agent))
        for name in ("app_name", "contact_email"):
            pairs += ((getattr(self.settings, name, None), getattr(ours, name, None)),)
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
        kept = {name.lower(): value for name, value in request.headers.items()}
        headers = {name.title(): self._sent(name, kept[name]) for name in sorted(self.system.request_headers & {*kept})}
        body = self._body(request.body or b"", kept.get("content-type", "")) or None
        return Request(request.method, self._url(request.uri), body, headers)

    def answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Scrub an answer. What is scrubbed already stays as it is."""
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
            scheme = value.partition(" ")[0]
            signed = re.fullmatch(self.system.signed[name], value) or value == f"{scheme} {SCRUBBED}"
            return f"{scheme} {SCRUBBED}" if signed else SCRUBBED
        if name == "user-agent" and value == self._agent:
            return str(self.system.user_agent)
        return value

    def _field(self, value: str) -> str:
        if self._is_link(value):
            return self._link(value)
        return value if not self.people or _FIELD.fullmatch(value) else SCRUBBED

    def _body(self, body: bytes, kind: str) -> str:
        text = body.decode()
        if not text:
            return ""
        if "json" not in kind:
            return SCRUBBED if self.people else text.replace(self._root, self._new_root)
        try:
            said = json.loads(text)
        except ValueError:
            return SCRUBBED if self.people else text
        return json.dumps(self._value("", said), indent=2, ensure_ascii=False)

    # --- what they say -----------------------------------------------------------------------------------------------

    def _value(self, name: str, value: Any) -> Any:
        match value:
            case dict():
                return {self._member(key): self._value(key, one) for key, one in value.items()}
            case list():
                return [self._value(name, one) for one in value]
            case str():
                return self._text(name, value)
            case int() | float() if self.people and not isinstance(value, bool):
                return value if name in self.system.numbers and 0 <= value < _LARGE else type(value)(0)
            case _:
                return value

    def _member(self, name: str) -> str:
        return name if not self.people or _MEMBER.fullmatch(name) else self._invent("member", name)

    def _text(self, name: str, text: str) -> str:
        if self._is_link(text):
            return self._link(text)
        if not self.people or not text or text in self.ours:
            return text
        if name in self.system.words and self.system.vocabulary.fullmatch(text):
            return text
        if _is_id(name) and _ID.fullmatch(text):
            return self._id(text)
        if (name.endswith("_at") or name == "appointment_start") and _MOMENT.fullmatch(text):
            return text
        return self._invent(name, text)

    def _link(self, link: str) -> str:
        if not self._is_link(link):
            return link
        moved = self._new_root + link.removeprefix(self._root)
        if not self.people:
            return moved
        parts = urlsplit(moved)
        return urlunsplit((parts.scheme, parts.netloc, self._path(parts.path), urlencode(self._query(parts.query)), ""))

    def _is_link(self, text: str) -> bool:
        return text.startswith(self._root) and text[len(self._root) :][:1] in {"", "/", "?"}

    def _url(self, url: str) -> str:
        return legible(self._link(url))

    def _path(self, path: str) -> str:
        return "/".join(part if part in self.system.segments else self._text("id", part) for part in path.split("/"))

    def _query(self, query: str) -> list[tuple[str, str]]:
        return [(name, self._asked(name, value)) for name, value in parse_qsl(query, keep_blank_values=True)]

    def _asked(self, name: str, value: str) -> str:
        if name in self.system.parameters and self.system.parameters[name].fullmatch(value):
            return value
        if value in self.ours:
            return value
        found = _FILTER.fullmatch(value)
        if found is None:
            return self._invent("query", value)
        about, how, wanted = found.groups()
        if wanted in _ANYTHING or about in self.system.numbers:
            return value
        many = wanted.split(",") if _is_id(about) else [wanted]
        return f"{about}:{how}{','.join(self._text(about, one) for one in many)}"

    # --- what is made up ---------------------------------------------------------------------------------------------

    def _id(self, id_: str) -> str:
        key = ("id", id_)
        if key not in self._made_up:
            self._made_up[key] = str(10**18 + self._count("id"))
        return self._made_up[key]

    def _invent(self, name: str, text: str) -> str:
        key = (name, text)
        if key not in self._made_up:
            self._made_up[key] = _invented(name, text, self._count(name))
        return self._made_up[key]

    def _count(self, name: str) -> int:
        self._counts[name] = self._counts.get(name, 0) + 1
        return self._counts[name]


def _root_of(settings: Any) -> str:
    # Not every link of a provider is below its base: the last part, such as /v1, is left out.
    url = str(settings.url)
    return url.removesuffix("/" + urlsplit(url).path.rpartition("/")[2])


def _is_id(name: str) -> bool:
    return name == "id" or name.endswith(("_id", "_ids"))


def _invented(name: str, text: str, count: int) -> str:
    """Make up the n-th value of a name, of the same kind, so that it still decodes."""
    if _DATE.fullmatch(text):
        return (date(1970, 1, 1) + timedelta(days=count)).isoformat()
    if _NUMBER.fullmatch(text):
        return str(count)
    if _MOMENT.fullmatch(text):
        return (date(1970, 1, 1) + timedelta(days=count)).isoformat() + "T00:00:00Z"
    if "email" in name:
        return f"person{count}@example.com"
    return f"https://example.com/{name}/{count}" if text.startswith("http") else f"{name or 'text'} {count}"
