"""Headers, responses, and content encodings undone in bounded memory."""

import gzip
import os
import pickle
import subprocess
import sys
import tracemalloc
import zlib
from textwrap import dedent

import pytest
from core_support import answer, ask, get_visit, zipped

from apptsdk.errors import ResponseUnreadableError, ServerError
from apptsdk.http import MAX_BODY, Headers, Request, Response, Unreadable, inflate

MB = 1024 * 1024
PLAIN = b'{"hello": "world"}' * 100


def raw_deflate(body):
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(body) + machine.flush()


def encoded(content, encoding):
    return Response(200, Headers([("Content-Encoding", encoding)]), content)


# --- headers and responses -------------------------------------------------------------------------------------------


def test_headers_are_found_whatever_their_case():
    headers = Headers([("X-Request-Id", "r-1"), ("x-request-id", "r-2"), ("Date", "today")])

    assert headers.get("X-REQUEST-ID") == "r-1"
    assert headers.get("nothing") is None
    assert "DATE" in headers
    assert "nothing" not in headers
    assert len(headers) == 3
    assert list(headers) == [("X-Request-Id", "r-1"), ("x-request-id", "r-2"), ("Date", "today")]


def test_headers_are_values():
    pairs = [("A", "canary")]

    assert Headers(pairs) == Headers(pairs)
    assert hash(Headers(pairs)) == hash(Headers(pairs))
    assert Headers(pairs) != Headers()
    assert Headers(pairs) != pairs
    assert pickle.loads(pickle.dumps(Headers(pairs))) == Headers(pairs)
    assert repr(Headers(pairs)) == "<Headers a>"


def test_a_response_reads_itself():
    response = answer(200, b'{"a": 1}', x_request_id="r-1")

    assert response.json() == {"a": 1}
    assert response.text == '{"a": 1}'
    assert response.request_id == "r-1"
    assert answer(200, b"\xff").text == "\ufffd"
    assert repr(response) == "<Response 200, 8 bytes>"


@pytest.mark.parametrize("content", [b"", b"<html>canary", b"\xff", b"NaN", b"[" * 100_000, b"\xef\xbb\xbf{}"])
def test_what_is_no_json_is_a_plain_value_error(content):
    with pytest.raises(ValueError, match="The body is") as caught:
        answer(200, content).json()

    assert type(caught.value) is ValueError
    assert caught.value.__context__ is None
    assert "canary" not in str(caught.value)


def test_further_headers_replace_those_there_are():
    request = Request("GET", "https://x.example/", {"A": "1", "B": "2"}, b"body")

    assert request.with_headers({"B": "3", "C": "4"}).headers == {"A": "1", "B": "3", "C": "4"}
    assert request.headers == {"A": "1", "B": "2"}
    assert request.with_headers({}).content == b"body"


# --- encodings -------------------------------------------------------------------------------------------------------

ENCODED = {
    "gzip": (zipped(PLAIN), "gzip"),
    "x-gzip": (zipped(PLAIN), "x-gzip"),
    "in capitals": (zipped(PLAIN), "GZIP"),
    "several members": (zipped(PLAIN[:9]) + zipped(PLAIN[9:]), "gzip"),
    "deflate with zlib's header": (zlib.compress(PLAIN), "deflate"),
    "raw deflate": (raw_deflate(PLAIN), "deflate"),
    "twice": (zipped(PLAIN, 2), "gzip, gzip"),
    "deflate, then gzip": (gzip.compress(zlib.compress(PLAIN)), "deflate, gzip"),
    "identity": (PLAIN, "identity"),
    "identity among others": (zipped(PLAIN), "identity, gzip,"),
    "empty field": (PLAIN, ""),
}


@pytest.mark.parametrize(("content", "encoding"), ENCODED.values(), ids=ENCODED)
def test_encodings_are_undone(content, encoding):
    assert inflate(encoded(content, encoding)).content == PLAIN


