"""Answers that are lost on the way from either emulation: one request, one appointment, and a way to undo it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from imiassist_support import NOW, SHAPES

from apptsdk import (
    AuthenticationError,
    BookingAttempt,
    ConflictError,
    OutcomeUnknownError,
    UnsupportedError,
    attempt_of,
)

START = NOW + timedelta(days=9)
LOSSES = {
    "a cut": {"kind": "drop_after"},
    "half": {"kind": "truncate"},
    "garbled": {"kind": "garble"},
    "nothing": {"kind": "empty", "commit": True},
    "a 500": {"kind": "status", "status": 500, "commit": True},
    "a 503 that says when": {"kind": "status", "status": 503, "commit": True, "headers": {"retry-after": "1"}},
    "an acknowledgement": {"kind": "status", "status": 202, "commit": True, "body": {"queued": True}},
    "a flow's 503": {"kind": "status", "status": 200, "commit": True, "body": {"Response_Status_Code": "503"}},
}
NOTHING_MADE = {
    "a cut": {"kind": "drop_before"},
    "a 502": {"kind": "status", "status": 502},
    "an acknowledgement of nothing": {"kind": "status", "status": 200, "body": {}},
}


@pytest.fixture(params=SHAPES[:2])
def shape(request):
    return request.param


def test_an_appointment_is_asked_for_once_and_its_reference_undoes_it(shape, company):
    async def lost(c):
        company.sandbox.requests.clear()
        with pytest.raises(OutcomeUnknownError) as caught:
            await c.call("appointments.schedule", start_time=START)
        assert len(company.seen()) == 1
        (left,) = company.live()
        attempt = BookingAttempt.from_json(caught.value.attempt.to_json())
        assert attempt_of(caught.value) == attempt
        assert company.record.appointments[left].external_reference_id == attempt.reference
        assert f"cancel(external_reference_id={attempt.reference!r})" in str(caught.value)
        assert caught.value.candidates == ()
        with pytest.raises(UnsupportedError, match=attempt.reference):
            await c.resolve(attempt)
        assert len(company.seen()) == 1
        gone = await c.call("appointments.cancel", external_reference_id=attempt.reference)
        assert (gone.appointment_id, company.live()) == (left, [])
        return attempt.reference

    async def story(c):
        references = set()
        for fault in LOSSES.values():
            hit = company.sandbox.fault(provider="imiassist", **fault)
            references.add(await lost(c))
            assert hit.hits == 1
        assert len(references) == len(LOSSES)

    company.tell(story, company.settings(shape))
    assert company.watch.slept == []


def test_nobody_knows_that_nothing_was_made_either_and_nothing_is_sent_again(shape, company):
    async def story(c):
        for fault in NOTHING_MADE.values():
            company.sandbox.requests.clear()
            company.sandbox.fault(provider="imiassist", **fault)
            with pytest.raises(OutcomeUnknownError, match="PAS-7001"):
                await c.call("appointments.schedule", start_time=START, external_reference_id="PAS-7001")
            assert (len(company.seen()), company.live()) == (1, [])

    company.tell(story, company.settings(shape))


def test_an_appointment_that_its_caller_asks_for_again_is_refused_by_its_reference(shape, company):
    async def story(c):
        given = {"start_time": START, "external_reference_id": "PAS-7002"}
        company.sandbox.fault("drop_after", provider="imiassist")
        with pytest.raises(OutcomeUnknownError):
            await c.call("appointments.schedule", **given)
        with pytest.raises(ConflictError) as caught:
            await c.call("appointments.schedule", **given)
        assert caught.value.code == "duplicate_external_reference"

    company.tell(story, company.settings(shape))
    assert len(company.live()) == 1


def test_a_cancellation_whose_answer_was_lost_is_repeated_and_counts(shape, company):
    async def story(c):
        for name in ("appointment_id", "appointment_uid", "external_reference_id"):
            made = await c.call("appointments.schedule", start_time=START)
            named = {name: getattr(made, name)}
            company.sandbox.fault("drop_after", provider="imiassist")
            gone = await c.call("appointments.cancel", **named)
            assert (gone.recovered, gone.response_status_code) == (True, 409)
            assert "already_cancelled" in gone.response_body
            with pytest.raises(ConflictError) as caught:
                await c.call("appointments.cancel", **named)
            assert caught.value.code == "already_cancelled"

    company.tell(story, company.settings(shape))
    assert (len(company.seen()), company.live()) == (12, [])
    assert [entry.action for entry in company.sandbox.ledger] == ["create", "cancel"] * 3


def test_too_many_is_waited_for_and_one_appointment_is_made(shape, company):
    company.sandbox.fault("status", provider="imiassist", status=429, headers={"retry-after": "2"}, times=2)
    made = company.tell(lambda c: c.call("appointments.schedule", start_time=START), company.settings(shape))
    assert company.live() == [made.appointment_id]
    assert company.watch.slept == [2, 2]
    assert len({one.body for one in company.seen()}) == 1


def test_a_token_that_is_spent_is_renewed_and_one_appointment_is_made(shape, company):
    user = {"user_email": company.record.user_email, "user_password": company.record.user_password}
    given = company.settings(shape, **user)
    company.emulation.renew()
    made = company.tell(lambda c: c.call("appointments.schedule", start_time=START), given)
    assert company.live() == [made.appointment_id]
    company.emulation.revoke()
    with pytest.raises(AuthenticationError):
        company.tell(lambda c: c.call("appointments.cancel", made), company.settings(shape))
    assert company.live() == [made.appointment_id]
