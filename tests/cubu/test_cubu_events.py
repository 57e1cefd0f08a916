"""Everything in a webhook's signed request is kept, and typed as far as it is known."""

import copy
import pickle
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from cubu_webhook_bodies import (
    AFTER_BOOK,
    APPOINTMENT,
    BODY,
    BOOKED,
    CASE,
    EVERYTHING,
    FIELD,
    OF_WALK_INS,
    SERVICE,
    TAG,
    read,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from apptsdk.providers.cubu.events import CaseEvent, EventAppointment, WebhookAction, WebhookEvent, action_of
from apptsdk.providers.cubu.models import CaseRef, CaseStatus, Channel

# --- what happened ---------------------------------------------------------------------------------------------------

ACTIONS = [  # from the vendor's list of webhooks
    "beforeBookAppointment",
    "afterBookAppointment",
    "beforeCheckIn",
    "afterCheckIn",
    "beforeQueueUp",
    "afterQueueUp",
    "afterStartWork",
    "beforeResolve",
    "afterResolve",
    "afterClose",
    "beforeQueryAppointments",
    "query",
    "find",
    "fetch",
    "sendSms",
]


def test_every_webhook_of_the_vendors_list_is_an_action_and_no_other() -> None:
    assert sorted(ACTIONS) == sorted(map(str, WebhookAction))


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize(
    "form",
    [
        "/service/actions/{}",
        "/hooks/cubu/service/actions/{}/",
        "{}",
        "https://example.org/hooks/service/actions/{}",
        "https://example.org:8443/service/actions/{}?tenant=a/b&x=https://example.org/find#c/d",
        "/service/actions/{}?back=https://example.org/query",
        "//example.org/service/actions/{}",
        "//[/service/actions/{}",
        "/hooks/https://{}",
    ],
)
def test_the_end_of_the_path_is_the_action(name: str, form: str) -> None:
    event = read(BOOKED, form.format(name))
    assert event.action is WebhookAction(name)
    assert event.action.is_known
    assert read(BOOKED, form.format(name.lower())).action is event.action


@pytest.mark.parametrize("path", [None, "", "/", "//", "?a=/find", "#/find", "https://example.org", "https://find/?a"])
def test_a_path_that_ends_in_nothing_is_no_action(path: str | None) -> None:
    assert read(BOOKED, path).action is None


def test_an_action_that_is_new_is_kept() -> None:
    event = read(BOOKED, "/service/actions/afterCancelAppointment")
    assert event.action == "afterCancelAppointment"
    assert event.action is not None
    assert not event.action.is_known
    assert isinstance(event, CaseEvent)
    assert event.decoded


@settings(deadline=None)
@given(st.text() | st.from_regex(r"(https?:/)?(/[a-z?#\[\]:@%]*){0,4}", fullmatch=True))
def test_any_path_has_an_action_or_none(path: str) -> None:
    action = action_of(path)
    assert action is None or (action and not set(action) & set("/?#"))


# --- a case ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["beforeBookAppointment", "afterBookAppointment", "afterResolve", "afterTeleport"])
def test_a_body_with_a_case_is_the_cases_event(name: str) -> None:
    event = read(BOOKED, f"/service/actions/{name}")
    assert type(event) is CaseEvent
    assert attrs.asdict(event, recurse=False, filter=lambda field, _: field.init) == {
        "action": name,
        "data": BOOKED,
        "decoded": True,
        "key": event.key,
        "case_id": CASE,
        "parent_case_id": None,
        "reference_date": datetime(2026, 3, 2, 7, 0, 0, 123456, tzinfo=UTC),
        "unit_id": "11111111-0000-4000-8000-000000000001",
        "service_id": SERVICE,
        "service_category_id": "11111111-0000-4000-8000-000000000002",
        "service_type_id": "11111111-0000-4000-8000-000000000003",
        "status": CaseStatus.PLANNED,
        "channel": Channel.VIDEO,
        "language": "en-US",
        "ticket": event.ticket,
        "fields": {FIELD: "canary-note"},
        "tag_ids": (TAG,),
        "customer_record_id": "11111111-0000-4000-8000-000000000004",
        "use_customer_contact_info": None,
        "contact_phone_number": None,
        "contact_email": None,
        "triggered_by_user_id": "11111111-0000-4000-8000-000000000005",
        "triggered_by_user_email": "canary@example.org",
        "locked_by_user_id": None,
        "appointment": EventAppointment(
            date=date(2026, 3, 2),
            cu_index=3,
            start=540,
            time_local="2026-03-02T09:00:00",
            time_utc=datetime(2026, 3, 2, 7, tzinfo=UTC),
            time_zone_id="Israel Standard Time",
            duration=10,
            prevent_self_check_in=True,
        ),
    }
    assert event.ticket is not None
    assert event.ticket.label == "B12"
    assert event.as_sent() == BOOKED
    assert event.unknown == {}


def test_a_walk_in_says_how_the_customer_is_reached_and_who_works_on_it() -> None:
    body = {name: value for name, value in BOOKED.items() if name != "appointment"} | OF_WALK_INS
    event = read(body, "/service/actions/afterQueueUp")
    assert isinstance(event, CaseEvent)
    assert {name: getattr(event, snake(name)) for name in OF_WALK_INS} == OF_WALK_INS
    assert (event.appointment, event.decoded, event.unknown) == (None, True, {})


def test_a_ticket_number_may_be_a_text() -> None:
    event = read({**BOOKED, "ticket": {"prefix": "B", "number": "12", "suffix": None}})
    assert isinstance(event, CaseEvent)
    assert event.ticket is not None
    assert event.ticket.number == 12
    assert event.decoded


def test_what_is_not_sent_and_what_is_null_read_as_none_and_stay_apart() -> None:
    event = read({"caseId": CASE, "appointment": None, "more": 1})
    assert isinstance(event, CaseEvent)
    assert (event.appointment, event.ticket, event.tag_ids, event.decoded) == (None, None, None, True)
    assert event.was_sent("appointment")
    assert not event.was_sent("ticket")
    assert event.unknown == {"more": 1}


def test_members_that_are_called_like_the_events_own_fields_are_unknown_and_change_nothing() -> None:
    body = {**BOOKED, "action": "query", "key": "k", "data": {}, "decoded": False}
    event = read(body)
    assert (event.action, event.decoded, event.data) == (WebhookAction.AFTER_BOOK_APPOINTMENT, True, body)
    assert event.key != "k"
    assert event.unknown == {"action": "query", "key": "k", "data": {}, "decoded": False}
    assert not event.was_sent("key")


def test_values_that_nobody_has_seen_are_kept() -> None:
    event = read({**BOOKED, "status": "Cancelled", "channel": "Hologram"})
    assert isinstance(event, CaseEvent)
    assert (event.status, event.channel, event.decoded) == ("Cancelled", "Hologram", True)


# --- the reference ---------------------------------------------------------------------------------------------------


def reference_of(**members: object) -> CaseRef | None:
    event = read({**BOOKED, **members})
    assert isinstance(event, CaseEvent)
    return event.reference


def test_the_reference_names_the_appointment() -> None:
    assert reference_of() == CaseRef(service_id=SERVICE, date=date(2026, 3, 2), cu_index=3, case_id=CASE)
    assert str(reference_of(caseId=CASE.upper())) == f"{SERVICE}/2026-03-02/3/{CASE}"


@pytest.mark.parametrize(
    "members",
    [
        {"appointment": None},
        {"appointment": {}},
        {"appointment": {**APPOINTMENT, "date": None}},
        {"appointment": {**APPOINTMENT, "cuIndex": None}},
        {"appointment": {**APPOINTMENT, "cuIndex": -1}},
        {"serviceId": None},
        {"serviceId": "no guid"},
        {"caseId": None},
        {"caseId": "7"},
    ],
    ids=str,
)
def test_without_any_part_of_it_there_is_no_reference(members: dict[str, object]) -> None:
    assert reference_of(**members) is None


# --- what cannot be read ---------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[object, ...]] = {
    "caseId": (True, {}, []),
    "parentCaseId": ({},),
    "referenceDate": ("yesterday", "2026-03-02T07:00:00", 7),
    "unitId": ([],),
    "serviceId": (1.5,),
    "serviceCategoryId": ({},),
    "serviceTypeId": (False,),
    "status": (4, {}),
    "channel": (1,),
    "language": (["en"],),
    "ticket": ("B12", [], {"number": {}}),
    "fields": ([{"fieldTypeId": FIELD}], "x", 1),
    "tagIds": ("x", {}, [{}], [TAG, None]),
    "customerRecordId": ({},),
    "useCustomerContactInfo": ("yes", 1),
    "contactPhoneNumber": ({},),
    "contactEmail": ([],),
    "triggeredByUserId": ([],),
    "triggeredByUserEmail": ({},),
    "lockedByUserId": (True,),
    "appointment": ("tomorrow", [], 1),
}


