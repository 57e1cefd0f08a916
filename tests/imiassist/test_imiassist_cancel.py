"""Cancelling by any one name of an appointment, reading one where that is switched on, and what cannot be looked up."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime

import attrs
import pytest
from imiassist_support import (
    ASKED,
    CUT,
    ID,
    MADE,
    NAMED,
    REFERENCE,
    START,
    UID,
    answer,
    error,
    passed_on,
    raw,
    settings,
)

from apptsdk import (
    BookingAttempt,
    ConflictError,
    NotFoundError,
    OutcomeUnknownError,
    ResponseUnreadableError,
    UnsupportedError,
)
from apptsdk.providers.imiassist import Appointment, Endpoint
from apptsdk.providers.imiassist.booking import new_reference
from apptsdk.providers.imiassist.models import CancelledAppointment

BY = {
    "appointment_id": (ID, f"/appointments/{ID}/cancel"),
    "appointment_uid": (UID, f"/appointments/uid/{UID}/cancel"),
    "external_reference_id": (REFERENCE, f"/appointments/external/{REFERENCE}/cancel"),
}
GONE = answer(error("already_cancelled", "It is cancelled."), 409)
FLAT = {
    operation: Endpoint("POST", "/run", {"node": operation})
    for operation in ("schedule", "cancel_by_id", "cancel_by_uid", "cancel_by_external_reference", "get")
}
FLOW = settings(
    base_url="https://flows.example", api_prefix="", endpoints=FLAT, field_names={"appointment_uid": "friendly"}
)


def made(**ids):
    return Appointment(response_body="{}", response_status_code=201, **ids)


# --- by what ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY)
def test_an_appointment_is_cancelled_by_each_of_its_names(name, vendor):
    value, path = BY[name]
    vendor.answers(answer(NAMED))
    gone = vendor.cancel(**{name: value})
    (seen,) = vendor.seen
    assert (seen.method, seen.path, seen.body) == ("POST", path, {})
    assert (gone.appointment_id, gone.appointment_uid, gone.response_status_code) == (ID, UID, 200)
    assert (gone.recovered, gone.as_sent(), gone.unknown) == (False, NAMED, {})


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        ({"appointment_id": ID, "appointment_uid": UID, "external_reference_id": REFERENCE}, "appointment_id"),
        ({"appointment_uid": UID, "external_reference_id": REFERENCE}, "appointment_uid"),
    ],
    ids=["with an id", "with a uid alone"],
)
def test_an_appointment_is_cancelled_as_it_was_returned(ids, name, vendor):
    vendor.answers(answer(NAMED))
    assert vendor.cancel(made(**ids)).appointment_uid == UID
    assert vendor.seen[0].path == BY[name][1]


ONE_OF = "Give one of appointment, appointment_id, appointment_uid, external_reference_id, and no other: {}."
NOTHING = "none is given, or it is None"
NONE_OR_SEVERAL = {
    "none": ((), {}, NOTHING),
    "None": ((None,), {"appointment_id": None, "appointment_uid": None}, NOTHING),
    "two": ((), {"appointment_id": ID, "appointment_uid": UID}, "appointment_id and appointment_uid are given"),
    "all": ((), {name: value for name, (value, _) in BY.items()}, f"{' and '.join(BY)} are given"),
    "an appointment and its id": (
        (made(appointment_id=ID),),
        {"appointment_id": ID},
        "appointment and appointment_id are given",
    ),
}


@pytest.mark.parametrize("what", NONE_OR_SEVERAL)
def test_exactly_one_name_is_given(what, vendor):
    given, named, found = NONE_OR_SEVERAL[what]
    with pytest.raises(TypeError) as caught:
        vendor.cancel(*given, **named)
    assert str(caught.value) == ONE_OF.format(found)
    assert vendor.feed.requests == []


@pytest.mark.parametrize("given", [ID, 5, NAMED, CancelledAppointment(response_body="", response_status_code=200)])
def test_only_an_appointment_is_given_without_a_name(given, one):
    with pytest.raises(TypeError) as caught:
        one.cancel(given)
    assert str(caught.value) == (
        f"appointment must be an Appointment, not {type(given).__name__}. Give an id by its name: "
        "cancel(appointment_id=...)."
    )
    assert one.feed.requests == []


def test_an_appointment_without_any_id_is_refused(one):
    with pytest.raises(ValueError, match="appointment_uid is not an id"):
        one.cancel(made())
    assert one.feed.requests == []


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"Appointment_ID": ID}, (ID, None)),
        ({"data": {"APPOINTMENT_UID": UID}}, (None, UID)),
        ({"Response_Body": f'{{"appointment_uid": "{UID}"}}', "Response_Status_Code": "200"}, (None, UID)),
        ({"appointment_id": ID.upper()}, (ID.upper(), None)),
        ({"appointment_id": "", "result": NAMED}, (ID, UID)),
    ],
)
def test_what_a_cancellation_answers_is_found_wherever_it_is(body, expected, one):
    one.answers(answer(body))
    gone = one.cancel(appointment_id=ID)
    assert (gone.appointment_id, gone.appointment_uid) == expected
    assert gone.as_sent() == body
    assert pickle.loads(pickle.dumps(gone)) == gone


@pytest.mark.parametrize(
    "body",
    [
        *(raw(b"", 204), raw(b"", 200), raw(b"OK"), raw(b"<html>"), answer({}), answer([NAMED]), answer(None)),
        *(answer({"queued": True}, 202), passed_on("200", ""), answer({"appointment_id": [ID]})),
        *(answer({**NAMED, "response_status_code": "soon"}), answer({**NAMED, "error": "It failed."})),
    ],
    ids=repr,
)
def test_an_answer_that_names_no_appointment_is_unreadable_and_nothing_is_repeated(body, one):
    one.answers(body)
    with pytest.raises(ResponseUnreadableError, match=r"imiassist\.appointments\.cancel") as caught:
        one.cancel(appointment_id=ID)
    assert caught.value.paths
    assert caught.value.response.status in {200, 202, 204}
    assert len(one.seen) == 1


def test_a_repr_shows_ids_alone(one):
    one.answers(answer({**NAMED, "title": "Ana Roe"}))
    assert (
        repr(one.cancel(appointment_id=ID)) == f"<CancelledAppointment appointment_id='{ID}' appointment_uid='{UID}'>"
    )


# --- repeated --------------------------------------------------------------------------------------------------------

DOUBTS = {"a cut": CUT, "a 503": raw(b"", 503), "a 500": raw(b"", 500), "a flow's 502": passed_on("502", "")}


@pytest.mark.parametrize("name", BY)
@pytest.mark.parametrize("doubt", DOUBTS)
def test_cancelled_already_after_a_lost_answer_is_cancelled(doubt, name, one):
    one.answers(DOUBTS[doubt], GONE)
    gone = one.cancel(**{name: BY[name][0]})
    assert gone.recovered
    assert (gone.appointment_id, gone.appointment_uid) == (
        ID if name == "appointment_id" else None,
        UID if name == "appointment_uid" else None,
    )
    assert (gone.response_status_code, gone.response_body) == (409, GONE.text)
    assert len(one.seen) == 2
    assert one.feed.requests[0] == one.feed.requests[1]


def test_it_is_so_in_both_facades_and_behind_a_flow(vendor):
    inner = error("already_cancelled", "It is cancelled.")
    vendor.answers(CUT, passed_on("409", inner))
    gone = vendor.cancel(appointment_uid=UID, given=FLOW)
    assert (gone.recovered, gone.appointment_uid, gone.response_status_code) == (True, UID, 409)
    assert json.loads(gone.response_body) == inner
    assert [seen.body for seen in vendor.seen] == [{"node": "cancel_by_uid", "friendly": UID}] * 2


def test_a_lost_answer_and_then_a_good_one_is_a_plain_success(vendor):
    vendor.answers(CUT, answer(NAMED))
    gone = vendor.cancel(appointment_id=ID)
    assert (gone.recovered, gone.appointment_uid, gone.response_status_code) == (False, UID, 200)


NO_DOUBT = {
    "nothing": (),
    "a 429": (raw(b"", 429, [("Retry-After", "1")]),),
    "a flow's 429": (passed_on("429", ""),),
}


@pytest.mark.parametrize("before", NO_DOUBT)
def test_cancelled_already_without_a_lost_answer_is_a_conflict(before, vendor):
    vendor.answers(*NO_DOUBT[before], GONE)
    with pytest.raises(ConflictError, match=r"409 It is cancelled\.") as caught:
        vendor.cancel(appointment_id=ID)
    assert caught.value.code == "already_cancelled"


@pytest.mark.parametrize("code", ["not_open", "Already_Cancelled", None])
def test_another_conflict_after_a_lost_answer_is_one(code, one):
    one.answers(CUT, answer({"error": {"code": code, "message": "It is closed."}}, 409))
    with pytest.raises(ConflictError, match="It is closed"):
        one.cancel(appointment_id=ID)


def test_not_found_after_a_lost_answer_is_not_found(one):
    one.answers(CUT, answer(error("appointment_not_found"), 404))
    with pytest.raises(NotFoundError):
        one.cancel(appointment_id=ID)


def test_silence_to_the_end_is_unknown_and_harmless_to_repeat(vendor):
    vendor.answers(always=CUT)
    with pytest.raises(OutcomeUnknownError, match="Repeating it is harmless") as caught:
        vendor.cancel(appointment_id=ID)
    assert caught.value.attempt.operation == "imiassist.appointments.cancel"
    assert len(vendor.seen) > 1


# --- get -------------------------------------------------------------------------------------------------------------

GETTING = {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}


def get(vendor, given=None, number=ID):
    return vendor.tell(lambda c: c.call("appointments.get", number), given)


def test_reading_an_appointment_is_off_and_the_error_says_how_to_switch_it_on(vendor):
    with pytest.raises(UnsupportedError) as caught:
        get(vendor)
    assert caught.value.operation == "imiassist.appointments.get"
    assert str(caught.value) == (
        "No known node of the vendor's does this, so 'get' is off. If what your base_url leads to can, say where: "
        'endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}.'
    )
    assert vendor.feed.requests == []


def test_what_the_error_says_switches_it_on(vendor):
    vendor.answers(answer(MADE))
    found = get(vendor, settings(endpoints=GETTING))
    (seen,) = vendor.seen
    assert (seen.method, seen.path, seen.body) == ("GET", f"/appointments/{ID}", None)
    assert (found.title, found.external_reference_id, found.recovered) == (MADE["title"], REFERENCE, False)


def test_an_appointment_that_is_read_has_no_reference_of_ours(one):
    one.answers(answer(NAMED))
    assert get(one, settings(endpoints=GETTING)).external_reference_id is None


def test_a_flow_may_read_an_appointment_by_post_and_it_is_read_again_after_silence(vendor):
    vendor.answers(CUT, passed_on("503", ""), answer({"Appointment_ID": ID}))
    assert get(vendor, FLOW).appointment_id == ID
    assert [seen.body for seen in vendor.seen] == [{"node": "get", "appointment_id": ID}] * 3


OTHERS = {
    "appointment_id": {"appointment_id": "65e2f0c4a1b2c3d4e5f60799", "appointment_uid": UID},
    "appointment_uid": {"appointment_id": ID, "appointment_uid": "NS-45-2"},
    "external_reference_id": {**NAMED, "external_reference_id": "PAS-1002"},
}


@pytest.mark.parametrize("name", ["appointment_id", "appointment_uid"])
def test_an_answer_about_another_appointment_confirms_nothing(name, vendor):
    vendor.answers(answer(OTHERS[name]))
    with pytest.raises(ResponseUnreadableError, match=f"{name}: another one than was asked for"):
        vendor.cancel(**{name: BY[name][0]})


def test_another_appointment_is_not_the_one_that_was_to_be_read(one):
    one.answers(answer(OTHERS["appointment_id"]))
    with pytest.raises(ResponseUnreadableError, match="appointment_id: another one than was asked for"):
        get(one, settings(endpoints=GETTING))


@pytest.mark.parametrize("body", [{}, {"queued": True}, {"title": "T"}])
def test_an_answer_that_names_no_appointment_is_none(body, one):
    one.answers(answer(body))
    with pytest.raises(ResponseUnreadableError):
        get(one, settings(endpoints=GETTING))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (answer(error("appointment_not_found"), 404), NotFoundError),
        (passed_on(404, error("appointment_not_found")), NotFoundError),
        (answer([MADE]), ResponseUnreadableError),
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_an_error(body, kind, one):
    one.answers(body)
    with pytest.raises(kind, match=r"imiassist\.appointments\.get"):
        get(one, settings(endpoints=GETTING))


# --- resolve ---------------------------------------------------------------------------------------------------------


def attempt(**other):
    usual = {
        "provider": "imiassist",
        "operation": "imiassist.appointments.schedule",
        "reference": REFERENCE,
        "started_at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    return BookingAttempt(**{**usual, **other})


@pytest.mark.parametrize("way", ["the client's", "the attempt's"])
def test_an_attempt_cannot_be_looked_up_and_the_error_names_the_reference(way, vendor):
    async def story(c):
        lost = BookingAttempt.from_json(attempt().to_json())
        return await (c.call("resolve", lost) if way == "the client's" else c.resolve(lost))

    with pytest.raises(UnsupportedError) as caught:
        vendor.tell(story)
    assert str(caught.value) == (
        "imiassist.appointments.schedule: It cannot be looked up through the SDK. Its external reference is PAS-1001: "
        "look for that at the company, or undo it with appointments.cancel(external_reference_id='PAS-1001'), before "
        "you repeat it. A 404 there says that it was not made only if what you call can cancel so."
    )
    assert caught.value.operation == "imiassist.appointments.schedule"
    assert vendor.feed.requests == []


def test_an_attempt_without_a_reference_cannot_be_looked_up_either(one):
    lost = attempt(operation="imiassist.appointments.cancel", reference=None)
    with pytest.raises(
        UnsupportedError, match=r"^imiassist\.appointments\.cancel: It cannot be looked up\. Repeating a"
    ):
        one.tell(lambda c: c.resolve(lost))


@pytest.mark.parametrize("what", [REFERENCE, None, made(appointment_id=ID)])
def test_what_is_no_attempt_is_refused(what, one):
    with pytest.raises(TypeError, match=r"^attempt must be a BookingAttempt, not "):
        one.tell(lambda c: c.call("resolve", what))


def test_an_attempt_of_another_provider_is_refused(vendor):
    with pytest.raises(ValueError, match=r"^The attempt belongs to cubu, not to imiassist\.$"):
        vendor.tell(lambda c: c.resolve(attempt(provider="cubu")))


# --- references ------------------------------------------------------------------------------------------------------


def test_references_that_are_minted_are_all_different():
    minted = {new_reference() for _ in range(1000)}
    assert len(minted) == 1000
    assert all(len(one) == 40 and one.startswith("apptsdk-") and int(one[8:], 16) >= 0 for one in minted)


def test_a_reference_is_minted_for_each_appointment_that_has_none(vendor):
    vendor.answers(answer({"appointment_uid": UID}), answer({"appointment_uid": UID}))
    attempts = []

    async def story(c):
        return [await c.call("appointments.schedule", start_time=START) for _ in range(2)]

    both = vendor.tell(story, on_attempt=attempts.append)
    sent = [seen.body["external_reference_id"] for seen in vendor.seen]
    assert sent == [one.external_reference_id for one in both] == [one.reference for one in attempts]
    assert len(set(sent)) == 2
    assert all(one.startswith("apptsdk-") for one in sent)


@pytest.mark.parametrize(("given", "expected"), [(REFERENCE, REFERENCE), (1001, "1001")])
def test_the_caller_s_own_reference_is_kept(given, expected, vendor):
    attempts = []
    vendor.answers(answer({"appointment_uid": UID}))

    async def story(c):
        return await c.call("appointments.schedule", **{**ASKED, "external_reference_id": given})

    booked = vendor.tell(story, on_attempt=attempts.append)
    assert vendor.seen[0].body["external_reference_id"] == expected
    assert (booked.external_reference_id, attempts[0].reference) == (expected, expected)


def test_an_attempt_says_what_was_to_be_made_and_names_nobody(vendor):
    attempts = []

    def keep(one):
        assert vendor.feed.requests == []
        attempts.append(one)

    vendor.answers(answer(MADE, 201))
    vendor.tell(lambda c: c.call("appointments.schedule", **ASKED), on_attempt=keep)
    (kept,) = attempts
    assert (kept.provider, kept.operation) == ("imiassist", "imiassist.appointments.schedule")
    assert (kept.slot, kept.reference) == ("2026-03-02T09:00:00.000Z, 30 minutes", REFERENCE)
    assert (kept.clues, kept.started_at) == ({}, datetime(2026, 3, 1, 7, tzinfo=UTC))
    for hush in ("Ana", "Roe", "447700", "NHSID", "example.org"):
        assert hush not in kept.to_json()
    assert BookingAttempt.from_json(kept.to_json()) == kept


def test_a_cancellation_is_no_booking_attempt(one):
    attempts = []
    one.answers(answer(NAMED))
    one.tell(lambda c: c.call("appointments.cancel", appointment_id=ID), on_attempt=attempts.append)
    assert attempts == []


def test_every_repetition_sends_the_same_bytes(one):
    one.answers(raw(b"", 429), passed_on("429", ""), answer(NAMED, 201))
    one.schedule(external_reference_id=None)
    assert len({request.content for request in one.feed.requests}) == 1
    assert len(one.feed.requests) == 3
    assert attrs.asdict(one.seen[0])["body"]["external_reference_id"].startswith("apptsdk-")
