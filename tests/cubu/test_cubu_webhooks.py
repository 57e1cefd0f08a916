"""A webhook's request is believed only if its MAC is right."""

import hmac
import json
import pickle
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from cubu_webhook_bodies import AFTER_BOOK, BODY, CASE, KEY
from flask import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers as StarletteHeaders
from werkzeug.datastructures import Headers as WerkzeugHeaders

from apptsdk import ApptError, SignatureError
from apptsdk.providers.cubu import AsyncCubu, Cubu, CubuSettings, signing
from apptsdk.providers.cubu.events import CaseEvent, WebhookAction, WebhookEvent
from apptsdk.providers.cubu.operations import webhooks
from apptsdk.providers.cubu.signing import sign, verify

# --- the signature ---------------------------------------------------------------------------------------------------

VECTOR = b'{"caseId":"7b0e1c52-3a9f-4d21-9c41-5f0a77d2e631","status":"Planned"}'
VECTOR_KEY = "demo-key-0001"
MACS = {  # written by `openssl dgst -<algorithm> -hmac demo-key-0001`
    "sha224": (
        "GFHB5v6zRGKjpAFhboemh8iPB4me6I+Las+kMw==",
        "1851c1e6feb34462a3a401616e87a687c88f07899ee88f8b6acfa433",
    ),
    "sha256": (
        "xmgBCNSLVxIWRhgSvISpxEoIrn5opj/QT40tazynhpg=",
        "c6680108d48b571216461812bc84a9c44a08ae7e68a63fd04f8d2d6b3ca78698",
    ),
    "sha384": (
        "GzUI7/TI1/FHgWYV5UcTZnK2P/6SIfKnhd+SDCnlv0dVwZGOtRpPYfXnTPW375iN",
        "1b3508eff4c8d7f147816615e547136672b63ffe9221f2a785df920c29e5bf4755c1918eb51a4f61f5e74cf5b7ef988d",
    ),
    "sha512": (
        "u3J2WE1LodNKf1oxllPEuhGsnlACLODGX3U7Fp3ZWwpoyV1fxwRGUF3l3z5B/KQEKzh8buvcuRsESB/kWmANIg==",
        (
            "bb7276584d4ba1d34a7f5a319653c4ba11ac9e50022ce0c65f753b169dd95b0a"
            "68c95d5fc70446505de5df3e41fca4042b387c6eebdcb91b04481fe45a600d22"
        ),
    ),
    "sha3_224": (
        "0BOnl0X9ZLd5Irit3EXDc92uAukc9aH8kMGsKw==",
        "d013a79745fd64b77922b8addc45c373ddae02e91cf5a1fc90c1ac2b",
    ),
    "sha3_256": (
        "WsOLZ95pBN0pbKaU1uYQyTYmXeOzt4q3Z5Yc2kw30KY=",
        "5ac38b67de6904dd296ca694d6e610c936265de3b3b78ab767961cda4c37d0a6",
    ),
    "sha3_384": (
        "FDc1GdT7LH2EqCX5QYfbjqd/n1IfbAL/+MpNzIOVmaEGtCxPtNLYmtFrL3E4hLqq",
        "14373519d4fb2c7d84a825f94187db8ea77f9f521f6c02fff8ca4dcc839599a106b42c4fb4d2d89ad16b2f713884baaa",
    ),
    "sha3_512": (
        "Hdtn6w6mLO+AvJAWnfiOHYbIDc+VKXX7Pi9TU9kKaQ2qUyxiBZKEohQBfFtXGnXeWQIxtAf5FPZZ+p5DlecZ9g==",
        (
            "1ddb67eb0ea62cef80bc90169df88e1d86c80dcf952975fb3e2f5353d90a690d"
            "aa532c62059284a214017c5b571a75de590231b407f914f659fa9e4395e719f6"
        ),
    ),
}
IN_BASE64, IN_HEX = MACS["sha256"]
HEADERS = {"authorization": f"HMAC {IN_BASE64}"}


def settings_with(**more: Any) -> CubuSettings:
    return CubuSettings(
        tenant_id="11111111-0000-4000-8000-00000000000a",
        client_id="11111111-0000-4000-8000-00000000000b",
        client_secret="canary-secret",
        application_id="11111111-0000-4000-8000-00000000000c",
        **more,
    )