def snake(name: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_member_of_another_shape_is_none_and_costs_nothing_else(name: str, value: object) -> None:
    body = {**EVERYTHING, name: value}
    event, whole = read(body), read(EVERYTHING)
    assert isinstance(event, CaseEvent)
    assert not event.decoded
    assert event.data == event.as_sent() == body
    for field in attrs.fields(CaseEvent):
        if field.init and field.name not in {"data", "decoded", "key"}:
            expected = None if field.name == snake(name) else getattr(whole, field.name)
            assert getattr(event, field.name) == expected


def test_every_field_of_a_case_is_tried_with_another_shape() -> None:
    own = {field.name for field in attrs.fields(CaseEvent)} - {field.name for field in attrs.fields(WebhookEvent)}
    assert {snake(name) for name in WRONG} == own
    assert set(WRONG) == set(EVERYTHING)


WRONG_APPOINTMENT: dict[str, tuple[object, ...]] = {
    "date": ("2026-03-02T01:00:00", "soon", 20260302),
    "cuIndex": ("3", 0.5),
    "start": ("540", {}, True),
    "timeLocal": ({},),
    "timeUtc": ("2026-03-02T07:00:00", 5),
    "timeZoneId": ([],),
    "duration": ("PT10M", 9.5),
    "preventSelfCheckIn": ("no", 0),
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG_APPOINTMENT.items() for value in values]
)
def test_a_member_of_an_appointment_costs_nothing_else_either(name: str, value: object) -> None:
    event, whole = read({**BOOKED, "appointment": {**APPOINTMENT, name: value}}), read(BOOKED)
    assert isinstance(event, CaseEvent)
    assert isinstance(whole, CaseEvent)
    assert not event.decoded
    assert whole.appointment is not None
    assert event.appointment == attrs.evolve(whole.appointment, **{snake(name): None})
    assert event.appointment.as_sent()[name] == value


