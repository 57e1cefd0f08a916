"""Whatever can be made is found again after its answer was lost, by what was sent; and nothing else is taken for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import attrs
import pytest
from nexhealth_makings import MADE_AT, MAKINGS, PERSON, START
from nexhealth_support import BOTH, NOW, answer, raw, refusal, rows, settings

from apptsdk import BadRequestError, BookingAttempt, OutcomeUnknownError, RetryPolicy, Timeout, UnsupportedError
from apptsdk.http import NoAnswer
from apptsdk.providers.nexhealth import Created, Dependent, WebhookEventName, WebhookResource, Weekday, operations
from apptsdk.providers.nexhealth.operations.client import _finders

every = pytest.mark.parametrize("resource", MAKINGS)
CUT = NoAnswer("the connection was cut")
UNCHECKED = settings(check_location=False)
QUICK = RetryPolicy(recover_within=2)


async def create(c, resource, **other):
    making = MAKINGS[resource]
    return await c.call(f"{resource}.create", *making.args, **{**making.fields, **other})


def lost(vendor, *looks, always=None):
    """Let the answer to what is made be lost, and answer the looks for it."""
    vendor.answers(CUT, *looks, always=always)


def seen_look(vendor):
    post, look, *_ = vendor.seen
    assert post.method == "POST"
    return look


@every
@pytest.mark.parametrize("name", BOTH)
def test_the_look_asks_where_it_was_made_for_what_was_sent(name, resource, vendor):
    making = MAKINGS[resource]
    lost(vendor, rows(making.row))
    made = vendor.tell(lambda c: create(c, resource), settings(check_location=False, api_version=name))
    assert made.recovered
    assert made.id == making.row["id"]
    look = seen_look(vendor)
    expected = set(making.query)
    if name == "v2" and ("per_page", "1000") in expected:
        expected = expected - {("per_page", "1000")} | {("page", "1"), ("per_page", "300")}
    assert (look.method, look.path) == ("GET", making.path)
    assert set(look.query) == expected
    assert len(vendor.feed.requests) == 2


LOSSES = {
    "cut": lambda row: CUT,
    "a 500": lambda row: raw(b"", 500),
    "a 502": lambda row: raw(b"<html>", 502),
    "a 503 that says when": lambda row: raw(b"", 503, [("retry-after", "1")]),
    "a 504": lambda row: raw(b"", 504),
    "a 408": lambda row: raw(b"", 408),
    "HTML": lambda row: raw(b"<html>", 201),
    "half": lambda row: raw(b'{"code": true, "data": {"id": 1', 201),
    "nothing": lambda row: raw(b"", 201),
    "null": lambda row: answer(None, 201),
    "another shape": lambda row: answer({"id": "x"}, 201),
}


@every
@pytest.mark.parametrize("loss", LOSSES)
def test_it_is_posted_once_however_the_answer_is_lost(loss, resource, vendor):
    row = MAKINGS[resource].row
    vendor.answers(LOSSES[loss](row), rows(row))
    assert vendor.tell(lambda c: create(c, resource), UNCHECKED).recovered
    assert [one.method for one in vendor.seen] == ["POST", "GET"]


@every
def test_a_refusal_in_a_2xx_is_final_and_not_looked_for(resource, vendor):
    vendor.answers(refusal("Nope", status=201), always=rows(MAKINGS[resource].row))
    with pytest.raises(Exception, match="201 Nope") as caught:
        vendor.tell(lambda c: create(c, resource), UNCHECKED)
    assert not isinstance(caught.value, OutcomeUnknownError)
    assert [one.method for one in vendor.seen] == ["POST"]


@every
def test_what_is_not_there_yet_is_looked_for_again(resource, vendor):
    lost(vendor, rows(), raw(b"", 404), rows(MAKINGS[resource].row))
    assert vendor.tell(lambda c: create(c, resource), UNCHECKED).recovered
    assert [one.method for one in vendor.seen] == ["POST", "GET", "GET", "GET"]
    assert vendor.clock.slept == [1, 2]


@every
def test_what_stays_missing_is_unknown_and_resolves_later_in_another_process(resource, vendor):
    lost(vendor, always=rows())
    with pytest.raises(OutcomeUnknownError, match="not found at the provider") as caught:
        vendor.tell(lambda c: create(c, resource), UNCHECKED)
    assert caught.value.candidates == ()
    assert [one.method for one in vendor.seen].count("POST") == 1
    assert sum(vendor.clock.slept) <= 30
    text = caught.value.attempt.to_json()
    vendor.answers(rows(), rows(MAKINGS[resource].row), rows(MAKINGS[resource].row))

    async def story(c):
        attempt = BookingAttempt.from_json(text)
        assert attempt == caught.value.attempt
        assert attempt.operation == f"nexhealth.{resource}.create"
        assert await c.resolve(attempt) is None
        one, same = await c.resolve(attempt), await c.call("resolve", attempt)
        assert one == same
        return one

    # The attempt names the practice, whatever the client's is.
    vendor.clock.advance(500)
    found = vendor.tell(story, settings(subdomain=None, location_id=None))
    assert found.recovered
    assert found.id == MAKINGS[resource].row["id"]
    assert {frozenset(one.query) for one in vendor.seen} == {frozenset(MAKINGS[resource].query)}


@every
def test_every_clue_is_compared_though_the_vendor_ignores_the_filters(resource, vendor):
    making = MAKINGS[resource]
    others = [{**making.row, "id": 700 + index, **other} for index, other in enumerate(making.altered)]
    lost(vendor, rows(*others, making.row))
    made = vendor.tell(lambda c: create(c, resource), UNCHECKED)
    assert made.id == making.row["id"]
    for other in others:  # and each for itself
        lost(vendor, always=rows(other))
        with pytest.raises(OutcomeUnknownError, match="not found"):
            vendor.tell(lambda c: create(c, resource), UNCHECKED, retry=QUICK)


@every
def test_twins_make_it_doubtful(resource, vendor):
    making = MAKINGS[resource]
    lost(vendor, always=rows(making.row, {**making.row, "id": 700}))

    async def story(c):
        with pytest.raises(OutcomeUnknownError, match="2 objects could be the one") as caught:
            await create(c, resource)
        with pytest.raises(OutcomeUnknownError, match=r"2 objects could be what .* made") as again:
            await c.resolve(caught.value.attempt)
        return caught.value, again.value

    for error in vendor.tell(story, UNCHECKED):
        assert sorted(one.id for one in error.candidates) == sorted([making.row["id"], 700])


@every
@pytest.mark.parametrize("by", [-3600, -12, 16 * 60, 86_400])
def test_what_was_made_long_before_or_after_is_not_taken(by, resource, vendor):
    moment = NOW + timedelta(seconds=by)
    lost(vendor, always=rows({**MAKINGS[resource].row, "created_at": moment.isoformat()}))
    with pytest.raises(OutcomeUnknownError, match="not found") as caught:
        vendor.tell(lambda c: create(c, resource), UNCHECKED, retry=QUICK)
    assert caught.value.candidates == ()


@every
@pytest.mark.parametrize("stamp", [{"created_at": None}, {}], ids=["null", "missing"])
def test_what_does_not_say_when_it_was_made_is_not_taken(stamp, resource, vendor):
    row = {name: value for name, value in MAKINGS[resource].row.items() if name != "created_at"}
    lost(vendor, always=rows({**row, **stamp}))
    with pytest.raises(OutcomeUnknownError, match="not found"):
        vendor.tell(lambda c: create(c, resource), UNCHECKED, retry=QUICK)


@every
def test_what_an_earlier_call_made_and_answered_is_not_taken_for_it(resource, vendor):
    making = MAKINGS[resource]
    vendor.answers(answer(making.row, 201), CUT, always=rows(making.row))

    async def story(c):
        made = await create(c, resource)
        assert not made.recovered
        with pytest.raises(OutcomeUnknownError, match="not found"):
            await create(c, resource)

    vendor.tell(story, UNCHECKED, retry=QUICK)


# --- appointments ----------------------------------------------------------------------------------------------------


def test_the_appointment_of_another_patient_at_that_time_is_not_taken(vendor):
    """Where two share a slot."""
    row = MAKINGS["appointments"].row
    lost(vendor, rows({**row, "id": 700, "patient_id": 9002}, row))
    assert vendor.tell(lambda c: create(c, "appointments"), UNCHECKED).id == row["id"]


def test_a_dependents_appointment_is_found_though_the_patient_is_another(vendor):
    row = {**MAKINGS["appointments"].row, "patient_id": 9777, "is_guardian": True}
    lost(vendor, rows(row))
    clara = Dependent(first_name="Clara", last_name="Park", date_of_birth=date(2016, 6, 30))
    made = vendor.tell(lambda c: create(c, "appointments", is_guardian=True, patient=clara), UNCHECKED)
    assert made.recovered
    assert made.patient_id == 9777


def test_what_was_left_out_says_nothing(vendor):
    """The vendor fills it in: the end follows from the type."""
    making = MAKINGS["appointments"]
    given = {name: making.fields[name] for name in ("patient_id", "provider_id", "start_time")}
    lost(vendor, rows(making.row))
    made = vendor.tell(lambda c: c.call("appointments.create", **given), UNCHECKED)
    assert made.recovered


NULLS = {
    "no block": ({"unavailable": False}, {"unavailable": None}),
    "no guardian": ({"is_guardian": False}, {"is_guardian": None}),
    "microseconds": (
        {"start_time": START + timedelta(microseconds=123_456)},
        {"start_time": "2031-04-15T14:00:00.123Z"},
    ),
}


@pytest.mark.parametrize("name", NULLS)
def test_what_the_vendor_writes_otherwise_is_the_same(name, vendor):
    given, shown = NULLS[name]
    lost(vendor, rows({**MAKINGS["appointments"].row, **shown}))
    assert vendor.tell(lambda c: create(c, "appointments", **given), UNCHECKED).recovered


def test_a_start_in_another_zone_is_the_same_start(vendor):
    lost(vendor, rows(MAKINGS["appointments"].row))
    start = datetime.fromisoformat("2031-04-15T16:00:00+02:00")
    assert start == START
    assert vendor.tell(lambda c: create(c, "appointments", start_time=start), UNCHECKED).recovered


def test_an_attempt_says_what_was_to_be_taken_and_names_nobody_in_its_repr(vendor):
    lost(vendor, always=rows())
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(lambda c: create(c, "appointments", note="hush"), UNCHECKED, retry=QUICK)
    attempt = caught.value.attempt
    assert attempt.slot == "provider 71 at location 41 in operatory 305, 2031-04-15T14:00:00+00:00"
    assert "hush" not in repr(attempt) + attempt.to_json()
    assert "9001" not in repr(attempt)
    assert attempt.started_at == NOW


def test_an_attempt_is_handed_over_before_anything_is_posted(vendor):
    vendor.answers(answer({"appt": MAKINGS["appointments"].row}, 201))
    attempts = []

    def keep(attempt):
        assert vendor.feed.requests == []
        attempts.append(attempt)

    vendor.tell(lambda c: create(c, "appointments"), UNCHECKED, on_attempt=keep)
    assert [attempt.operation for attempt in attempts] == ["nexhealth.appointments.create"]
    assert attempts[0].clues["subdomain"] == "riverbend-dental"


def test_the_attempt_of_a_view_names_the_views_practice(vendor):
    lost(vendor, always=rows())

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as caught:
            await create(c.view(subdomain="lakeside", location_id=7), "appointments")
        assert await c.resolve(caught.value.attempt) is None

    vendor.tell(story, UNCHECKED, retry=QUICK)
    assert {dict(one.query)["subdomain"] for one in vendor.seen} == {"lakeside"}
    assert {dict(one.query)["location_id"] for one in vendor.seen} == {"7"}


# --- onboardings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{}, {"subdomain": None, "location_id": None}], ids=["a practice", "none"])
def test_a_subscription_to_what_belongs_to_no_practice_is_made_and_found_without_one(given, vendor):
    row = {"id": 5, "webhook_endpoint_id": 3, "resource_type": "Onboarding", "event": "onboarding_created"}
    lost(vendor, rows({**row, "created_at": MADE_AT}))
    fields = {"resource_type": WebhookResource.ONBOARDING, "event": WebhookEventName.ONBOARDING_CREATED}
    made = vendor.tell(lambda c: c.call("webhook_subscriptions.create", 3, **fields), settings(**given))
    assert made.recovered
    assert made.institution_id is None
    assert [(one.method, one.query) for one in vendor.seen] == [("POST", []), ("GET", [])]


# --- what cannot be looked up -----------------------------------------------------------------------------------------

UNFINDABLE = {
    "patients": (PERSON, r"It cannot be looked up: .* create again with return_existing_if_match=True gives the one"),
    "appointment_types": (
        {"name": "Review", "minutes": 20},
        "list the types, whose names are unique, before you",
    ),
    "working_hours": (
        {"provider_id": 71, "begin_time": time(9), "end_time": time(12), "days": [Weekday.MONDAY]},
        "list the working hours before you repeat it",
    ),
}


async def register(c, **other):
    return await c.call("patients.create", **{**PERSON, **other})


@pytest.mark.parametrize("resource", UNFINDABLE)
def test_what_cannot_be_told_from_others_is_not_looked_for_and_there_is_advice(resource, vendor):
    fields, advice = UNFINDABLE[resource]
    vendor.answers(CUT)

    async def story(c):
        with pytest.raises(OutcomeUnknownError, match=advice) as caught:
            await c.call(f"{resource}.create", **fields)
        with pytest.raises(UnsupportedError, match=rf"^nexhealth\.{resource}\.create cannot be looked up"):
            await c.resolve(caught.value.attempt)
        return caught.value.attempt

    attempt = vendor.tell(story)
    assert "Adaline" not in attempt.to_json() + repr(attempt)
    assert [one.method for one in vendor.seen] == ["POST"]


def test_in_v2_there_is_no_second_try_to_advise_for_a_patient(vendor):
    vendor.answers(CUT)
    with pytest.raises(OutcomeUnknownError, match="look at the provider before you repeat it"):
        vendor.tell(register, settings(api_version="v2"))


def test_a_patient_who_may_exist_already_is_asked_for_once_too(vendor):
    vendor.answers(CUT)
    with pytest.raises(OutcomeUnknownError, match="return_existing_if_match=True"):
        vendor.tell(lambda c: register(c, return_existing_if_match=True))
    assert [one.method for one in vendor.seen] == ["POST"]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
def test_the_advice_leads_to_one_patient(kind, practice):
    practice.sandbox.fault(kind, method="POST", path="/patients")

    async def story(c):
        fields = {"provider_id": practice.provider}
        with pytest.raises(OutcomeUnknownError):
            await register(c, **fields)
        return await register(c, **fields, return_existing_if_match=True)

    made = practice.tell(story)
    assert practice.sandbox.ledger.created("patients") == [str(made.id)]


# --- what is deleted and cancelled -----------------------------------------------------------------------------------

GONE = refusal("Resource not found", status=404)
DELETES = {
    "working_hours.delete": ((5,), GONE),
    "appointment_types.delete": ((5,), GONE),
    "webhook_endpoints.delete": ((5,), answer([{"id": 4}])),
    "webhook_subscriptions.delete": ((3, 5), answer([{"id": 4}])),
}
THERE = answer([{"id": 4}, {"id": 5}])


@pytest.mark.parametrize("verb", DELETES)
def test_a_lost_deletion_is_confirmed_by_a_look(verb, vendor):
    args, gone = DELETES[verb]
    vendor.answers(CUT, GONE, gone)
    assert vendor.tell(lambda c: c.call(verb, *args)) is None
    assert [one.method for one in vendor.seen] == ["DELETE", "DELETE", "GET"]


@pytest.mark.parametrize("verb", DELETES)
def test_what_was_not_there_in_the_first_place_is_not_found(verb, vendor):
    args, _ = DELETES[verb]
    vendor.answers(GONE)
    with pytest.raises(Exception, match="404"):
        vendor.tell(lambda c: c.call(verb, *args))
    assert [one.method for one in vendor.seen] == ["DELETE"]


@pytest.mark.parametrize("verb", DELETES)
def test_a_deletion_that_stays_unanswered_and_undone_is_unknown(verb, vendor):
    args, gone = DELETES[verb]
    there = THERE if gone is not GONE else answer({"id": 5})
    vendor.answers(CUT, CUT, CUT, CUT, there)
    with pytest.raises(OutcomeUnknownError, match="Repeating it is harmless"):
        vendor.tell(lambda c: c.call(verb, *args))
    assert [one.method for one in vendor.seen] == [*["DELETE"] * 4, "GET"]


NOT_AGAIN = refusal("Cannot update appointment because it is not synced with the PMS and/or a live client")


def test_a_lost_cancellation_is_confirmed_by_a_look(vendor):
    row = MAKINGS["appointments"].row
    vendor.answers(CUT, NOT_AGAIN, answer({**row, "cancelled": True}))
    gone = vendor.tell(lambda c: c.call("appointments.cancel", row["id"]))
    assert gone.cancelled is True
    assert [one.method for one in vendor.seen] == ["PATCH", "PATCH", "GET"]


def test_a_cancellation_that_is_refused_twice_is_refused(vendor):
    vendor.answers(CUT, NOT_AGAIN, answer(MAKINGS["appointments"].row))
    with pytest.raises(BadRequestError, match="not synced"):
        vendor.tell(lambda c: c.call("appointments.cancel", 5))
    vendor.answers(NOT_AGAIN)
    with pytest.raises(BadRequestError, match="not synced"):
        vendor.tell(lambda c: c.call("appointments.cancel", 5))
    assert [one.method for one in vendor.seen] == ["PATCH"]


def test_a_cancellation_is_asked_for_again_to_the_byte(vendor):
    row = {**MAKINGS["appointments"].row, "cancelled": True}
    vendor.answers(raw(b"", 503), answer({"appt": row}))
    assert vendor.tell(lambda c: c.call("appointments.cancel", 5)).cancelled
    first, again = vendor.feed.requests
    assert (first.url, first.content) == (again.url, again.content)


# --- what cannot be resolved -----------------------------------------------------------------------------------------


def test_an_attempt_of_another_provider_is_refused(vendor):
    attempt = BookingAttempt(provider="cliniko", operation="cliniko.patients.create", started_at=NOW)
    with pytest.raises(ValueError, match="belongs to cliniko, not to nexhealth"):
        vendor.tell(lambda c: c.resolve(attempt))
    assert vendor.feed.requests == []


@pytest.mark.parametrize("name", ["nexhealth.appointments.update", "nexhealth.request"])
def test_an_attempt_at_what_cannot_be_looked_up_says_what_can(name, vendor):
    attempt = BookingAttempt(provider="nexhealth", operation=name, started_at=NOW)
    with pytest.raises(UnsupportedError, match=r"these can: .*nexhealth\.appointments\.create") as caught:
        vendor.tell(lambda c: c.resolve(attempt))
    assert caught.value.operation == name
    assert vendor.feed.requests == []


def test_a_raw_post_whose_answer_is_lost_is_unknown(vendor):
    vendor.answers(CUT)
    with pytest.raises(OutcomeUnknownError, match="cannot be looked up by the SDK"):
        vendor.tell(lambda c: c.call("request", "POST", "/payments", json={"payment": {}}))
    assert len(vendor.feed.requests) == 1


def test_whatever_can_be_made_can_be_looked_up():
    names = [info.name for info in iter_modules(operations.__path__)]
    modules = {name: import_module(f"{operations.__name__}.{name}") for name in names}
    made = {name for name, module in modules.items() if any(verb.__name__ == "create" for verb in module.VERBS)}
    assert made - set(UNFINDABLE) == set(MAKINGS)
    assert set(_finders(settings().scope_of_calls)) == {f"nexhealth.{name}.create" for name in MAKINGS}
    assert {kind.__name__ for kind in get_args(Created)} == {modules[name].resource.model.__name__ for name in MAKINGS}


# --- at the sandbox --------------------------------------------------------------------------------------------------

KINDS = {
    "drop_after": {},
    "a reset": {"kind": "drop_after", "reset": True},
    "truncate": {},
    "garble": {},
    "empty": {"commit": True},
    **{f"a {number}": {"kind": "status", "status": number, "commit": True} for number in (500, 502, 503, 504)},
    "hang": {"commit": True},
}


async def booking(c, practice, **other):
    day = date(2026, 3, 10)
    slot = await c.first(c.list("available_slots.list", start_date=day, days=3, provider_ids=[practice.provider]))
    return {
        "patient_id": practice.patient,
        "provider_id": practice.provider,
        "operatory_id": slot.operatory_id,
        "start_time": slot.time,
        "end_time": slot.time + timedelta(minutes=15),
        **other,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_booking_whose_answer_is_lost_is_found_once_and_the_ledger_holds_one(kind, practice):
    fault = {"kind": kind, **KINDS[kind]}
    practice.sandbox.fault(method="POST", path="/appointments", **fault)
    timeout = Timeout(attempt=0.2, total=60) if kind == "hang" else 30

    async def story(c):
        given = await booking(c, practice)
        made = await c.call("appointments.create", **given)
        assert made.start_time == given["start_time"]
        return made

    made = practice.tell(story, timeout=timeout)
    assert made.recovered
    assert practice.sandbox.ledger.created("appointments") == [str(made.id)]
    assert [one.path for one in practice.seen("POST")] == ["/nexhealth/appointments"]


@pytest.mark.parametrize("name", BOTH)
def test_a_booking_that_never_arrived_is_unknown_and_stays_unmade(name, practice):
    practice.sandbox.fault("drop_before", method="POST", path="/appointments")

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as caught:
            await c.call("appointments.create", **await booking(c, practice))
        return await c.resolve(caught.value.attempt)

    given = attrs.evolve(practice.sandbox.nexhealth, api_version=name)
    assert practice.tell(story, given, retry=QUICK) is None
    assert practice.sandbox.ledger.created("appointments") == []
    assert len(practice.seen("POST")) == 1


@pytest.mark.parametrize("name", BOTH)
def test_a_booking_that_is_cancelled_meanwhile_was_made_all_the_same(name, practice):
    practice.sandbox.fault("drop_after", method="POST", path="/appointments")
    practice.sandbox.fault("status", method="GET", path="/appointments", status=404, times=6)

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as caught:
            await c.call("appointments.create", **await booking(c, practice))
        (number,) = practice.sandbox.ledger.created("appointments")
        await c.call("appointments.cancel", number)
        return number, await c.resolve(caught.value.attempt)

    number, found = practice.tell(story, attrs.evolve(practice.sandbox.nexhealth, api_version=name))
    assert found.id == int(number)
    assert found.cancelled


PATHS = {"patient_alerts": "alerts"}
SANDBOXED = ("patient_alerts", "webhook_endpoints", "webhook_subscriptions")


@pytest.mark.parametrize("resource", SANDBOXED)
def test_the_others_are_found_at_the_sandbox_too(resource, practice):
    fields = dict(MAKINGS[resource].fields)

    async def story(c):
        args = ()
        if resource == "webhook_subscriptions":
            args = ((await c.call("webhook_endpoints.create", target_url="http://127.0.0.1:9/x")).id,)
        if resource == "webhook_endpoints":
            fields["target_url"] = "http://127.0.0.1:9/x"
        if resource == "patient_alerts":
            args = (practice.patient,)
        practice.sandbox.fault("drop_after", method="POST", path=f"*/{PATHS.get(resource, resource)}")
        made = await c.call(f"{resource}.create", *args, **fields)
        assert made.recovered
        return made

    made = practice.tell(story)
    assert practice.sandbox.ledger.created(resource) == [str(made.id)]


@pytest.mark.parametrize("resource", ["working_hours", "webhook_endpoints", "webhook_subscriptions"])
def test_a_lost_deletion_is_done_once_at_the_sandbox(resource, practice):
    async def story(c):
        hook = await c.call("webhook_endpoints.create", target_url="http://127.0.0.1:9/x")
        fields = MAKINGS["webhook_subscriptions"].fields
        subscription = await c.call("webhook_subscriptions.create", hook.id, **fields)
        hours = await c.first(c.list("working_hours.list"))
        args = {
            "working_hours": (hours.id,),
            "webhook_endpoints": (hook.id,),
            "webhook_subscriptions": (hook.id, subscription.id),
        }[resource]
        practice.sandbox.fault("drop_after", method="DELETE")
        assert await c.call(f"{resource}.delete", *args) is None
        with pytest.raises(Exception, match="404"):
            await c.call(f"{resource}.delete", *args)

    practice.tell(story)
    deletes = [entry for entry in practice.sandbox.ledger if (entry.action, entry.resource) == ("delete", resource)]
    assert len(deletes) == 1


def test_the_clock_of_the_makings_is_that_of_the_tests():
    assert timedelta(0) < datetime.fromisoformat(MADE_AT) - NOW < timedelta(seconds=1)
    assert NOW.tzinfo is UTC
