"""After a lost answer: what counts as found, what does not, and how an attempt is resolved later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pytest
from makings import RESOURCES
from props import NOW, props

from apptsdk import BookingAttempt, OutcomeUnknownError, UnsupportedError, ValidationError
from apptsdk.providers.cliniko import (
    CancellationReason,
    Created,
    PhoneNumberInput,
    RepeatRuleInput,
    RepeatType,
    operations,
)
from apptsdk.providers.cliniko.operations.client import _finders

STARTS = NOW + timedelta(days=14)
ADA = {"first_name": "Adaline", "last_name": "Parkinson", "date_of_birth": date(1990, 5, 17), "email": "a@p.example"}

NAMELESS = {"first_name": "Adaline", "last_name": "Parkinson"}


async def book(c, **other):
    return await c.call("individual_appointments.create", **{**props().ids, "starts_at": STARTS, **other})


async def book_as_somebody_else(c):
    """Make the same appointment without the SDK's knowing of it."""
    starts_at = STARTS.strftime("%Y-%m-%dT%H:%M:%SZ")
    return await c.call("request", "POST", "/individual_appointments", json={**props().ids, "starts_at": starts_at})


def lose(clinic, resource="individual_appointments", kind="drop_after"):
    clinic.sandbox.fault(kind, method="POST", path=f"/{resource}")


def blind(clinic, resource="individual_appointments"):
    """Let the looks for what was made fail."""
    return clinic.sandbox.fault("status", method="GET", path=f"/{resource}", status=404, times=6)


def test_recovery_asks_for_the_ids_and_a_closed_interval(clinic):
    lose(clinic)
    ends = STARTS + timedelta(minutes=30)
    made = clinic.tell(lambda c: book(c, ends_at=ends))
    ids = props().ids
    assert made.recovered
    (look,) = clinic.seen("GET")
    assert look.path == "/cliniko/v1/individual_appointments"
    assert sorted(text for name, text in look.query if name == "q[]") == sorted(
        [
            *(f"{name}:={id_}" for name, id_ in ids.items()),
            "starts_at:>=2026-03-16T22:00:00Z",
            "starts_at:<=2026-03-16T22:00:00Z",
            "ends_at:>=2026-03-16T22:30:00Z",
            "ends_at:<=2026-03-16T22:30:00Z",
            "archived_at:*",
            "cancelled_at:*",
        ]
    )


def test_a_patient_is_found_by_name_birth_date_and_email(clinic):
    lose(clinic, "patients")
    made = clinic.tell(lambda c: c.call("patients.create", **ADA))
    assert made.recovered
    (look,) = clinic.seen("GET")
    assert sorted(text for name, text in look.query if name == "q[]") == [
        "archived_at:*",
        "date_of_birth:=1990-05-17",
        "email:=a@p.example",
        "first_name:=Adaline",
        "last_name:=Parkinson",
    ]


@pytest.mark.parametrize("read", ["", None])
def test_an_empty_text_is_not_asked_for_and_may_be_read_as_null(read, clinic):
    async def story(c):
        row = (await c.call("request", "POST", "/patients", json={**NAMELESS, "email": ""})).json()
        rows = [{**row, "email": read}, {**row, "id": "1", "email": "a@p.example"}]
        body = {"patients": rows, "links": {}}
        clinic.sandbox.fault("status", method="GET", path="/patients", status=200, body=body, times=None)
        lose(clinic, "patients", "drop_before")
        return row["id"], await c.call("patients.create", **NAMELESS, email="")

    number, made = clinic.tell(story)
    assert made.recovered
    assert made.id == number
    (look,) = clinic.seen("GET")
    conditions = [text for name, text in look.query if name == "q[]"]
    assert sorted(conditions) == ["archived_at:*", "first_name:=Adaline", "last_name:=Parkinson"]


def test_an_older_twin_is_not_mistaken_for_what_was_lost(clinic):
    async def story(c):
        await book_as_somebody_else(c)
        clinic.watch.pass_by(300)
        lose(clinic, kind="drop_before")
        with pytest.raises(OutcomeUnknownError, match="not found at the provider") as caught:
            await book(c)
        assert caught.value.candidates == ()

    clinic.tell(story)
    assert len(clinic.sandbox.ledger) == 1


def test_a_twin_made_at_the_same_moment_makes_it_doubtful(clinic):
    async def story(c):
        answer = await book_as_somebody_else(c)
        lose(clinic)
        with pytest.raises(OutcomeUnknownError, match="2 objects") as caught:
            await book(c)
        return answer.json()["id"], caught.value

    twin, error = clinic.tell(story)
    assert twin in {candidate.id for candidate in error.candidates}
    assert {candidate.id for candidate in error.candidates} == set(
        clinic.sandbox.ledger.created("individual_appointments")
    )
    with pytest.raises(OutcomeUnknownError, match="2 objects could be"):
        clinic.tell(lambda c: c.resolve(error.attempt))