def test_every_field_of_an_appointment_is_tried_with_another_shape() -> None:
    assert set(WRONG_APPOINTMENT) == set(APPOINTMENT)
    assert {snake(name) for name in APPOINTMENT} == {
        field.name for field in attrs.fields(EventAppointment) if field.init
    }


def test_a_case_that_is_sent_as_null_is_still_the_cases_event() -> None:
    event = read({**BOOKED, "caseId": None})
    assert isinstance(event, CaseEvent)
    assert (event.case_id, event.decoded) == (None, True)


# --- other bodies ----------------------------------------------------------------------------------------------------

KIOSK = {"queryType": "CustomerId", "unitId": "u", "kioskId": "k", "customerId": "canary", "locale": "en-US"}


def test_a_body_without_a_case_is_kept_as_it_was_sent() -> None:
    event = read(KIOSK, "/kiosk/actions/beforeQueryAppointments")
    assert type(event) is WebhookEvent
    assert (event.action, event.decoded) == (WebhookAction.BEFORE_QUERY_APPOINTMENTS, True)
    assert event.data == event.as_sent() == event.unknown == KIOSK


@pytest.mark.parametrize("name", ["beforeBookAppointment", "afterBookAppointment"])
def test_a_booking_without_a_case_has_another_shape_than_expected(name: str) -> None:
    body = {name: value for name, value in BOOKED.items() if name != "caseId"}
    event = read(body, f"/service/actions/{name}")
    assert type(event) is WebhookEvent
    assert (event.decoded, event.data) == (False, body)


@pytest.mark.parametrize("value", [None, [], [BOOKED], "text", 5, True], ids=str)
def test_json_that_is_no_object_is_kept(value: object) -> None:
    event = read(value)
    assert type(event) is WebhookEvent
    assert (event.decoded, event.data, event.as_sent()) == (False, value, {})


