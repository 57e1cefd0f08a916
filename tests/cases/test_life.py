"""The life of every provider's clients and objects: opened, shared by many, closed, left open, copied, pickled."""

from __future__ import annotations

import asyncio
import copy
import gc
import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import anyio
import attrs
import pytest
from harness import ENGINE, ENGINES, AsyncTeller, SyncTeller, Watch, World, at_once
from lives import LIVES

from apptsdk import NO_RETRY, ClosedError, NotFoundError, OutcomeUnknownError, UnsupportedError, attempt_of
from apptsdk.events import AttemptEnded, CallEnded, CallStarted
from apptsdk.sandbox import Sandbox

LOOPS = ("asyncio", "trio")
MANY = 32

pytestmark = pytest.mark.parametrize("life", LIVES, ids=str)


@attrs.frozen
class Played:
    """A provider in one world."""

    life: object
    sandbox: Sandbox
    world: World

    def client(self, **options):
        options = {"clock": Watch(self.sandbox), "random": lambda: 1.0, **options}
        return self.world.client(self.life.clients, self.life.settings(self.sandbox), **options)

    def tell(self, story, **options):
        """Tell a story to a new client."""
        return self.world.tell(story, self.client(**options))

    @property
    def seen(self):
        return self.life.seen(self.sandbox)

    @property
    def logins(self):
        return len(self.sandbox.requests) - len(self.seen)


@pytest.fixture
def played(life, sandbox, world):
    return Played(life, sandbox, world)


async def close(c):
    if hasattr(c.client, "aclose"):
        await c.client.aclose()
    else:
        c.client.close()


# --- closing ---------------------------------------------------------------------------------------------------------


def test_closing_twice_is_fine_and_using_it_afterwards_is_a_clear_error(life, played):
    async def story(c):
        await life.read(c)
        view, (verb, *args) = c.view(timeout=5), life.pager
        pager = c.list(verb, *args)
        await close(view)
        await life.read(c)
        await close(c)
        await close(c)
        for late in (life.read(c), life.read(view), c.collect(pager), life.missing(c)):
            with pytest.raises(ClosedError, match="closed"):
                await late

    played.tell(story)
    assert len(played.seen) == 2


def test_a_client_that_is_closed_before_its_first_call_sends_nothing(life, played):
    async def story(c):
        await close(c)
        with pytest.raises(ClosedError):
            await life.read(c)

    played.tell(story)
    assert played.sandbox.requests == []