@pytest.mark.parametrize(("kind", "outcome"), [("drop_after", "found"), ("drop_before", "unknown")])
def test_a_twin_that_the_same_client_made_is_told_apart(kind, outcome, clinic):
    """Two namesakes in one import are two patients, and the second is not the first."""

    async def story(c):
        first = await c.call("patients.create", **ADA)
        lose(clinic, "patients", kind=kind)
        try:
            second = await c.call("patients.create", **ADA)
        except OutcomeUnknownError:
            return first.id, None
        return first.id, second.id

    first, second = clinic.tell(story)
    assert (second is not None) == (outcome == "found")
    assert clinic.sandbox.ledger.created("patients") == [number for number in (first, second) if number]


@pytest.mark.parametrize("resource", ["individual_appointments", "group_appointments", "unavailable_blocks"])
def test_a_changed_repeat_rule_is_sent_once(resource, clinic):
    clinic.sandbox.fault("status", method="PATCH", status=503, times=None)
    rule = RepeatRuleInput(repeat_type=RepeatType.WEEKLY, number_of_repeats=3)
    number = getattr(props(), resource)[0]
    with pytest.raises(OutcomeUnknownError, match="cannot be looked up"):
        clinic.tell(lambda c: c.call(f"{resource}.update", number, repeat_rule=rule))
    assert len(clinic.seen("PATCH")) == 1


# label: the resource, which one, what is changed, whether it can be read back
CHANGES = {
    "texts and a day": ("patients", {"last_name": "Moss ", "date_of_birth": date(1991, 2, 3), "city": "Hobart"}, True),
    "a flag": ("patients", {"accepted_privacy_policy": True}, True),
    "what is emptied": ("patients", {"city": None}, True),
    "a relation and times": (
        "individual_appointments",
        {"business_id": props().businesses[1], "starts_at": STARTS, "ends_at": STARTS + timedelta(minutes=45)},
        True,
    ),
    "a list": ("patients", {"patient_phone_numbers": [PhoneNumberInput(number="1", phone_type="Home")]}, False),
    "what the vendor fills in": ("individual_appointments", {"starts_at": STARTS, "ends_at": None}, False),
}


@pytest.mark.parametrize(("resource", "fields", "told"), CHANGES.values(), ids=CHANGES)
def test_a_change_that_was_done_and_answered_otherwise_is_read_back_where_it_can_be(resource, fields, told, clinic):
    number = getattr(props(), resource)[0]
    for done in (True, False):
        clinic.sandbox.fault("status", method="PATCH", path=f"/{resource}/*", status=503, commit=done)
        clinic.sandbox.fault("status", method="PATCH", path=f"/{resource}/*", status=422)
        changing = partial(clinic.tell, lambda c: c.call(f"{resource}.update", number, **fields))
        if not told:
            with pytest.raises(ValidationError):
                changing()
            continue
        found = changing()  # the second time it was so before
        assert (found.id, found.recovered) == (number, True)


def test_a_change_that_was_not_done_and_is_refused_in_the_end_is_refused(clinic):
    clinic.sandbox.fault("status", method="PATCH", path="/patients/*", status=503)
    clinic.sandbox.fault("status", method="PATCH", path="/patients/*", status=422)
    with pytest.raises(ValidationError):
        clinic.tell(lambda c: c.call("patients.update", props().patients[0], city="Hobart", last_name="Park"))


@pytest.mark.parametrize("flag", ["false", 1, None])
def test_a_flag_is_a_bool_before_a_whole_series_is_cancelled(flag, clinic):
    cancel = CancellationReason.SICK
    with pytest.raises(TypeError, match="apply_to_repeats must be True or False"):
        clinic.tell(
            lambda c: c.call("individual_appointments.cancel", clinic.standing, reason=cancel, apply_to_repeats=flag)
        )
    with pytest.raises(TypeError, match="include_cancelled must be True or False"):
        clinic.tell(lambda c: c.call("individual_appointments.get", clinic.standing, include_cancelled=flag))
    assert clinic.seen() == []


def test_a_filter_that_the_vendor_ignored_finds_no_stranger(clinic):
    lose(clinic, kind="drop_before")
    stranger = clinic.tell(lambda c: c.call("request", "GET", "/individual_appointments")).json()
    for row in stranger["individual_appointments"]:
        row["created_at"] = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    clinic.sandbox.fault("status", method="GET", path="/individual_appointments", status=200, body=stranger, times=None)
    with pytest.raises(OutcomeUnknownError, match="not found"):
        clinic.tell(book)