@pytest.mark.parametrize(
    "body", [b"", b"words", BODY[:-1], b'{"a": "\xff"}', b"[" * 100_000 + b"]" * 100_000, b"[" + b"[]," * 300_000]
)
def test_a_signed_body_that_is_no_json_is_kept_as_bytes(body: bytes) -> None:
    event = read(body)
    assert type(event) is WebhookEvent
    assert (event.action, event.decoded, event.data) == (WebhookAction.AFTER_BOOK_APPOINTMENT, False, body)
    assert event.key != read(body + b" ").key


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
APPOINTMENTS = JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(APPOINTMENT, JSON))
BODIES = JSON | st.fixed_dictionaries(
    {}, optional=dict.fromkeys(EVERYTHING, JSON) | {"appointment": APPOINTMENTS, "more": JSON}
)


@settings(deadline=None)
@given(BODIES)
def test_any_signed_json_is_an_event(body: Any) -> None:
    content = written(body)
    event = read(content)
    assert isinstance(event, CaseEvent) == (isinstance(body, Mapping) and "caseId" in body)
    assert event.as_sent().keys() == (body.keys() if isinstance(body, Mapping) else set())
    assert event.key == read(content).key
    assert repr(event)
    assert event == copy.deepcopy(event)
    assert isinstance(hash(event), int)
    reference = event.reference if isinstance(event, CaseEvent) else None
    assert reference is None or CaseRef.parse(str(reference)) == reference


@pytest.mark.parametrize("depth", [200, 400, 900])
def test_a_deep_body_is_an_event_with_a_key(depth: int) -> None:
    body = b'{"caseId": "1", "fields": ' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
    assert read(body).key == read(body).key
    assert isinstance(read(body), CaseEvent)


def test_an_event_pickles_with_what_was_sent() -> None:
    event = read(BODY)
    twin = pickle.loads(pickle.dumps(event))
    assert twin == event
    assert twin.as_sent() == event.as_sent()
    assert isinstance(twin, CaseEvent)
    assert twin.reference is not None


def test_a_repr_shows_no_person() -> None:
    texts = {**BOOKED, "caseId": "canary", "language": "canary", "status": "canary", "channel": "canary"}
    for body in (EVERYTHING, texts, KIOSK, ["canary"], b"canary", {"appointment": "canary"}):
        text = repr(read(body))
        assert "afterBookAppointment" in text
        assert "canary" not in text
    event = read(BOOKED)
    assert isinstance(event, CaseEvent)
    assert "canary" not in repr(event.appointment)
    assert CASE in repr(event)


# --- the key ---------------------------------------------------------------------------------------------------------


def key(path: str | None = AFTER_BOOK, **members: object) -> str:
    return read({**BOOKED, **members}, path).key


def test_the_key_is_made_of_action_case_and_a_digest() -> None:
    # The digest is sha256 of the body with its members sorted and without spaces, by another program.
    event = read({"status": "Planned", "caseId": CASE.upper()})
    digest = "4e3a9b4933e7bbfc8ceab83adb82efdaf1711b8692c15dd393c62c464d241c80"
    assert event.key == f"afterBookAppointment:{CASE}:{digest}"


def test_the_same_body_has_the_same_key_in_any_order_and_spacing() -> None:
    turned = dict(reversed(BOOKED.items()))
    assert read(written(turned).replace(b": ", b" :  ")).key == read(BOOKED).key == key()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (key(), key("/service/actions/beforeBookAppointment")),
        (key(), key(None)),
        (key(), key(caseId="7b0e1c52-3a9f-4d21-9c41-5f0a77d2e632")),
        (key(), key(status="Waiting")),
        (key(), key(appointment={**APPOINTMENT, "start": 550})),
        (read(KIOSK).key, read({**KIOSK, "customerId": "x"}).key),
        (read([1]).key, read([2]).key),
    ],
    ids=["action", "no action", "case", "status", "appointment", "kiosk", "list"],
)
def test_different_events_have_different_keys(one: str, other: str) -> None:
    assert one != other


def test_a_key_holds_no_case_id_that_is_no_guid() -> None:
    assert re.fullmatch(r"afterBookAppointment:[0-9a-f]{64}", key(caseId="canary"))
    assert re.fullmatch(r"[0-9a-f]{64}", read(KIOSK, None).key)
