"""Every kind of fault, over real sockets."""

import gzip
import socket
import threading
import time
import zlib
from http.client import HTTPConnection
from pathlib import Path

import httpx
import orjson
import pytest

from apptsdk.sandbox import KINDS

PATIENT = {"first_name": "Nia", "last_name": "Adeyemi"}


class Raw:
    """A connection on which every byte counts."""

    def __init__(self, clinic):
        self.clinic = clinic
        host, port = clinic.sandbox.url.removeprefix("http://").split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=5)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, method="POST", path="/patients", said=PATIENT):
        body = orjson.dumps(said) if said is not None else b""
        auth = httpx.BasicAuth(self.clinic.key, "")._auth_header
        lines = [
            f"{method} /cliniko/v1{path} HTTP/1.1",
            "Host: sandbox",
            "User-Agent: raw (raw@example.com)",
            f"Authorization: {auth}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        ]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def rest(self):
        """Read until the peer closes."""
        got = b""
        while piece := self.socket.recv(1 << 16):
            got += piece
        return got


@pytest.fixture
def raw(clinic):
    with Raw(clinic) as raw:
        yield raw


def made(clinic):
    return clinic.sandbox.ledger.created("patients")


@pytest.mark.parametrize(("kind", "commits"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection_ends_without_a_byte(clinic, raw, kind, commits):
    fault = clinic.sandbox.fault(kind)
    raw.send()
    assert raw.rest() == b""
    assert len(made(clinic)) == commits
    assert fault.hits == 1
    assert [seen.method for seen in clinic.sandbox.requests] == ["POST"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "truncate"])
def test_a_connection_can_be_reset(clinic, raw, kind):
    clinic.sandbox.fault(kind, reset=True)
    raw.send()
    with pytest.raises(ConnectionResetError):
        raw.rest()


def test_a_truncated_answer_promises_more_than_it_gives(clinic, raw):
    clinic.sandbox.fault("truncate")
    raw.send()
    head, _, body = raw.rest().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 201 Created\r\n")
    length = int(dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])[b"content-length"])
    assert len(body) == length // 2
    assert body.startswith(b'{"id":"')
    assert len(made(clinic)) == 1


def test_a_truncated_answer_without_a_body_loses_half_of_its_head(clinic, raw):
    patient = clinic.patient()
    clinic.sandbox.fault("truncate")
    raw.send("POST", f"/patients/{patient}/archive", None)
    got = raw.rest()
    assert got.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert b"\r\n\r\n" not in got
    assert [entry.action for entry in clinic.sandbox.ledger] == ["archive"]


def test_httpx_sees_a_truncated_answer_as_one(clinic):
    clinic.sandbox.fault("truncate")
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        clinic.ask("GET", "/patients")


def test_a_garbled_answer_is_complete_but_no_json(clinic):
    clinic.sandbox.fault("garble")
    answer = clinic.ask("POST", "/patients", json=PATIENT)
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(ValueError, match="column"):
        answer.json()
    assert len(made(clinic)) == 1


def test_a_garbled_answer_without_a_body_gets_one(clinic):
    patient = clinic.patient()
    clinic.sandbox.fault("garble")
    answer = clinic.ask("DELETE", f"/patients/{patient}")
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="column"):
        answer.json()


@pytest.mark.parametrize(("commit", "commits"), [(None, 0), (False, 0), (True, 1)])
def test_a_made_up_status_is_handled_only_if_asked(clinic, commit, commits):
    clinic.sandbox.fault("status", status=502, headers={"Retry-After": "7"}, body={"message": "no"}, commit=commit)
    answer = clinic.ask("POST", "/patients", json=PATIENT)
    assert answer.status_code == 502
    assert answer.headers["retry-after"] == "7"
    assert answer.headers["x-request-id"]
    assert answer.json() == {"message": "no"}
    assert len(made(clinic)) == commits


@pytest.mark.parametrize(
    ("body", "content", "kind"),
    [
        (None, b"", None),
        (b"\xff\x00", b"\xff\x00", "application/json; charset=utf-8"),
        ("naïve", "naïve".encode(), "application/json; charset=utf-8"),
        (["a", 1], b'["a",1]', "application/json; charset=utf-8"),
    ],
)
def test_a_made_up_body_may_be_bytes_text_or_json(clinic, body, content, kind):
    clinic.sandbox.fault("status", body=body)
    answer = clinic.ask("GET", "/patients")
    assert (answer.status_code, answer.content) == (503, content)
    assert answer.headers.get("content-type") == kind


def test_a_made_up_header_replaces_the_usual_one_and_may_come_twice(clinic):
    headers = [("Retry-After", "1"), ("Retry-After", "2"), ("Content-Type", "text/html"), ("X-Request-Id", "mine")]
    clinic.sandbox.fault("status", status=429, headers=headers, body="<html>")
    answer = clinic.ask("GET", "/patients")
    assert answer.headers.get_list("retry-after") == ["1", "2"]
    assert answer.headers.get_list("content-type") == ["text/html"]
    assert answer.headers.get_list("x-request-id") == ["mine"]


