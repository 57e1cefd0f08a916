"""What the sandbox does by itself when its clock moves, and the messages it posts."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_receiver import receiving

from apptsdk.sandbox import Clock, Ledger
from apptsdk.sandbox.agenda import Agenda, Message, Posted
from apptsdk.sandbox.app import App
from apptsdk.sandbox.background import on_this_machine
from apptsdk.sandbox.faults import Faults
from apptsdk.sandbox.http import Answer
from apptsdk.sandbox.server import Server
from apptsdk.sandbox.state import Requests

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PATIENCE = 10.0


class Life:
    """An agenda and the server that carries it out."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.app = App({}, agenda, Ledger(), Faults(), Requests())
        self.server = Server(self.app, "127.0.0.1", 0)
        self.posted: list[Posted] = []

    def post(self, url: str, line: object = 0, body: bytes = b"", **headers: str) -> None:
        """Post a message, and write down what becomes of it."""
        pairs = tuple(headers.items())
        self.agenda.post(Message(url=url, headers=pairs, body=body, line=line, done=self.posted.append))

    def settle(self, timeout: float = PATIENCE) -> None:
        self.server.settle(timeout)


@pytest.fixture
def clock() -> Clock:
    clock = Clock(START)
    clock.freeze()
    return clock


@pytest.fixture
def agenda(clock: Clock) -> Agenda:
    return Agenda(clock)


@pytest.fixture
def life(agenda: Agenda) -> Iterator[Life]:
    life = Life(agenda)
    yield life
    life.server.close()


# --- the agenda ------------------------------------------------------------------------------------------------------


def test_things_are_done_in_the_order_of_their_moments_and_not_before(clock, agenda):
    done = []
    for seconds in (3, 1, 2, 1):
        agenda.at(START + seconds * SECOND, lambda due, n=seconds: done.append((n, due)))
    agenda.run()
    assert done == []
    clock.advance(2 * SECOND)
    agenda.run()
    assert done == [(n, START + n * SECOND) for n in (1, 1, 2)]
    agenda.run()
    assert len(done) == 3
    clock.set(START + 3 * SECOND)
    agenda.run()
    assert done[3:] == [(3, START + 3 * SECOND)]


@given(st.lists(st.integers(0, 20)), st.lists(st.integers(0, 5)))
def test_however_the_clock_is_put_forward_everything_is_done_once_and_in_order(moments, steps):
    clock = Clock(START)
    clock.freeze()
    agenda, done = Agenda(clock), []
    for place, seconds in enumerate(moments):
        agenda.at(START + seconds * SECOND, lambda due, n=place: done.append((due, n)))
    for step in [0, *steps]:
        clock.advance(step * SECOND)
        agenda.run()
    due = [(START + seconds * SECOND, n) for n, seconds in enumerate(moments) if seconds <= sum(steps)]
    assert done == sorted(due)


def test_what_becomes_due_by_what_is_done_is_done_too(clock, agenda):
    done = []

    def again(due: datetime) -> None:
        done.append(due)
        agenda.at(due + SECOND, again)

    agenda.at(START, again)
    clock.advance(3 * SECOND)
    agenda.run()
    assert done == [START + n * SECOND for n in range(4)]


def test_it_knows_how_long_there_is_nothing_to_do(clock, agenda):
    assert agenda.idle() is None
    agenda.at(START + 60 * SECOND, print)
    assert agenda.idle() is None, "a frozen clock never gets there"
    clock.advance(60 * SECOND)
    assert agenda.idle() == 0.0
    clock.set(START)
    clock.resume()
    assert 50 < agenda.idle() <= 60
    agenda.post(Message(url="", headers=(), body=b"", line=0, done=print))
    assert agenda.idle() == 0.0
    assert len(agenda.messages()) == 1
    assert agenda.messages() == []
    assert agenda.idle() > 0


@pytest.mark.parametrize("act", ["set", "advance", "freeze", "resume", "at", "post"])
def test_whoever_looks_after_it_is_woken_by_every_change(clock, agenda, act):
    woken = []
    agenda.wakes(lambda: woken.append(act))
    {
        "set": lambda: clock.set(START),
        "advance": lambda: clock.advance(SECOND),
        "freeze": clock.freeze,
        "resume": clock.resume,
        "at": lambda: agenda.at(START, print),
        "post": lambda: agenda.post(Message(url="", headers=(), body=b"", line=0, done=print)),
    }[act]()
    assert woken == [act]
    agenda.wakes(None)
    clock.advance(SECOND)
    assert woken == [act]


