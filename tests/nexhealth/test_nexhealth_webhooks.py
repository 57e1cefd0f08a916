"""A webhook's request is believed only if its signature and its age are right."""

import hmac
import json
import pickle
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers as StarletteHeaders
from webhook_bodies import BODY, NOW, SECRET, read
from werkzeug.datastructures import Headers as WerkzeugHeaders

from apptsdk import ApptError, ResponseUnreadableError, SignatureError
from apptsdk.providers.nexhealth.models.webhook_names import WebhookOutcome
from apptsdk.providers.nexhealth.operations import webhooks
from apptsdk.providers.nexhealth.operations.webhooks import sign, verify

# --- the signature ---------------------------------------------------------------------------------------------------

VECTOR = b'{"resource_type":"Appointment","event_name":"appointment_insertion.complete"}'
VECTOR_HEADERS = {
    "timestamp": "2031-02-03T04:05:06Z",
    "signature": "c012c0317313da4cb4790378b42aaabc6a5361aaef4117a8bc347214d2e34426",
}


def test_the_known_signature_is_right() -> None:
    event = verify(VECTOR, VECTOR_HEADERS, secret_key="demo-secret-0001", now=NOW)
    assert (event.event_name, event.outcome) == ("appointment_insertion.complete", WebhookOutcome.COMPLETE)
    assert sign(VECTOR, secret_key="demo-secret-0001", now=NOW) == {
        "content-type": "application/json",
        **VECTOR_HEADERS,
    }


def test_the_real_clock_is_the_default() -> None:
    assert verify(VECTOR, sign(VECTOR, secret_key=SECRET), secret_key=SECRET).event_name
    with pytest.raises(SignatureError, match="days"):
        verify(VECTOR, VECTOR_HEADERS, secret_key="demo-secret-0001")


def test_a_time_in_another_zone_is_signed_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=-5)))
    assert sign(VECTOR, secret_key=SECRET, now=there) == sign(VECTOR, secret_key=SECRET, now=NOW)


def environ(headers: dict[str, str]) -> dict[str, str]:
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}


HEADERS: dict[str, Callable[[dict[str, str]], Any]] = {
    "a dict": dict,
    "capitals": lambda headers: {name.upper(): value for name, value in headers.items()},
    "pairs": lambda headers: list(headers.items()),
    "an iterator of pairs": lambda headers: iter([(name.title(), value) for name, value in headers.items()]),
    "Starlette's": StarletteHeaders,
    "Starlette's raw": lambda headers: StarletteHeaders(
        raw=[(name.encode(), value.encode()) for name, value in headers.items()]
    ),
    "Werkzeug's": WerkzeugHeaders,
    "Flask's": lambda headers: Request(environ(headers)).headers,
}


@pytest.mark.parametrize("make", HEADERS.values(), ids=HEADERS)
def test_headers_of_any_framework_are_read(make: Callable[[dict[str, str]], Any]) -> None:
    headers = {**VECTOR_HEADERS, "user-agent": "x"}
    assert verify(VECTOR, make(headers), secret_key="demo-secret-0001", now=NOW).event_name


def test_during_a_rotation_each_of_several_keys_is_right_and_no_other() -> None:
    headers = sign(VECTOR, secret_key="old", now=NOW)
    for keys in (["new", "old"], ("old", "new"), ["old"]):
        assert verify(VECTOR, headers, secret_key=keys, now=NOW).event_name
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(VECTOR, headers, secret_key=["new", "newer"], now=NOW)


def test_every_key_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    monkeypatch.setattr("apptsdk.signatures.hmac", SimpleNamespace(compare_digest=compare))
    headers = sign(VECTOR, secret_key="first", now=NOW)
    assert verify(VECTOR, headers, secret_key=["first", "second", "third"], now=NOW).event_name
    assert len(compared) == 3


@settings(deadline=None)
@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_changed_byte_of_the_body_is_refused(place: int, change: int) -> None:
    changed = BODY[:place] + bytes([BODY[place] ^ change]) + BODY[place + 1 :]
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(changed, sign(BODY, secret_key=SECRET, now=NOW), secret_key=SECRET, now=NOW, tolerance=None)


@pytest.mark.parametrize("name", ["timestamp", "signature"])
@settings(deadline=None)
@given(data=st.data())
def test_a_changed_character_of_a_header_is_refused(name: str, data: st.DataObject) -> None:
    headers = sign(BODY, secret_key=SECRET, now=NOW)
    value = headers[name]
    place = data.draw(st.integers(0, len(value) - 1))
    other = data.draw(st.characters().filter(lambda character: character != value[place]))
    changed = {**headers, name: value[:place] + other + value[place + 1 :]}
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(BODY, changed, secret_key=SECRET, now=NOW, tolerance=None)


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", " ", "é", "\udcff", "0" * 63, "0" * 64, "0" * 65],
    ids=ascii,
)
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    headers = {**sign(BODY, secret_key=SECRET, now=NOW), "signature": signature}
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(BODY, headers, secret_key=SECRET, now=NOW)