def test_the_known_mac_is_right() -> None:
    event = verify(VECTOR, HEADERS, key=VECTOR_KEY)
    assert isinstance(event, CaseEvent)
    assert (event.case_id, event.status, event.action) == (CASE, "Planned", None)
    assert sign(VECTOR, key=VECTOR_KEY) == {"content-type": "application/json", **HEADERS}


@pytest.mark.parametrize(("algorithm", "macs"), MACS.items(), ids=MACS)
def test_every_algorithm_is_known_in_base64_and_hex_and_to_clients(algorithm: str, macs: tuple[str, str]) -> None:
    for mac in (*macs, macs[1].upper()):
        headers = {"Authorization": f"HMAC {mac}"}
        assert verify(VECTOR, headers, key=VECTOR_KEY, algorithm=algorithm).decoded
        scope = settings_with(webhook_algorithm=algorithm).scope_of_calls
        assert webhooks.verify(scope, VECTOR, headers, key=VECTOR_KEY).decoded
        for other in set(MACS) - {algorithm}:
            with pytest.raises(SignatureError, match=r"signature is wrong|not as long as"):
                verify(VECTOR, headers, key=VECTOR_KEY, algorithm=other)
    in_base64 = sign(VECTOR, key=VECTOR_KEY, algorithm=algorithm)
    in_hex = sign(VECTOR, key=VECTOR_KEY, algorithm=algorithm, encoding="hex")
    assert (in_base64["authorization"], in_hex["authorization"]) == (f"HMAC {macs[0]}", f"HMAC {macs[1]}")


def test_clients_take_the_algorithm_from_their_settings_and_the_action_from_the_path() -> None:
    async def in_both_worlds(algorithm: str, headers: dict[str, str]) -> list[WebhookEvent]:
        given = settings_with(webhook_algorithm=algorithm)
        with Cubu(given) as cubu:
            found = [cubu.webhooks.verify(VECTOR, headers, key=VECTOR_KEY, path=AFTER_BOOK)]
        async with AsyncCubu(given) as cubu:  # nothing to await
            return [*found, cubu.webhooks.verify(VECTOR, headers, key=VECTOR_KEY, path=AFTER_BOOK)]

    headers = {"authorization": f"HMAC {MACS['sha512'][0]}"}
    events = anyio.run(in_both_worlds, "sha512", headers)
    assert [event.action for event in events] == [WebhookAction.AFTER_BOOK_APPOINTMENT] * 2
    with pytest.raises(SignatureError, match="not as long as HMAC-sha256 in base64 or hex"):
        anyio.run(in_both_worlds, "sha256", headers)


def test_a_key_counts_by_its_bytes_in_utf_8() -> None:
    headers = {"authorization": "HMAC uyGQajegXLDq91T0VCsvlzpy2fuGY9D3+iezX/pQ+Q0="}  # openssl's too
    assert verify(VECTOR, headers, key="clé-ключ").decoded
    assert sign(VECTOR, key="clé-ключ")["authorization"] == headers["authorization"]


def environ(headers: dict[str, str]) -> dict[str, str]:
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}