def test_an_attempt_is_shown_before_its_request_and_resolves_in_another_process(clinic):
    shown = []
    lose(clinic)
    blind(clinic)

    def keep(attempt):
        assert clinic.seen("POST") == []
        shown.append(attempt.to_json())

    with pytest.raises(OutcomeUnknownError) as caught:
        clinic.tell(book, on_attempt=keep)
    (text,) = shown
    attempt = BookingAttempt.from_json(text)
    assert attempt == caught.value.attempt
    assert attempt.started_at == NOW
    assert "Parkinson" not in repr(attempt)
    assert props().ids["practitioner_id"] in attempt.slot

    found = clinic.tell(lambda c: c.resolve(attempt))
    assert found.recovered
    assert clinic.sandbox.ledger.created("individual_appointments") == [found.id]
    assert len(clinic.seen("POST")) == 1


def test_an_attempt_that_made_nothing_resolves_to_none(clinic):
    lose(clinic, kind="drop_before")
    with pytest.raises(OutcomeUnknownError) as caught:
        clinic.tell(book)
    assert clinic.tell(lambda c: c.resolve(caught.value.attempt)) is None


def test_what_gives_nothing_to_find_it_by_says_so(clinic):
    lose(clinic, "businesses")
    with pytest.raises(OutcomeUnknownError, match="cannot be looked up by the SDK") as caught:
        clinic.tell(lambda c: c.call("businesses.create", city="Sydney"))
    with pytest.raises(UnsupportedError, match=r"^cliniko.businesses.create cannot be looked up; nothing was given"):
        clinic.tell(lambda c: c.resolve(caught.value.attempt))
    assert clinic.seen("GET") == []


def test_an_attempt_at_what_cannot_be_looked_up_says_what_can(clinic):
    attempt = BookingAttempt(
        provider="cliniko", operation="cliniko.patients.update", started_at=NOW, clues={"first_name": "Adaline"}
    )
    with pytest.raises(UnsupportedError, match=r"these can: .*cliniko\.patients\.create") as caught:
        clinic.tell(lambda c: c.resolve(attempt))
    assert caught.value.operation == "cliniko.patients.update"
    assert clinic.seen() == []


def test_whatever_can_be_made_can_be_looked_up():
    names = [info.name for info in iter_modules(operations.__path__)]
    modules = [import_module(f"{operations.__name__}.{name}") for name in names]
    made = {module.resource.name for module in modules if any(verb.__name__ == "create" for verb in module.VERBS)}
    assert made == set(RESOURCES)
    assert set(_finders()) == {f"cliniko.{name}.create" for name in made}
    assert {kind.__name__ for kind in get_args(Created)} == {
        module.resource.model.__name__ for module in modules if getattr(module, "create", None)
    }


def test_an_attempt_of_another_provider_is_refused(clinic):
    attempt = BookingAttempt(provider="cubu", operation="cubu.book", started_at=datetime.now(UTC))
    with pytest.raises(ValueError, match="cubu"):
        clinic.tell(lambda c: c.resolve(attempt))
    assert clinic.seen() == []


def test_a_booking_that_repeats_is_found_by_its_first_occurrence(clinic):
    from apptsdk.providers.cliniko import RepeatRuleInput, RepeatType  # noqa: PLC0415 - one test's

    lose(clinic)
    rule = RepeatRuleInput(repeat_type=RepeatType.WEEKLY, number_of_repeats=2)
    made = clinic.tell(lambda c: book(c, repeat_rule=rule))
    assert made.recovered
    assert made.starts_at == STARTS
    assert len(clinic.sandbox.ledger.created("individual_appointments")) == 3


@pytest.mark.parametrize("verb", ["cancel", "archive"])
def test_a_lost_cancellation_is_confirmed_and_a_real_404_stays_one(verb, clinic):
    kwargs = {"reason": 30} if verb == "cancel" else {}

    async def story(c):
        clinic.sandbox.fault("drop_after", path="/individual_appointments/*")
        assert await c.call(f"individual_appointments.{verb}", clinic.standing, **kwargs) is None
        clinic.sandbox.fault("drop_before", path="/individual_appointments/*")
        with pytest.raises(Exception, match="404"):
            await c.call(f"individual_appointments.{verb}", 12345, **kwargs)

    clinic.tell(story)
    assert [entry.action for entry in clinic.sandbox.ledger] == [verb]