@contextmanager
def recorded():
    """Record the messages of the resource warnings, those of the sockets below included."""
    messages = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield messages
        gc.collect()
    messages += [str(one.message) for one in caught if issubclass(one.category, ResourceWarning)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_client_left_open_warns_when_it_is_collected(life, engine, sandbox):
    with recorded() as messages:
        at_once(life.read(SyncTeller(life.clients[0](life.settings(sandbox), engine=engine))))
    assert any("An HTTP client of apptsdk was not closed" in message for message in messages)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("loop", LOOPS)
def test_an_async_client_left_open_warns_when_it_is_collected(life, loop, engine, sandbox):
    async def leave():
        client = life.clients[1](life.settings(sandbox), engine=engine)
        await life.read(AsyncTeller(client))
        inner = client._owned._client()
        with recorded() as messages:
            del client
        await inner.aclose()
        return messages

    messages = World(loop).run(leave)
    assert any("An async HTTP client of apptsdk was not closed" in message for message in messages)


def test_a_client_that_was_never_used_or_was_closed_does_not_warn(life, sandbox):
    settings = life.settings(sandbox)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind in life.clients:
            kind(settings)
        with life.clients[0](settings, engine=ENGINE) as client:
            at_once(life.read(SyncTeller(client.with_options(timeout=5))))
        del client
        gc.collect()


def test_an_async_client_lives_through_several_event_loops(life):
    """`asyncio.run` twice, as in a notebook or a script: connections of the first loop are of no use in the second."""
    with Sandbox() as sandbox, warnings.catch_warnings():
        # The connections of a loop that has ended cannot be closed any more: they go with it, whenever Python likes.
        warnings.simplefilter("ignore", ResourceWarning)
        client = life.clients[1](life.settings(sandbox), engine=ENGINE)
        made = [asyncio.run(life.write(AsyncTeller(client), number)) for number in range(3)]
        asyncio.run(client.aclose())
        del client
        gc.collect()
    assert [one.recovered for one in made] == [False] * 3
    posts = [seen for seen in life.seen(sandbox) if seen.method == "POST"]
    assert len(posts) == len({one.id for one in made}) == 3


# --- who it is -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("thing", ["client", "async client", "settings", "account"])
def test_what_holds_the_secret_refuses_to_be_pickled_and_says_why(life, thing, make, sandbox):
    settings = life.settings(sandbox)
    made = {
        "client": lambda: life.clients[0](settings),
        "async client": lambda: life.clients[1](settings),
        "settings": lambda: settings,
        "account": settings.account,
    }[thing]()
    with pytest.raises(TypeError, match="credentials") as caught:
        make(made)
    assert life.secret(sandbox) not in str(caught.value)


def test_a_client_takes_its_own_settings_and_says_so(life, sandbox):
    others = [other.settings(sandbox) for other in LIVES if other is not life]
    for kind in life.clients:
        for wrong in ("a-key", None, *others):
            with pytest.raises(TypeError, match=rf"{life.settings_class.__name__}\(\.\.\.\)") as caught:
                kind(wrong)
            assert "a-key" not in str(caught.value)


def test_a_client_made_from_the_environment_signs_in(life, played, monkeypatch):
    for name, value in played.sandbox.environment().items():
        monkeypatch.setenv(name, value)
    kind, settings = life.clients[not played.world.is_sync], life.settings(played.sandbox)
    client = kind.from_env(engine=played.world.engine)
    assert played.world.tell(life.read, client)
    assert repr(client) == f"<{kind.__name__} {settings.url}>"
    assert life.settings_class.from_env() == attrs.evolve(settings, **dict.fromkeys(life.given))


def test_a_view_has_other_options_and_the_same_connections(life, played):
    responses, events = [], []

    async def story(c):
        view = c.view(headers={"X-Trace": "1"}, on_response=responses.append, observer=events.append, retry=NO_RETRY)
        await life.read(c)
        await life.read(view)
        await life.read(view.view(headers={"X-Second": "2"}, observer=None))
        assert view.client._transport.engine is c.client._transport.engine
        assert view.client._transport.account is c.client._transport.account
        assert repr(view.client) == repr(c.client)

    played.tell(story)
    assert [(one.headers.get("x-trace"), one.headers.get("x-second")) for one in played.seen] == [
        (None, None),
        ("1", None),
        ("1", "2"),
    ]
    assert [response.status for response in responses] == [200, 200]
    assert [type(event) for event in events] == [CallStarted, AttemptEnded, CallEnded]


# --- to another process ----------------------------------------------------------------------------------------------


def test_objects_and_errors_and_attempts_go_to_another_process_and_back(life, played):
    async def story(c):
        found = await life.objects(c)
        await life.read(c)
        played.sandbox.fault("drop_before", method="POST", path=life.written)
        with pytest.raises(OutcomeUnknownError) as lost:
            await life.write(c, 5)
        with pytest.raises(NotFoundError) as missing:
            await life.missing(c)
        return found, lost.value, missing.value

    found, lost, missing = played.tell(story)
    assert len({type(one) for one in found}) >= 5
    for one in found:
        for twin in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert twin == one
            assert hash(twin) == hash(one)
            assert repr(twin) == repr(one)
            for name in ("as_sent", "links", "reference", "slots", "differences", "checked", "recovered"):
                mine, its = getattr(one, name, None), getattr(twin, name, None)
                assert (its() if name == "as_sent" and its else its) == (mine() if name == "as_sent" and mine else mine)
    twin = pickle.loads(pickle.dumps(lost))
    assert (str(twin), twin.attempt, twin.operation) == (str(lost), lost.attempt, lost.operation)
    twin = pickle.loads(pickle.dumps(missing))
    assert (str(twin), twin.status, twin.request_id) == (str(missing), 404, missing.request_id)
    assert type(lost.attempt).from_json(lost.attempt.to_json()) == lost.attempt


# --- many at once ----------------------------------------------------------------------------------------------------


def test_one_client_serves_thirty_two_threads_or_tasks(life, played):
    given = {}

    async def one(c, number):
        made = await life.write(c, number)
        await life.read(c.view(timeout=20))
        given[number] = made.id

    client = played.client(pace=())
    if played.world.is_sync:
        with client, ThreadPoolExecutor(MANY) as pool:
            list(pool.map(lambda number: at_once(one(SyncTeller(client), number)), range(2 * MANY)))
    else:

        async def story(c):
            async with anyio.create_task_group() as group:
                for number in range(2 * MANY):
                    group.start_soon(one, c, number)

        played.world.tell(story, client)
    assert len(given) == len({*given.values()}) == 2 * MANY
    assert sorted(map(str, given.values())) == sorted(played.sandbox.ledger.created(life.resource))
    assert played.logins <= 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("loop", LOOPS)
def test_a_task_cancelled_in_a_write_sends_nothing_more_and_carries_its_attempt(life, loop, engine, sandbox):
    sandbox.fault("hang", method="POST", path=life.written, provider=life.name, commit=True)
    attempts = []

    async def story(c):
        await life.read(c)

        async def write():
            try:
                await life.write(c, 5)
            except BaseException as error:
                attempts.append(attempt_of(error))
                raise

        async with anyio.create_task_group() as group:
            group.start_soon(write)
            while not len(sandbox.ledger):  # noqa: ASYNC110 - the sandbox lives in another thread
                await anyio.sleep(0.005)
            group.cancel_scope.cancel()
        posts = [seen for seen in life.seen(sandbox) if seen.method == "POST"]
        assert len(posts) == 1
        assert c.client._owned._client()._transport._pool.connections == []
        if life.listed:
            return await c.resolve(attempts[0])
        with pytest.raises(UnsupportedError, match=attempts[0].reference):
            await c.resolve(attempts[0])
        return None

    client = World(loop, engine).client(life.clients, life.settings(sandbox), clock=Watch(sandbox))
    found = World(loop).tell(story, client)
    (made,) = sandbox.ledger.created(life.resource)
    if life.listed:
        assert (str(found.id), found.recovered) == (made, True)