MADE: dict[str, Callable[[dict[str, str]], Any]] = {
    "a dict": dict,
    "capitals": lambda headers: {name.upper(): value for name, value in headers.items()},
    "pairs": lambda headers: list(headers.items()),
    "an iterator of pairs": lambda headers: iter([(name.title(), value) for name, value in headers.items()]),
    "Starlette's": StarletteHeaders,
    "Werkzeug's": WerkzeugHeaders,
    "Flask's": lambda headers: Request(environ(headers)).headers,
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_headers_of_any_framework_are_read(make: Callable[[dict[str, str]], Any]) -> None:
    assert verify(VECTOR, make({**HEADERS, "user-agent": "x"}), key=VECTOR_KEY).decoded


@pytest.mark.parametrize("form", ["HMAC {}", "hmac {}", "Hmac {}", "HMAC   {}"])
@pytest.mark.parametrize("mac", [IN_BASE64, IN_HEX, IN_HEX.upper()])
def test_the_scheme_is_read_in_any_case(form: str, mac: str) -> None:
    assert verify(VECTOR, {"authorization": form.format(mac)}, key=VECTOR_KEY).decoded


@pytest.mark.parametrize(
    "value", ["", " ", IN_BASE64, "Bearer canary", f"Basic {IN_BASE64}", f"HMAC-SHA256 {IN_BASE64}", f" HMAC {IN_HEX}"]
)
def test_another_scheme_is_refused_and_not_quoted(value: str) -> None:
    with pytest.raises(SignatureError, match=r"^The header 'authorization' is not of the form `HMAC <mac>`\.$"):
        verify(VECTOR, {"authorization": value}, key=VECTOR_KEY)


@pytest.mark.parametrize("mac", ["", IN_HEX[:-1], IN_BASE64.rstrip("="), f"{IN_BASE64} ", f"{IN_HEX} x", f"={IN_HEX}"])
def test_a_mac_of_another_length_is_refused_with_what_may_be_the_reason(mac: str) -> None:
    with pytest.raises(SignatureError, match="not as long as HMAC-sha256 in base64 or hex: is it of another algorithm"):
        verify(VECTOR, {"authorization": f"HMAC {mac}"}, key=VECTOR_KEY)


@pytest.mark.parametrize(
    "mac",
    [
        IN_BASE64.swapcase(),
        IN_BASE64.replace("/", "_"),
        IN_BASE64[:-2] + "h=",  # the same bytes to a careless decoder
        "0" * 64,
        "é" * 44,
        "\udcff" * 64,
        IN_HEX.replace("a", "\N{MATHEMATICAL MONOSPACE SMALL A}"),
    ],
    ids=ascii,
)
def test_only_the_very_mac_is_right(mac: str) -> None:
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(VECTOR, {"authorization": f"HMAC {mac}"}, key=VECTOR_KEY)


def test_a_missing_header_is_named() -> None:
    with pytest.raises(SignatureError, match="'authorization' is missing"):
        verify(VECTOR, {"x-authorization": HEADERS["authorization"]}, key=VECTOR_KEY)


def test_a_header_that_is_there_twice_is_refused_although_both_are_right() -> None:
    with pytest.raises(SignatureError, match="'authorization' is there more than once"):
        verify(VECTOR, [*HEADERS.items(), ("Authorization", HEADERS["authorization"])], key=VECTOR_KEY)


def test_during_a_rotation_each_of_several_keys_is_right_and_no_other() -> None:
    headers = sign(VECTOR, key="old")
    for keys in (["new", "old"], ("old", "new"), ["old"]):
        assert verify(VECTOR, headers, key=keys).decoded
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(VECTOR, headers, key=["new", "newer"])


@pytest.mark.parametrize("encoding", ["base64", "hex"])
def test_every_key_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch, encoding: Any) -> None:
    compared = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    monkeypatch.setattr("apptsdk.signatures.hmac", SimpleNamespace(compare_digest=compare))
    headers = sign(VECTOR, key="first", encoding=encoding)
    assert verify(VECTOR, headers, key=["first", "second", "third"]).decoded
    assert len(compared) == 3


@settings(deadline=None)
@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_a_changed_byte_of_the_body_is_refused(place: int, change: int) -> None:
    changed = BODY[:place] + bytes([BODY[place] ^ change]) + BODY[place + 1 :]
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(changed, sign(BODY, key=KEY), key=KEY)


@pytest.mark.parametrize("encoding", ["base64", "hex"])
@settings(deadline=None)
@given(data=st.data())
def test_a_changed_character_of_the_mac_is_refused(encoding: Any, data: st.DataObject) -> None:
    value = sign(BODY, key=KEY, encoding=encoding)["authorization"]
    place = data.draw(st.integers(len("HMAC "), len(value) - 1))
    kept = {value[place], value[place].upper()} if encoding == "hex" else {value[place]}
    other = data.draw(st.characters().filter(lambda character: character not in {*kept, " "}))
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(BODY, {"authorization": value[:place] + other + value[place + 1 :]}, key=KEY)


@settings(deadline=None)
@given(st.binary(max_size=64), st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable()))
def test_whatever_is_signed_is_an_event_and_the_mac_is_that_of_the_standard_library(body: bytes, key: str) -> None:
    headers = sign(body, key=key)
    assert headers["authorization"] == "HMAC " + b64encode(hmac.digest(key.encode(), body, sha256)).decode()
    assert verify(body, headers, key=key).key


