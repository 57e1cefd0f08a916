"""What any provider's verification of a webhook has: headers found, signatures compared, age judged."""

import hashlib
import hmac
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apptsdk.errors import SignatureError
from apptsdk.signatures import ALGORITHMS, TOLERANCE, Delivery, checked_algorithm, checked_tolerance, secret_keys

NOW = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


def delivery(headers: Any = (), body: Any = b"canary") -> Delivery:
    return Delivery(body, headers, "elsewhere.hooks.check")


@pytest.mark.parametrize(
    "headers", [{"X-Sign": "1"}, [("x-sign", "1")], iter([("X-SIGN", "1")])], ids=["dict", "pairs", "iterator"]
)
def test_a_header_is_found_again_and_again_in_any_case(headers: Any) -> None:
    request = delivery(headers)
    assert [request.header(name) for name in ("x-sign", "X-Sign", "X-SIGN")] == ["1"] * 3


@pytest.mark.parametrize(("headers", "says"), [({}, "missing"), ([("a", "1"), ("A", "1")], "there more than once")])
def test_a_header_must_be_there_once(headers: Any, says: str) -> None:
    with pytest.raises(SignatureError, match=f"^The header 'a' is {says}") as caught:
        delivery(headers).header("a")
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.provider, error.operation) == ("elsewhere", "elsewhere.hooks.check")


@pytest.mark.parametrize("headers", [None, 1, "a: 1", b"a: 1", ["a"], [("a",)], [("a", 1)], {"a": ["1"]}, {1: "a"}])
def test_what_holds_no_headers_is_a_type_error(headers: Any) -> None:
    with pytest.raises(TypeError, match=r"^headers must be "):
        delivery(headers)


@pytest.mark.parametrize("body", ["text", {}, None, bytearray(b"x")])
def test_a_body_must_be_raw(body: Any) -> None:
    with pytest.raises(TypeError, match=f"^body must be bytes, .* not {type(body).__name__}"):
        delivery(body=body)


def test_a_signature_must_be_one_of_the_expected() -> None:
    delivery().check_signature("ab", ["cd", "ab"])
    for given, expected in (("ab", []), ("ab", ["cd"]), ("a", ["ab"]), ("é", ["ab"]), ("\udc80", ["ab"]), ("", ["ab"])):
        with pytest.raises(SignatureError, match="signature is wrong"):
            delivery().check_signature(given, expected)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_an_age_within_the_tolerance_is_fine(seconds: int) -> None:
    delivery().check_age("2031-02-03T04:05:06Z", NOW + timedelta(seconds=seconds), TOLERANCE)


@pytest.mark.parametrize(
    ("timestamp", "says"),
    [
        ("2031-02-03T04:00:05Z", "0:05:01 old; tolerated is 0:05:00"),
        ("2031-02-03T04:10:07Z", "0:05:01 ahead of this clock"),
        ("2031-02-03T04:05:06", "not an ISO 8601 date-time with its offset"),
        ("soon", "not an ISO 8601 date-time with its offset"),
    ],
)
def test_another_age_is_refused(timestamp: str, says: str) -> None:
    with pytest.raises(SignatureError, match=says):
        delivery().check_age(timestamp, NOW, TOLERANCE)


def test_keys_are_bytes_in_their_order() -> None:
    assert secret_keys("ä") == ("ä".encode(),)
    assert secret_keys(["one", "two"]) == (b"one", b"two")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, TypeError),
        (b"x", TypeError),
        (["x", 1], TypeError),
        ("", ValueError),
        ([], ValueError),
        ("\ud800", ValueError),
    ],
)
def test_a_key_that_is_none_is_refused(value: object, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"^secret_key "):
        secret_keys(value)
    with pytest.raises(kind, match=r"^key "):
        secret_keys(value, "key")


@pytest.mark.parametrize("name", ALGORITHMS)
def test_every_algorithm_can_sign_on_every_python(name: str) -> None:
    assert name in hashlib.algorithms_guaranteed
    assert len(hmac.new(b"key", b"body", checked_algorithm(name)).digest()) == int(name[-3:]) // 8


@pytest.mark.parametrize("name", ["md5", "sha1", "SHA256", "shake_128", "blake2b", ""])
def test_another_algorithm_is_refused_with_those_that_there_are(name: str) -> None:
    with pytest.raises(ValueError, match=r"^hash_name must be one of 'sha224', 'sha256', .*'sha3_512'\.$"):
        checked_algorithm(name, "hash_name")
    with pytest.raises(TypeError, match=r"^algorithm must be a str, not NoneType\.$"):
        checked_algorithm(None)


def test_a_tolerance_is_a_length_of_time_or_none() -> None:
    assert checked_tolerance(None) is None
    assert checked_tolerance(timedelta()) == timedelta()
    with pytest.raises(TypeError, match="must be a timedelta"):
        checked_tolerance(300)
    with pytest.raises(ValueError, match="negative"):
        checked_tolerance(timedelta(seconds=-1))


def test_a_delivery_shows_neither_body_nor_headers() -> None:
    assert "canary" not in repr(delivery({"signature": "canary"}))
