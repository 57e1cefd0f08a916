"""What each provider can do: what it lacks is refused before anything is sent, or dropped with a warning."""

from __future__ import annotations

import attrs
import pytest
from portable_places import DAY, MINUTE
from portable_stage import everywhere
from props import NOW

from apptsdk import CancelReason, Capability, Channel, Customer, ProviderWarning, UnsupportedError, ValidationError

pytestmark = pytest.mark.parametrize(("place", "facade"), everywhere(further=True), ids=str)


def test_the_capabilities_are_those_that_are_expected(stage):
    async def story(stage, tell):
        able = tell.client.capabilities
        if stage.facade.joint:
            assert set(able) == {stage.place.provider}
            able = able[stage.place.provider]
        assert able == stage.place.able
        assert isinstance(able, frozenset)

    stage.tell(story)
    assert stage.sandbox.requests == []


WINDOW = {"start": NOW + DAY, "end": NOW + 2 * DAY}


def test_what_a_provider_lacks_is_refused_and_nothing_is_sent(stage):
    async def story(stage, tell):
        place = stage.place
        first, second = stage.slots(2)
        made = await stage.book(tell, first)
        service = {"service": place.wanted().get("service", "x")}
        stage.sandbox.requests.clear()

        async def list_all(verb, **asked):
            return await tell.collect(tell.list(verb, **WINDOW, **asked))

        other_channel = next(
            one for one in (Channel.PHONE, Channel.IN_PERSON) if one is not place.booking.get("channel")
        )
        cases = (
            (Capability.FIND_SLOTS, lambda: list_all("find_slots", **service)),
            (Capability.FIND_SLOTS, lambda: tell.call("book_first_available", place.new, **WINDOW, **service)),
            (Capability.GET, lambda: tell.call("get_appointment", made)),
            (Capability.LIST, lambda: list_all("list_appointments")),
            (Capability.LIST_CANCELLED, lambda: list_all("list_appointments", host=made.host, include_cancelled=True)),
            (Capability.CHANNEL, lambda: tell.call("book", second, place.new, channel=other_channel)),
            (Capability.NOTIFY, lambda: stage.book(tell, second, notify=True)),
            (Capability.NOTIFY, lambda: stage.book(tell, second, notify=False)),
            (Capability.NOTIFY, lambda: tell.call("reschedule", made, second, notify=True)),
        )
        refused = 0
        for needed, ask in cases:
            if needed not in place.able:
                with pytest.raises(UnsupportedError, match=f"{place.provider} has no ") as caught:
                    await ask()
                assert caught.value.provider == place.provider
                refused += 1
        assert stage.sandbox.requests == []
        assert refused >= 1

    stage.tell(story)


def test_what_only_annotates_is_kept_or_dropped_with_a_warning(stage):
    async def story(stage, tell):
        place = stage.place
        slots = stage.slots(2)
        for slot, (name, needed) in zip(
            slots, (("notes", Capability.NOTES), ("reference", Capability.REFERENCE)), strict=True
        ):
            if stage.can(needed):
                made = await stage.book(tell, slot, **{name: "crm-7"})
                assert getattr(made, name) == "crm-7"
            else:
                with pytest.warns(ProviderWarning, match=f"{place.provider} keeps no {name}; it was dropped") as caught:
                    made = await stage.book(tell, slot, **{name: "crm-7"})
                assert [one.filename for one in caught if "apptsdk" in one.filename.split("tests")[0]] == []
                assert getattr(made, name) is None
            if stage.can(Capability.GET) and place.name != "imiassist that reads":
                assert getattr(await tell.call("get_appointment", made), name) == getattr(made, name)
        why = {"reason": CancelReason.SICK, "note": "flu"}
        if stage.can(Capability.CANCEL_REASON):
            await tell.call("cancel", made, **why)
            record = [entry for entry in stage.sandbox.ledger if entry.action == "cancel"][-1].record
            assert record["cancellation_note"] == "flu"
            assert record["cancellation_reason_description"] == "Sick"
        else:
            with pytest.warns(ProviderWarning, match=f"{place.provider} keeps no reason of a cancellation"):
                await tell.call("cancel", made, **why)
        assert len(stage.live) == 1

    stage.tell(story)


def test_a_channel_is_honoured_or_refused(stage):
    async def story(stage, tell):
        (slot,) = stage.slots(1)
        stage.sandbox.requests.clear()
        if stage.can(Capability.CHANNEL) or stage.place.only_video:
            made = await stage.book(tell, slot, channel=Channel.VIDEO)
            assert made.channel is Channel.VIDEO
            return
        with pytest.raises(UnsupportedError, match="channel=VIDEO"):
            await stage.book(tell, slot, channel=Channel.VIDEO)
        assert stage.sandbox.requests == []

    stage.tell(story)


AT_ALL = {
    "a name that is a number": ({"first_name": 5}, TypeError, r"^customer\.first_name must be a str, not int\.$"),
    "a blank name": ({"last_name": " "}, ValueError, r"^customer\.last_name is blank"),
    "no address": ({"email": "adaline"}, ValueError, r"^customer\.email is no email address\.$"),
    "an empty address": ({"email": ""}, ValueError, r"^customer\.email is no email address\.$"),
    "a phone that is a number": ({"phone": 61491570171}, TypeError, r"^customer\.phone must be a str, not int\.$"),
    "an empty phone": ({"phone": ""}, ValueError, r"^customer\.phone is blank"),
    "a birthday as text": (
        {"date_of_birth": "1990-05-17"},
        TypeError,
        r"^customer\.date_of_birth must be a date, not str\.$",
    ),
    "attributes in a list": ({"attributes": [("a", 1)]}, TypeError, r"^customer\.attributes must be a mapping"),
    "an attribute that is a list": ({"attributes": {"a": ["b"]}}, TypeError, r"^customer\.attributes\['a'\] must be a"),
}