@pytest.mark.parametrize("body", [b"", b"nonsense"])
def test_an_unsigned_body_is_not_even_read(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "read_event", lambda *_: pytest.fail("it was read"))
    with pytest.raises(SignatureError, match="signature is wrong"):
        verify(body, HEADERS, key=VECTOR_KEY)


def test_an_old_request_that_is_sent_again_is_taken_and_has_the_same_key() -> None:
    once, again = (verify(VECTOR, HEADERS, key=VECTOR_KEY, path=AFTER_BOOK) for _ in range(2))
    assert once.key == again.key


# --- arguments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [BODY.decode(), json.loads(BODY), bytearray(BODY), None], ids=lambda b: type(b).__name__
)
def test_a_body_that_is_no_longer_raw_is_refused_with_what_to_hand_in(body: Any) -> None:
    with pytest.raises(TypeError, match=r"body must be bytes, .*await request\.body\(\).*request\.get_data\(\)"):
        verify(body, sign(BODY, key=KEY), key=KEY)
    with pytest.raises(TypeError, match="body must be bytes"):
        sign(body, key=KEY)


ARGUMENTS: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "no headers": ({"headers": None}, TypeError, "headers must be a mapping or pairs"),
    "headers in bytes": ({"headers": [(b"authorization", b"1")]}, TypeError, "headers must be pairs of texts"),
    "no key": ({"key": None}, TypeError, "key must be a str, or a sequence of them, not NoneType"),
    "a key in bytes": ({"key": KEY.encode()}, TypeError, "key must be a str"),
    "one of none": ({"key": [KEY, None]}, TypeError, "key must be a str"),
    "an empty key": ({"key": ""}, ValueError, "key is an empty text"),
    "an empty one of two": ({"key": [KEY, ""]}, ValueError, "key is an empty text"),
    "no keys": ({"key": []}, ValueError, "key is empty"),
    "half a pair": ({"key": KEY + "\ud800"}, ValueError, "key is not valid Unicode"),
    "a path in bytes": ({"path": AFTER_BOOK.encode()}, TypeError, "path must be a str, the request's path or URL"),
    "no path but something": ({"path": 1}, TypeError, "path must be a str"),
    "a broken algorithm": ({"algorithm": "md5"}, ValueError, "algorithm must be one of 'sha224', 'sha256'"),
    "an algorithm of any length": ({"algorithm": "shake_256"}, ValueError, "algorithm must be one of"),
    "an algorithm in capitals": ({"algorithm": "SHA256"}, ValueError, "algorithm must be one of"),
    "an algorithm itself": ({"algorithm": sha256}, TypeError, "algorithm must be a str"),
}


@pytest.mark.parametrize(("wrong", "kind", "says"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_wrong_argument_is_refused_by_name_and_never_quoted(
    wrong: dict[str, Any], kind: type[Exception], says: str
) -> None:
    arguments: dict[str, Any] = {"headers": sign(BODY, key=KEY), "key": KEY, **wrong}
    with pytest.raises(kind, match=f"^{says}") as caught:
        verify(BODY, **arguments)
    assert not isinstance(caught.value, ApptError)
    assert KEY not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"encoding": "Base64"}, "encoding must be one of 'base64', 'hex'"),
        ({"algorithm": "sha1"}, "algorithm must be one of"),
        ({"key": ""}, "key is an empty text"),
    ],
)
def test_a_request_is_not_signed_in_a_way_that_nobody_knows(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=f"^{says}"):
        sign(BODY, **{"key": KEY, **wrong})


def test_an_error_names_the_verb_and_holds_neither_the_key_nor_the_body() -> None:
    for headers in (sign(BODY, key="other"), {"authorization": f"Bearer {KEY}"}, {}):
        with pytest.raises(SignatureError) as caught:
            verify(BODY, headers, key=KEY)
        error = pickle.loads(pickle.dumps(caught.value))
        assert (error.provider, error.operation) == ("cubu", "cubu.webhooks.verify")
        for text in (str(error), repr(error), repr(vars(error))):
            assert KEY not in text
            assert "canary" not in text
        assert caught.value.__context__ is None


def test_webhooks_do_no_io_and_need_no_http_library() -> None:
    code = f"import sys, {webhooks.__name__}; print({{'httpx', 'httpx2', 'anyio'}} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"