@pytest.mark.parametrize(("commit", "commits"), [(False, 0), (True, 1)])
def test_a_hanging_request_gets_nothing_and_ends_with_its_peer(clinic, raw, commit, commits):
    clinic.sandbox.fault("hang", commit=commit)
    raw.send()
    raw.socket.settimeout(0.1)
    with pytest.raises(TimeoutError):
        raw.socket.recv(1)
    assert len(made(clinic)) == commits
    raw.socket.close()
    for _ in range(100):
        if not clinic.sandbox._server._state.tasks:
            break
        time.sleep(0.005)
    assert not clinic.sandbox._server._state.tasks


def test_a_delayed_answer_is_committed_first(clinic):
    clinic.sandbox.fault("delay", seconds=60)
    begun = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        clinic.http.post("/patients", json=PATIENT, timeout=0.05)
    assert len(made(clinic)) == 1
    assert time.monotonic() - begun < 30  # long before the answer


def test_a_delayed_answer_comes(clinic):
    clinic.sandbox.fault("delay", seconds=0.1)
    begun = time.monotonic()
    assert clinic.ask("POST", "/patients", json=PATIENT).status_code == 201
    assert time.monotonic() - begun >= 0.1


def test_a_delayed_write_may_still_be_on_its_way(clinic):
    clinic.sandbox.fault("delay", seconds=0.1, commit=False)
    with pytest.raises(httpx.ReadTimeout):
        clinic.http.post("/patients", json=PATIENT, timeout=0.03)
    assert made(clinic) == []
    for _ in range(100):
        if made(clinic):
            break
        time.sleep(0.005)
    assert len(made(clinic)) == 1


@pytest.mark.parametrize("size", [1, 1 << 20, 3_000_001])
def test_a_bomb_inflates_to_its_size(clinic, size):
    clinic.sandbox.fault("bomb", status=500, size=size)
    with clinic.http.stream("GET", "/patients") as answer:
        assert answer.status_code == 500
        assert answer.headers["content-encoding"] == "gzip"
        packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed) == b" " * size
    assert zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed) == b" " * size


def test_a_bomb_is_small_on_the_wire_by_default(clinic):
    clinic.sandbox.fault("bomb", status=200)
    with clinic.http.stream("GET", "/patients") as answer:
        packed = b"".join(answer.iter_raw())
    assert len(packed) < 250_000
    unpacker, size = zlib.decompressobj(zlib.MAX_WBITS | 16), 0
    while not unpacker.eof:
        size += len(unpacker.decompress(unpacker.unconsumed_tail or packed, 1 << 24))
    assert size == 200_000_000


@pytest.mark.parametrize(("commit", "commits"), [(None, 0), (True, 1)])
def test_an_empty_answer_is_a_200_without_a_body(clinic, commit, commits):
    clinic.sandbox.fault("empty", commit=commit)
    answer = clinic.ask("POST", "/patients", json=PATIENT)
    assert (answer.status_code, answer.content) == (200, b"")
    assert "content-type" not in answer.headers
    assert len(made(clinic)) == commits


@pytest.mark.parametrize(("commit", "commits"), [(None, 0), (True, 1)])
def test_a_raw_reply_is_written_as_it_is(clinic, raw, commit, commits):
    lie = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}"
    clinic.sandbox.fault("reply", body=lie, commit=commit)
    raw.send()
    assert raw.rest() == lie
    assert len(made(clinic)) == commits


def test_a_fault_hits_as_often_as_it_should(clinic):
    fault = clinic.sandbox.fault("status", times=2)
    codes = [clinic.ask("GET", "/user").status_code for _ in range(4)]
    assert codes == [503, 503, 200, 200]
    assert fault.hits == 2


def test_a_fault_without_an_end_goes_on_until_it_is_removed(clinic):
    fault = clinic.sandbox.fault("status", times=None)
    codes = [clinic.ask("GET", "/user").status_code for _ in range(3)]
    fault.remove()
    fault.remove()
    assert codes == [503] * 3
    assert clinic.ask("GET", "/user").status_code == 200
    assert fault.hits == 3


def test_a_fault_can_let_requests_through_first(clinic):
    clinic.sandbox.fault("status", skip=2)
    assert [clinic.ask("GET", "/user").status_code for _ in range(4)] == [200, 200, 503, 200]


def test_the_first_fault_that_matches_and_is_not_exhausted_wins(clinic):
    clinic.sandbox.fault("status", status=500, method="POST")
    clinic.sandbox.fault("status", status=501)
    clinic.sandbox.fault("status", status=502)
    clinic.sandbox.fault("status", status=504, skip=1)
    assert [clinic.ask("GET", "/user").status_code for _ in range(4)] == [501, 502, 200, 504]
    assert clinic.ask("POST", "/patients").status_code == 500