def test_a_clock_tells_how_far_a_moment_is(clock):
    assert clock.until(START) == clock.until(START - SECOND) == 0.0
    assert clock.until(START + SECOND) is None
    clock.resume()
    assert 0 < clock.until(START + SECOND) <= 1


# --- the background --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "move",
    [lambda clock: clock.advance(SECOND), lambda clock: clock.set(START + SECOND)],
    ids=["advanced", "set"],
)
def test_what_is_due_is_done_when_the_clock_is_moved(clock, agenda, life, move):
    done = threading.Event()
    agenda.at(START + SECOND, lambda _: done.set())
    life.settle()
    assert not done.is_set()
    move(clock)
    assert done.wait(PATIENCE)


def test_what_is_due_is_done_when_the_clock_gets_there_by_itself(clock, agenda, life):
    done = threading.Event()
    agenda.at(START + SECOND / 50, lambda _: done.set())
    clock.resume()
    assert done.wait(PATIENCE)
    assert clock.now() >= START + SECOND / 50


def test_what_was_due_before_the_start_is_done_at_the_start(agenda):
    done = threading.Event()
    agenda.at(START, lambda _: done.set())
    life = Life(agenda)
    try:
        assert done.wait(PATIENCE)
    finally:
        life.server.close()


def test_the_lock_of_the_world_is_held_while_something_is_done(agenda, life):
    locked = []
    agenda.at(START, lambda _: locked.append(agenda.lock.locked()))
    life.settle()
    assert locked == [True]
    assert not agenda.lock.locked()


def test_a_call_sees_what_is_due_even_if_the_background_has_not_come_to_it(agenda):
    done = []

    class Vendor:
        def answer(self, _: object) -> Answer:
            return Answer(200 if done else 404)

    agenda.at(START, done.append)
    app = App({}, agenda, Ledger(), Faults(), Requests())
    assert app._handle(Vendor(), None).status == 200
    assert done == [START]


def test_a_stopped_sandbox_does_nothing_until_it_is_started_again(clock, agenda):
    done = []
    Life(agenda).server.close()
    agenda.at(START, done.append)
    clock.advance(SECOND)
    assert done == []
    again = Life(agenda)
    again.settle()
    again.server.close()
    assert done == [START]


def test_a_clock_may_move_after_the_loop_has_closed(clock, agenda):
    wakes = []
    keep, agenda.wakes = agenda.wakes, wakes.append
    agenda.wakes(None)
    agenda.wakes = lambda wake: (wakes.append(wake), keep(wake))
    Life(agenda).server.close()
    keep(wakes[1])
    clock.advance(SECOND)
    assert [wake is None for wake in wakes] == [True, False, True]


def test_an_error_in_the_background_is_told_to_who_closes_the_sandbox(agenda):
    life, reached = Life(agenda), threading.Event()

    def fail(_: datetime) -> None:
        reached.set()
        raise LookupError("a bug in the emulation")

    agenda.at(START, fail)
    assert reached.wait(PATIENCE)
    with pytest.raises(ExceptionGroup) as told:
        life.server.close()
    assert told.value.subgroup(LookupError) is not None


# --- messages --------------------------------------------------------------------------------------------------------


def test_a_message_arrives_as_it_was_written(life):
    with receiving() as receiver:
        life.post(f"{receiver.url}/hook/%C3%A4?a=1&b=%20", body=b'{"a": 1}', signature="abc")
        life.settle()
        (one,) = receiver.arrived
    assert (one.method, one.path, one.body) == ("POST", "/hook/%C3%A4?a=1&b=%20", b'{"a": 1}')
    assert one.headers.pop("host") == receiver.url.removeprefix("http://")
    assert one.headers == {"connection": "close", "content-length": "8", "signature": "abc"}
    assert life.posted == [Posted(status=200)]