@pytest.mark.parametrize("size", [1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 600_000, 3 * MB])
@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, raw_deflate])
def test_bodies_of_every_size_come_out_whole(pack, size):
    encoding = "gzip" if pack is gzip.compress else "deflate"

    assert inflate(encoded(pack(bytes(size)), encoding)).content == bytes(size)


def test_an_empty_body_has_nothing_to_undo():
    assert inflate(encoded(b"", "gzip")).content == b""


def test_a_response_without_an_encoding_is_itself():
    response = answer()
    assert inflate(response) is response


BROKEN = {
    "no gzip": (PLAIN, "gzip"),
    "truncated": (zipped(PLAIN)[:-9], "gzip"),
    "only a header": (zipped(PLAIN)[:10], "gzip"),
    "one byte": (b"\x1f", "gzip"),
    "a wrong checksum": (zipped(PLAIN)[:-8] + bytes(8), "gzip"),
    "rubbish behind it": (zipped(PLAIN) + b"rubbish", "gzip"),
    "a truncated second member": (zipped(PLAIN) + zipped(PLAIN)[:-9], "gzip"),
    "truncated deflate": (zlib.compress(PLAIN)[:-3], "deflate"),
    "truncated raw deflate": (raw_deflate(PLAIN)[:-3], "deflate"),
    "unknown": (PLAIN, "br"),
    "unknown among known": (zipped(PLAIN), "gzip, zstd"),
    "one time too many": (zipped(PLAIN, 4), "gzip, gzip, gzip, gzip"),
    "hundreds": (PLAIN, ", ".join(["gzip"] * 500)),
}


@pytest.mark.parametrize(("content", "encoding"), BROKEN.values(), ids=BROKEN)
def test_broken_encodings_are_unreadable(content, encoding):
    with pytest.raises(Unreadable) as caught:
        inflate(encoded(content, encoding))

    assert caught.value.__context__ is None


@pytest.mark.parametrize("status", [200, 500])
def test_an_encoded_answer_is_read_whatever_its_status(status):
    packed = Response(status, Headers([("content-encoding", "gzip")]), zipped(answer().content))
    done = ask(get_visit(), [packed] * 4)

    assert done.get().id == "7" if status == 200 else type(done.error) is ServerError


def test_the_largest_body_is_read_and_a_larger_one_is_not():
    assert len(inflate(encoded(zipped(bytes(MAX_BODY)), "gzip")).content) == MAX_BODY
    with pytest.raises(Unreadable, match="larger than"):
        inflate(encoded(zipped(bytes(MAX_BODY + 1)), "gzip"))


def bomb(times=1):
    """200 MB in 200 KB; the outer layers of a nested one are as large as is allowed."""
    inner = zipped(bytes(MB))
    members = 200 if times == 1 else (MAX_BODY - MB) // len(inner)
    return zipped(inner * members, times - 1)


BOMBS = {
    "one layer": (bomb(), "gzip"),
    "two layers": (bomb(2), "gzip, gzip"),
    "three layers": (bomb(3), "gzip, gzip, gzip"),
}


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize(("content", "encoding"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_in_little_memory(content, encoding, status):
    response = Response(status, Headers([("content-encoding", encoding), ("x-request-id", "r-1")]), content)
    assert len(content) < MB
    tracemalloc.start()
    try:
        error = ask(get_visit(), [response] * 4).error
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert type(error) is (ResponseUnreadableError if status == 200 else ServerError)
    assert error.request_id == "r-1"
    assert peak < 64 * MB


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss has another unit elsewhere")
def test_a_bomb_is_refused_in_little_memory_of_the_process():
    program = dedent("""
        import resource, zlib
        from apptsdk.http import Headers, Response, Unreadable, inflate

        machine = zlib.compressobj(9, wbits=31)
        content = b"".join(machine.compress(bytes(1 << 20)) for _ in range(200)) + machine.flush()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            inflate(Response(200, Headers([("content-encoding", "gzip")]), content))
        except Unreadable:
            print(len(content), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COVERAGE_PROCESS_START": ""},
    )
    size, grown = map(int, done.stdout.split())

    assert size < 250_000
    assert grown < 64 * MB