@pytest.mark.parametrize(
    ("wanted", "method", "path", "hit"),
    [
        ({"method": "PATCH"}, "PATCH", "/patients/1", True),
        ({"method": "patch"}, "PATCH", "/patients/1", True),
        ({"method": "PATCH"}, "GET", "/patients/1", False),
        ({"path": "/patients"}, "GET", "/patients", True),
        ({"path": "/patients"}, "GET", "/patients/1", False),
        ({"path": "/individual_appointments/*/cancel"}, "PATCH", "/individual_appointments/1/cancel", True),
        ({"path": "/individual_appointments/*/cancel"}, "GET", "/individual_appointments/1", False),
        ({"path": "*available_times"}, "GET", "/businesses/1/practitioners/2/x/available_times", True),
        ({"method": "GET", "path": "/p*"}, "GET", "/practitioners", True),
        ({"provider": "cliniko"}, "GET", "/user", True),
        ({"provider": "nexhealth"}, "GET", "/user", False),
    ],
)
def test_a_fault_hits_only_what_it_means(clinic, wanted, method, path, hit):
    fault = clinic.sandbox.fault("status", status=599, **wanted)
    assert (clinic.ask(method, path).status_code == 599) is hit
    assert fault.hits == hit


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("explode", {}, "kind must be one of drop_before,"),
        ("drop_before", {"commit": True}, "always not handled"),
        ("truncate", {"commit": False}, "always handled"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(sandbox, kind, options, message):
    with pytest.raises(ValueError, match=message):
        sandbox.fault(kind, **options)


def test_every_kind_is_tried_here():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f'"{kind}"' not in text] == []


@pytest.mark.parametrize("kind", ["status", "empty", "bomb", "garble", "delay"])
def test_a_connection_survives_a_fault_that_answers(clinic, kind):
    clinic.sandbox.fault(kind, body="no", size=10)
    host, port = clinic.sandbox.url.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    try:
        connection.connect()
        first = connection.sock
        for _ in range(3):
            connection.request("GET", "/cliniko/v1/user")
            connection.getresponse().read()
            assert connection.sock is first
    finally:
        connection.close()


def test_a_fault_made_while_others_ask_hits_exactly_once(clinic):
    clinic.sandbox.fault("status", times=3)
    codes = []

    def ask():
        with httpx.Client(base_url=clinic.base, auth=(clinic.key, ""), trust_env=False, verify=False) as http:
            codes.extend(http.get("/user").status_code for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200] * 17 + [503] * 3


def test_a_repr_of_a_fault_shows_no_body(sandbox):
    fault = sandbox.fault("status", body="Secretperson", headers={"x": "Secretperson"}, path="/patients/1")
    assert "Secretperson" not in repr(fault)
    assert "kind='status'" in repr(fault)
    assert "path='/patients/1'" in repr(fault)


@pytest.mark.parametrize("path", ["patients", "", " /patients", "cliniko/v1/*", "http://127.0.0.1/patients"])
def test_a_path_that_matches_no_request_is_refused(sandbox, path):
    with pytest.raises(ValueError, match="path must begin with / or"):
        sandbox.fault("status", path=path)


@pytest.mark.parametrize("path", ["/cliniko/v1/user", "/cliniko/*", "/cliniko/v?/user"])
def test_a_path_may_be_the_whole_one_as_the_requests_show_it(clinic, path):
    fault = clinic.sandbox.fault("status", path=path)
    assert [clinic.ask("GET", "/user").status_code for _ in range(2)] == [503, 200]
    assert clinic.sandbox.requests[0].path == "/cliniko/v1/user"
    assert fault.hits == 1


@pytest.mark.parametrize("path", ["/cliniko/v1", "/cliniko/v1/", "/cliniko/v2/*", "/nexhealth/*", "/*/v1/user", "/c*"])
def test_a_whole_path_must_begin_with_the_vendors_own(clinic, path):
    fault = clinic.sandbox.fault("status", path=path)
    assert clinic.ask("GET", "/user").status_code == 200
    assert fault.hits == 0


def test_a_fault_at_nexhealth_may_be_given_with_the_whole_path(sandbox):
    fault = sandbox.fault("status", path="/nexhealth/authenticates")
    url = f"{sandbox.url}/nexhealth/authenticates"
    assert [httpx.post(url, trust_env=False, verify=False).status_code for _ in range(2)] == [503, 404]
    assert ([seen.path for seen in sandbox.requests], fault.hits) == (["/nexhealth/authenticates"] * 2, 1)


@pytest.mark.parametrize("path", ["/user", "*", "*user", "?user", "[/]user"])
def test_a_path_begins_with_a_slash_or_a_wildcard(clinic, path):
    clinic.sandbox.fault("status", path=path)
    assert [clinic.ask("GET", "/user").status_code for _ in range(2)] == [503, 200]


def test_a_fault_for_a_vendor_that_there_is_not_is_refused(clinic):
    with pytest.raises(
        ValueError, match=r"^provider must be one of cliniko, .*, not 'clinico': it would hit nothing\.$"
    ):
        clinic.sandbox.fault("drop_after", provider="clinico")