def test_a_url_without_a_path_means_the_root_and_a_user_in_it_is_not_sent(life):
    with receiving() as receiver:
        life.post(receiver.url.replace("//", "//user:secret@"))
        life.settle()
        (one,) = receiver.arrived
    assert one.path == "/"
    assert one.headers["host"] == receiver.url.removeprefix("http://")


@pytest.mark.parametrize("status", [204, 302, 404, 500])
def test_every_answer_is_handed_back(life, status):
    with receiving() as receiver:
        receiver.statuses = [status]
        life.post(receiver.url)
        life.settle()
    assert life.posted == [Posted(status=status)]


def test_messages_of_a_line_arrive_in_order_and_other_lines_do_not_wait(life):
    with receiving() as slow, receiving() as quick:
        slow.gate.clear()
        life.post(f"{slow.url}/1", line="slow")
        life.post(f"{slow.url}/2", line="slow")
        life.post(f"{quick.url}/3", line="quick")
        assert slow.came.wait(PATIENCE)
        assert quick.came.wait(PATIENCE)
        with pytest.raises(TimeoutError):
            life.settle(0.05)
        assert [one.path for one in slow.arrived] == ["/1"]
        slow.gate.set()
        life.settle()
        assert [one.path for one in slow.arrived] == ["/1", "/2"]
    assert life.posted == [Posted(status=200)] * 3


def test_posting_does_not_hold_the_lock_of_the_world_but_its_outcome_is_told_under_it(agenda, life):
    held = []
    with receiving() as receiver:
        receiver.gate.clear()
        message = Message(
            url=receiver.url, headers=(), body=b"", line=0, done=lambda _: held.append(agenda.lock.locked())
        )
        agenda.post(message)
        assert receiver.came.wait(PATIENCE)
        assert agenda.lock.acquire(timeout=PATIENCE)
        agenda.lock.release()
        receiver.gate.set()
        life.settle()
    assert held == [True]


def test_nobody_listening_is_no_answer(life):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    life.post(f"http://127.0.0.1:{port}")
    life.settle()
    (posted,) = life.posted
    assert posted.status is None
    assert posted.error.startswith("ConnectionRefusedError: ")


@pytest.mark.parametrize(
    ("said", "kind"),
    [(b"", "RemoteProtocolError"), (b"hello\r\n\r\n", "RemoteProtocolError"), (b"HTTP/1.1 200", "RemoteProtocolError")],
)
def test_what_is_not_http_is_no_answer(life, said, kind):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        life.post(f"http://127.0.0.1:{server.getsockname()[1]}")
        life.settle()
        thread.join()
    (posted,) = life.posted
    assert (posted.status, posted.error.partition(":")[0]) == (None, kind)


def test_https_that_is_none_is_no_answer(life):
    with receiving() as receiver:
        life.post(receiver.url.replace("http:", "https:"))
        life.settle()
        assert receiver.arrived == []
    (posted,) = life.posted
    assert posted.status is None
    assert "SSL" in posted.error


def test_silence_is_no_answer(life, monkeypatch):
    monkeypatch.setattr("apptsdk.sandbox.background._PATIENCE", 0.05)
    with receiving() as receiver:
        receiver.gate.clear()
        life.post(receiver.url)
        life.settle()
    assert life.posted == [Posted(error="TimeoutError")]


def test_a_sandbox_that_closes_does_not_wait_for_a_receiver(agenda):
    life = Life(agenda)
    with receiving() as receiver:
        receiver.gate.clear()
        life.post(receiver.url)
        assert receiver.came.wait(PATIENCE)
        before = threading.active_count()
        life.server.close()
        assert threading.active_count() == before - 1
    assert life.posted == []


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:80/a", True),
        ("https://127.9.9.9", True),
        ("http://[::1]:8000/", True),
        ("http://localhost/", True),
        ("http://LOCALHOST:1/", True),
        ("http://hooks.localhost/", True),
        ("http://example.com/", False),
        ("http://localhost.example.com/", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://192.168.0.1/", False),
        ("http://0.0.0.0/", False),
        ("http://user@10.0.0.1/127.0.0.1", False),
        ("nonsense", False),
    ],
)
def test_only_loopback_is_this_machine(url, here):
    assert on_this_machine(url) is here