def test_a_customer_is_checked_in_the_same_words_everywhere(stage):
    async def story(stage, tell):
        place = stage.place
        (slot,) = stage.slots(1)
        stage.sandbox.requests.clear()
        for changes, kind, said in AT_ALL.values():
            wrong = attrs.evolve(place.new, **changes)
            with pytest.raises(kind, match=said):
                await stage.book(tell, slot, wrong)
            if stage.can(Capability.FIND_SLOTS):
                with pytest.raises(kind, match=said):
                    await tell.call("book_first_available", wrong, **WINDOW, **place.wanted(), **place.booking)
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_an_attribute_is_the_providers_own_or_refused_before_anything_is_sent(stage):
    async def story(stage, tell):
        place = stage.place
        (slot,) = stage.slots(1)
        stage.sandbox.requests.clear()
        if place.customers is None:  # which there are, only the company knows
            with pytest.raises(ValidationError, match="not configured for the company"):
                await stage.book(tell, slot, attrs.evolve(place.new, attributes={"shoe": 43}))
            return
        said = f"^customer.attributes: {place.classes} takes no hat, shoe; it takes .*(city|First name)"
        for value in (43, None):
            for customer in (place.new, stage.known):
                wrong = attrs.evolve(customer, attributes={"shoe": value, "hat": value})
                with pytest.raises(ValueError, match=said):
                    await stage.book(tell, slot, wrong)
                with pytest.raises(ValueError, match=said):
                    await tell.call("book_first_available", wrong, **WINDOW, **place.wanted(), **place.booking)
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_a_slot_made_by_hand_is_checked_in_the_same_words_everywhere(stage):
    async def story(stage, tell):
        place = stage.place
        slot, other = stage.slots(2)
        made = await stage.book(tell, slot)
        by_hand, more = place.by_hand(other)
        stage.sandbox.requests.clear()
        for name in ("service", "host", "location"):
            part = getattr(by_hand, name)
            strange = attrs.evolve(by_hand, **{name: attrs.evolve(part, provider="acme")})
            with pytest.raises(
                ValueError, match=rf"^slot\.{name} is acme's, and this is a client of {place.provider}'s"
            ):
                await stage.book(tell, strange, place.new, **more)
            with pytest.raises(ValueError, match=rf"^slot\.{name} is acme's"):
                await tell.call("reschedule", made, strange)
            if place.provider != "imiassist":  # whose ids are words that only the company knows
                wrong = attrs.evolve(by_hand, **{name: attrs.evolve(part, id="no such")})
                with pytest.raises(ValueError, match=rf"^slot\.{name} is (not|neither) a "):
                    await stage.book(tell, wrong, place.new, **more)
                with pytest.raises(ValueError, match=rf"^slot\.{name} is (not|neither) a "):
                    await tell.call("reschedule", made, wrong)
            if other.ref is not None:
                twisted = attrs.evolve(other, **{name: attrs.evolve(part, id=place.nobody)})
                with pytest.raises(ValueError, match=rf"^slot\.{name} is not the one that slot\.ref names"):
                    await stage.book(tell, twisted, place.new)
        assert stage.sandbox.requests == []

    stage.tell(story)


def test_a_wrong_argument_is_refused_before_anything_is_sent(stage):
    async def story(stage, tell):
        slot, other = stage.slots(2)
        made = await stage.book(tell, slot)
        new = stage.place.new
        stage.sandbox.requests.clear()
        for kind, ask in (
            (TypeError, lambda: tell.call("book", other, {"first_name": "Ada"})),
            (TypeError, lambda: stage.book(tell, other, new, check_conflicts=1)),
            (TypeError, lambda: stage.book(tell, other, new, notify="yes")),
            (TypeError, lambda: stage.book(tell, other, new, channel="video")),
            (ValueError, lambda: stage.book(tell, other, new, channel=Channel.UNKNOWN)),
            (TypeError, lambda: stage.book(tell, other, new, notes=5)),
            (TypeError, lambda: tell.call("cancel", made, reason="sick")),
            (TypeError, lambda: tell.call("reschedule", made, 5)),
            (TypeError, lambda: stage.book(tell, other, new, options=new)),
        ):
            with pytest.raises(kind):
                await ask()
        if stage.can(Capability.LIST):
            for asked in (
                {"start": NOW, "end": NOW},
                {"start": NOW.replace(tzinfo=None), "end": NOW},
                {"start": NOW, "end": NOW + MINUTE, "customer": attrs.evolve(new, provider=stage.place.provider)},
                {"start": NOW, "end": NOW + MINUTE, "host": []},
            ):
                with pytest.raises(ValueError, match=r"must|naive|needs an id|empty"):
                    await tell.collect(tell.list("list_appointments", **asked))
        assert stage.sandbox.requests == []
        assert Customer(id=5).id == "5"

    stage.tell(story)