@pytest.mark.parametrize("change", [str.upper, lambda text: text + " ", lambda text: text[:-1]])
def test_only_the_very_signature_is_right(change: Callable[[str], str]) -> None:
    headers = sign(BODY, secret_key=SECRET, now=NOW)
    headers["signature"] = change(headers["signature"])
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(BODY, headers, secret_key=SECRET, now=NOW)


def test_the_signature_of_the_bare_body_is_refused() -> None:
    bare = hmac.new(SECRET.encode(), BODY, sha256).hexdigest()
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(BODY, {"timestamp": "2031-02-03T04:05:06Z", "signature": bare}, secret_key=SECRET, now=NOW)


@pytest.mark.parametrize("name", ["timestamp", "signature"])
def test_a_missing_header_is_named(name: str) -> None:
    headers = sign(BODY, secret_key=SECRET, now=NOW)
    del headers[name]
    with pytest.raises(SignatureError, match=f"'{name}' is missing"):
        verify(BODY, {**headers, f"x-nexhealth-{name}": "1"}, secret_key=SECRET, now=NOW, tolerance=None)


@pytest.mark.parametrize("name", ["timestamp", "signature"])
def test_a_header_that_is_there_twice_is_refused(name: str) -> None:
    headers = sign(BODY, secret_key=SECRET, now=NOW)
    with pytest.raises(SignatureError, match=f"'{name}' is there more than once"):
        verify(BODY, [*headers.items(), (name.upper(), headers[name])], secret_key=SECRET, now=NOW)


# --- the age ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [-300, -1, 0, 1, 300])
def test_a_request_within_the_tolerance_is_taken(seconds: int) -> None:
    headers = sign(BODY, secret_key=SECRET, now=NOW)
    assert verify(BODY, headers, secret_key=SECRET, now=NOW + timedelta(seconds=seconds)).event_name


@pytest.mark.parametrize(("seconds", "says"), [(301, "0:05:01 old"), (-301, "0:05:01 ahead of this clock")])
def test_a_request_outside_the_tolerance_is_refused(seconds: int, says: str) -> None:
    headers = sign(BODY, secret_key=SECRET, now=NOW)
    later = NOW + timedelta(seconds=seconds)
    with pytest.raises(SignatureError, match=rf"{says}; tolerated is 0:05:00\.$"):
        verify(BODY, headers, secret_key=SECRET, now=later)
    assert verify(BODY, headers, secret_key=SECRET, now=later, tolerance=timedelta(seconds=301)).event_name
    assert verify(BODY, headers, secret_key=SECRET, now=later, tolerance=None).event_name


def signed_at(timestamp: str) -> dict[str, str]:
    """Headers with a right signature, whatever the timestamp is."""
    message = f"{timestamp}.{b64encode(BODY).decode()}".encode()
    return {"timestamp": timestamp, "signature": hmac.new(SECRET.encode(), message, sha256).hexdigest()}


@pytest.mark.parametrize("timestamp", ["", "now", "2031-02-03T04:05:06", "2031-02-03", "1927858506", "2031-02-30T00Z"])
def test_a_timestamp_that_is_none_is_refused_although_it_is_signed(timestamp: str) -> None:
    with pytest.raises(SignatureError, match="timestamp is not an ISO 8601 date-time with its offset"):
        verify(BODY, signed_at(timestamp), secret_key=SECRET, now=NOW)
    assert verify(BODY, signed_at(timestamp), secret_key=SECRET, now=NOW, tolerance=None).event_name


@pytest.mark.parametrize(
    "timestamp", ["2031-02-03T04:05:06.789Z", "2031-02-02T23:05:06-05:00", "2031-02-03T04:05:06+0000"]
)
def test_a_timestamp_may_have_fractions_and_any_offset(timestamp: str) -> None:
    assert verify(BODY, signed_at(timestamp), secret_key=SECRET, now=NOW, tolerance=timedelta(seconds=1)).event_name


