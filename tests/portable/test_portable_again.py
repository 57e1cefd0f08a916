"""Asking again: what never left, what was refused, and what is only read."""

from __future__ import annotations

from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import attrs
import pytest
from portable_places import MINUTE
from portable_stage import Stage, everywhere, instants

import apptsdk
from apptsdk import NO_RETRY, Capability, RequestNotSentError
from apptsdk.engines.httpx import AsyncHttpxEngine, HttpxEngine
from apptsdk.http import NotSent

EVERYWHERE = pytest.mark.parametrize(("place", "facade"), everywhere(), ids=str)
TRIES = 4


@attrs.define
class Wall:
    """Lets some of a stage's bookings not leave.

    Args:
        stage: The stage.
        left: How many more.
    """

    stage: Stage
    left: int = 0

    def meet(self, request):
        method, path = self.stage.place.books
        if self.left and request.method == method and fnmatchcase(self.stage._below(urlsplit(request.url).path), path):
            self.left -= 1
            raise NotSent("ConnectError: nobody listens")


@pytest.fixture
def wall(stage, monkeypatch):
    wall, send, asend = Wall(stage), HttpxEngine.send, AsyncHttpxEngine.send

    def met(engine, request, *limits):
        wall.meet(request)
        return send(engine, request, *limits)

    async def amet(engine, request, *limits):
        wall.meet(request)
        return await asend(engine, request, *limits)

    monkeypatch.setattr(HttpxEngine, "send", met)
    monkeypatch.setattr(AsyncHttpxEngine, "send", amet)
    return wall


@EVERYWHERE
def test_a_booking_that_never_left_is_sent_again_and_made_once(stage, wall):
    place = stage.place

    async def story(stage, tell):
        slot, other = stage.slots(2)
        wall.left = 2
        made = await stage.book(tell, slot)
        assert (wall.left, stage.sent(place.books), made.recovered) == (0, 1, False)
        wall.left = TRIES
        with pytest.raises(RequestNotSentError):
            await stage.book(tell, other)
        assert (wall.left, stage.sent(place.books)) == (0, 1)
        assert stage.effects == stage.did("create")

    stage.tell(story)


REFUSALS = {
    400: "BadRequestError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "ValidationError",
}
OTHERWISE = {("cubu", 409): "SlotUnavailableError"}


@EVERYWHERE
def test_a_booking_that_is_refused_is_not_sent_again(stage):
    place = stage.place

    async def story(stage, tell):
        (slot,) = stage.slots(1)
        for number, name in REFUSALS.items():
            stage.sandbox.requests.clear()
            stage.fault("status", place.books, status=number)
            with pytest.raises(getattr(apptsdk, OTHERWISE.get((place.provider, number), name))) as caught:
                await stage.book(tell, slot)
            assert (caught.value.provider, stage.sent(place.books)) == (place.provider, 1)
        assert stage.effects == []
        assert instants([await stage.book(tell, slot)]) == instants([slot])

    stage.tell(story)


def reads(stage, tell, made):
    """Give the verbs that only read, with what each is asked."""
    window = {"start": made.start, "end": made.start + MINUTE, "host": made.host}
    asks = {
        Capability.FIND_SLOTS: lambda tell: tell.collect(tell.list("find_slots", **stage.search(end=made.end))),
        Capability.GET: lambda tell: tell.call("get_appointment", made.ref),
        Capability.LIST: lambda tell: tell.collect(tell.list("list_appointments", **window)),
    }
    return [ask for capability, ask in asks.items() if stage.can(capability)]


@EVERYWHERE
def test_what_is_only_read_is_asked_again_unless_nobody_wants_that(stage):
    async def story(stage, tell):
        made = await stage.book(tell, stage.slots(1)[0])
        once = tell.view(retry=NO_RETRY)
        for ask in reads(stage, tell, made):
            await ask(tell)  # what seldom changes is known from now on
            stage.sandbox.requests.clear()
            given = await ask(tell)
            usual = len(stage.sandbox.requests)
            fault = stage.fault("status", ("GET", "*"), status=503, times=2)
            assert await ask(tell) == given
            assert (fault.hits, len(stage.sandbox.requests)) == (2, 2 * usual + 2)

            stage.sandbox.requests.clear()
            fault = stage.fault("status", ("GET", "*"), status=503, times=None)
            with pytest.raises(apptsdk.ServerError):
                await ask(once)
            fault.remove()
            asked = [(seen.method, seen.path, *seen.query) for seen in stage.sandbox.requests]
            assert 1 <= len(set(asked)) == len(asked) <= usual

    stage.tell(story)