@pytest.mark.parametrize("timestamp", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_timestamp_at_the_end_of_the_calendar_is_refused(timestamp: str) -> None:
    with pytest.raises(SignatureError, match="days"):
        verify(BODY, signed_at(timestamp), secret_key=SECRET, now=NOW)


# --- arguments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [BODY.decode(), json.loads(BODY), bytearray(BODY), None], ids=lambda b: type(b).__name__
)
def test_a_body_that_is_no_longer_raw_is_refused_with_what_to_hand_in(body: Any) -> None:
    with pytest.raises(TypeError, match=r"body must be bytes, .*await request\.body\(\).*request\.get_data\(\)"):
        verify(body, sign(BODY, secret_key=SECRET), secret_key=SECRET)
    with pytest.raises(TypeError, match="body must be bytes"):
        sign(body, secret_key=SECRET)


ARGUMENTS: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "no headers": ({"headers": None}, TypeError, "headers must be a mapping or pairs"),
    "headers as a text": ({"headers": "timestamp: 1"}, TypeError, "headers must be a mapping or pairs"),
    "headers in bytes": ({"headers": [(b"timestamp", b"1")]}, TypeError, "headers must be pairs of texts"),
    "a header's values": ({"headers": {"timestamp": ["1"]}}, TypeError, "headers must be pairs of texts"),
    "names alone": ({"headers": ["timestamp"]}, TypeError, "headers must be pairs of texts"),
    "no secret": ({"secret_key": None}, TypeError, "secret_key must be a str, or a sequence of them, not NoneType"),
    "a secret in bytes": ({"secret_key": SECRET.encode()}, TypeError, "secret_key must be a str"),
    "one of none": ({"secret_key": [SECRET, None]}, TypeError, "secret_key must be a str"),
    "an empty secret": ({"secret_key": ""}, ValueError, "secret_key is an empty text"),
    "an empty one of two": ({"secret_key": [SECRET, ""]}, ValueError, "secret_key is an empty text"),
    "no secrets": ({"secret_key": []}, ValueError, "secret_key is empty"),
    "half a pair": ({"secret_key": SECRET + "\ud800"}, ValueError, "secret_key is not valid Unicode"),
    "a number": ({"tolerance": 300}, TypeError, "tolerance must be a timedelta"),
    "a negative tolerance": ({"tolerance": -timedelta(seconds=1)}, ValueError, "tolerance is negative"),
    "a naive time": ({"now": datetime(2031, 2, 3, 4)}, ValueError, "now is naive"),  # noqa: DTZ001
    "a time in seconds": ({"now": 1927858506}, TypeError, "now must be a datetime"),
}


@pytest.mark.parametrize(("wrong", "kind", "says"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_wrong_argument_is_refused_by_name_and_never_quoted(
    wrong: dict[str, Any], kind: type[Exception], says: str
) -> None:
    arguments: dict[str, Any] = {
        "headers": sign(BODY, secret_key=SECRET, now=NOW),
        "secret_key": SECRET,
        "now": NOW,
        **wrong,
    }
    with pytest.raises(kind, match=says) as caught:
        verify(BODY, **arguments)
    assert not isinstance(caught.value, ApptError)
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_error_names_the_verb_and_holds_neither_the_secret_nor_the_body() -> None:
    with pytest.raises(SignatureError) as caught:
        verify(BODY, {**sign(BODY, secret_key="other", now=NOW)}, secret_key=SECRET, now=NOW)
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.provider, error.operation) == ("nexhealth", "nexhealth.webhooks.verify")
    assert isinstance(error, ApptError)
    for text in (str(error), repr(error), repr(vars(error))):
        assert SECRET not in text
        assert "canary" not in text


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "words": (b"canary-note", "line 1, column 1: not JSON"),
    "half": (BODY[:-1], "not JSON"),
    "a list": (b"[1]", r"\$: not an object"),
    "null": (b"null", r"\$: not an object"),
    "bad UTF-8": (b'{"a": "\xff"}', "not JSON"),
    "too deep": (b"[" * 100_000 + b"]" * 100_000, "not JSON"),
    "too many": (b"[" + b"[]," * 300_000 + b"[]]", "more arrays"),
}


@pytest.mark.parametrize(("body", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_signed_body_that_is_no_json_object_is_unreadable(body: bytes, says: str) -> None:
    with pytest.raises(ResponseUnreadableError, match=says) as caught:
        read(body)
    assert re.search(says, caught.value.paths[0])
    assert (caught.value.provider, caught.value.response) == ("nexhealth", None)
    assert "canary" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("body", [b"", b"nonsense"])
def test_an_unsigned_body_is_not_even_read(body: bytes) -> None:
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(body, sign(BODY, secret_key=SECRET, now=NOW), secret_key=SECRET, now=NOW)


def test_webhooks_do_no_io_and_need_no_http_library() -> None:
    code = f"import sys, {webhooks.__name__}; print({{'httpx', 'httpx2', 'anyio'}} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"
