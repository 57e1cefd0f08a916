"""Customer records: made with a dict, changed with an array, found by key or by GUID, and the quirks in between."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum

import pytest
from cubu_support import CUSTOMER_ID, FIELD, NOW, RECORD, Vendor, answer, raw, refusal, settings
from harness import World

from apptsdk import (
    APIStatusError,
    ConflictError,
    NoAnswerError,
    NoResultError,
    NotFoundError,
    OutcomeUnknownError,
    ResponseUnreadableError,
    ValidationError,
)
from apptsdk.http import NoAnswer
from apptsdk.models import OpenInt
from apptsdk.providers.cubu import Catalogue, CustomerRecord
from apptsdk.providers.cubu.catalogue import CatalogueFieldType
from apptsdk.providers.cubu.operations import customers
from apptsdk.sandbox.cubu.seed import EMAIL, FIRST_NAME, LAST_NAME, NATIONAL_ID, PHONE

NUMBER = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3302"
NAMED = Catalogue(
    field_types=(
        CatalogueFieldType(id=FIELD, name="First name", slug="customer-first-name"),
        CatalogueFieldType(id=NUMBER, name="National id", slug="customer-national-id"),
    ),
    customer_key="National id",
)
NOBODY = "00000000-0000-4000-8000-000000000000"
WALTER = {"First name": "Ada", "Last name": "Walter", "National id": "900000017"}


def named(**more):
    return settings(catalogue=NAMED, **more)


# --- what is sent ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {FIELD: "Ada", NUMBER: "17"},
        {FIELD.upper(): "Ada", NUMBER: "17"},
        {"First name": "Ada", "NATIONAL ID": "17"},
        {"customer-first-name": "Ada", "Customer-National-Id": "17"},
    ],
    ids=["GUIDs", "large GUIDs", "names", "slugs"],
)
def test_fields_are_a_dict_in_create_and_an_array_in_update(fields, vendor):
    vendor.answers(answer({"recordId": CUSTOMER_ID}, 201), raw(status=200))

    async def story(c):
        made = await c.call("customers.create", fields=fields)
        assert await c.call("customers.update", made.record_id, fields=fields) is None
        return made

    made = vendor.tell(story, named())
    create, update = vendor.seen
    assert (create.method, create.path, create.query) == ("POST", "/customers", [])
    assert create.body == {"fields": {FIELD: "Ada", NUMBER: "17"}}
    assert (update.method, update.path, update.query) == ("PATCH", f"/customers/{CUSTOMER_ID}", [])
    assert update.body == {"fields": [{"fieldTypeId": FIELD, "value": "Ada"}, {"fieldTypeId": NUMBER, "value": "17"}]}
    assert (made.record_id, made.id, made.display_name, made.fields) == (CUSTOMER_ID, CUSTOMER_ID, None, None)
    assert not made.recovered


@pytest.mark.parametrize("value", ["", "x", 5, 1.5, True, False, None], ids=repr)
def test_a_value_goes_as_it_is(value, vendor):
    vendor.answers(answer({"recordId": CUSTOMER_ID}, 201), raw(status=200))

    async def story(c):
        await c.call("customers.create", fields={FIELD: value})
        await c.call("customers.update", CUSTOMER_ID, fields={FIELD: value})

    vendor.tell(story)
    create, update = (json.dumps(one.body["fields"]) for one in vendor.seen)
    assert create == json.dumps({FIELD: value})
    assert update == json.dumps([{"fieldTypeId": FIELD, "value": value}])


class Size(IntEnum):
    LARGE = 44


class Hue(OpenInt):
    RED = 1


class Celsius(float):
    """A number of another library's."""


class Whole(int):
    """Another."""


NUMBERS = {
    "an enum": (Size.LARGE, int, 44),
    "an open enum": (Hue.RED, int, 1),
    "an open enum's unknown": (Hue(7), int, 7),
    "a float of one's own": (Celsius(36.6), float, 36.6),
    "an int of one's own": (Whole(5), int, 5),
    "the largest": (Whole(2**64 - 1), int, 2**64 - 1),
    "a truth": (True, bool, True),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_a_number_of_any_type_is_sent_as_a_plain_one(what):
    """In a thread of its own, with an end: a library that writes JSON can hang on a type that it does not know."""
    value, kind, plain = NUMBERS[what]
    bodies = []

    def send():
        one = Vendor(World("sync"))
        one.answers(answer({"recordId": CUSTOMER_ID}, 201))
        one.tell(lambda c: c.call("customers.create", fields={FIELD: value}))
        bodies.append(one.seen[0].body["fields"][FIELD])

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert [(type(sent), sent) for sent in bodies] == [(kind, plain)]


@pytest.mark.parametrize("value", [Celsius("nan"), Celsius("inf"), Whole(2**64), Whole(-(2**63) - 1)], ids=repr)
def test_a_number_of_any_type_has_to_fit(value):
    with pytest.raises(ValueError, match=r"^fields\[.*must be a finite number of at most 64 bits"):
        customers.create(named().scope_of_calls, fields={FIELD: value})


QUERIES = {
    "a key": (
        {"key_value": "17"},
        {"queryType": "KeyField", "fieldSlug": "customer-national-id", "fieldValue": "17"},
    ),
    "a key of another field": (
        {"key_value": "17", "key_slug": "customer-passport"},
        {"queryType": "KeyField", "fieldSlug": "customer-passport", "fieldValue": "17"},
    ),
    "a GUID": ({"record_id": CUSTOMER_ID.upper()}, {"queryType": "RecordId", "recordId": CUSTOMER_ID}),
}


@pytest.mark.parametrize("way", QUERIES)
def test_a_customer_is_found_by_key_or_by_guid(way, vendor):
    given, body = QUERIES[way]
    vendor.answers(answer(RECORD))
    found = vendor.tell(lambda c: c.call("customers.find", **given), named())
    (one,) = vendor.seen
    assert (one.method, one.path, one.body) == ("POST", "/customers/query", body)
    assert isinstance(found, CustomerRecord)
    assert found.record_id == CUSTOMER_ID
    field = found.field("CUSTOMER-first-name")
    assert field is found.field(FIELD) is found.field("First name")
    assert (field.value, field.data.display_text, field.is_required, field.position) == ("Adaline", "Adaline", True, 1)
    assert found.field("shoe-size") is None
    assert found.created_at == found.date_created == NOW


def test_a_query_is_a_read_although_it_is_a_post(vendor):
    vendor.answers(raw(status=503), NoAnswer("cut"), answer(RECORD))
    assert vendor.tell(lambda c: c.call("customers.find", record_id=CUSTOMER_ID)).record_id == CUSTOMER_ID
    assert len(vendor.feed.requests) == 3
    vendor.answers(always=NoAnswer("cut"))
    with pytest.raises(NoAnswerError):
        vendor.tell(lambda c: c.call("customers.find", record_id=CUSTOMER_ID))


# --- nobody ----------------------------------------------------------------------------------------------------------

FINDS = ({"record_id": CUSTOMER_ID}, {"key_value": "17"})


@pytest.mark.parametrize("given", FINDS, ids=lambda given: next(iter(given)))
@pytest.mark.parametrize(
    "nobody",
    [raw(status=404), refusal(404, 99404, "None."), raw(status=204), raw(b"null")],
    ids=["404", "404 in words", "204", "null"],
)
def test_404_and_204_mean_that_there_is_no_such_customer(nobody, given, vendor):
    vendor.answers(nobody)
    assert vendor.tell(lambda c: c.call("customers.find", **given), named()) is None
    assert len(vendor.feed.requests) == 1


@pytest.mark.parametrize(
    ("nobody", "kind"),
    [
        (raw(status=404), NotFoundError),
        (refusal(404, 99404, "None."), NotFoundError),
        (raw(status=204), NoResultError),
        (raw(b"null"), NoResultError),
    ],
    ids=["404", "404 in words", "204", "null"],
)
def test_to_get_a_customer_who_is_not_there_is_an_error_also_when_the_answer_is_a_204(nobody, kind, vendor):
    vendor.answers(nobody)
    with pytest.raises(kind) as caught:
        vendor.tell(lambda c: c.call("customers.get", CUSTOMER_ID))
    assert type(caught.value) is kind
    assert caught.value.operation == "cubu.customers.get"
    assert vendor.seen[0].path == f"/customers/{CUSTOMER_ID}"


@pytest.mark.parametrize("verb", ["customers.get", "customers.find"])
@pytest.mark.parametrize(
    "odd",
    [b"", b"{}", b"[]", b'""', b"0", b"false", b'{"displayName": "x"}', b'{"recordId": null}', b'{"recordId": []}'],
    ids=repr,
)
def test_an_answer_that_is_no_record_is_not_taken_for_nobody(odd, verb, vendor):
    vendor.answers(raw(odd))
    given = {"record_id": CUSTOMER_ID}
    with pytest.raises(ResponseUnreadableError):
        vendor.tell(lambda c: c.call(verb, **given))


@pytest.mark.parametrize("status", [400, 403, 409])
def test_another_refusal_of_a_query_is_not_taken_for_nobody(status, vendor):
    vendor.answers(refusal(status, 5, "No."))
    with pytest.raises(APIStatusError, match=f"{status} No") as caught:
        vendor.tell(lambda c: c.call("customers.find", record_id=CUSTOMER_ID))
    assert caught.value.status == status


# --- refused before anything is sent ---------------------------------------------------------------------------------

BAD = {
    "neither key nor GUID": ("find", (), {}, "^Give key_value"),
    "both": ("find", (), {"key_value": "17", "record_id": CUSTOMER_ID}, "^Give key_value"),
    "a slug with a GUID": ("find", (), {"key_slug": "x", "record_id": CUSTOMER_ID}, "^key_slug goes with key_value"),
    "a slug alone": ("find", (), {"key_slug": "x"}, "^Give key_value"),
    "an empty key": ("find", (), {"key_value": " "}, "^key_value is empty"),
    "a number for a key": ("find", (), {"key_value": 17}, "^key_value must be a str, not int"),
    "an empty slug": ("find", (), {"key_value": "17", "key_slug": ""}, "^key_slug is empty"),
    "a number for a slug": ("find", (), {"key_value": "17", "key_slug": 5}, "^key_slug must be a str"),
    "half a character": ("find", (), {"key_value": "\ud800"}, "^key_value"),
    "no field": ("create", (), {"fields": {}}, "^fields is empty"),
    "no change": ("update", (CUSTOMER_ID,), {"fields": {}}, "^fields is empty"),
    "fields in a list": ("create", (), {"fields": [FIELD]}, "^fields must be a mapping"),
    "an unknown field": (
        "create",
        (),
        {"fields": {"Shoe size": "43"}},
        r"^fields\['Shoe size'\] is neither .*First name",
    ),
    "a field of a number": ("create", (), {"fields": {5: "43"}}, r"^The keys of fields must be str, not int\.$"),
    "a field twice": (
        "update",
        (CUSTOMER_ID,),
        {"fields": {FIELD: "a", "First name": "b"}},
        f"^fields names {FIELD} twice",
    ),
    "a date": ("create", (), {"fields": {FIELD: date(1990, 5, 17)}}, r"^fields\[.*\] must be .* Write a date as text"),
    "a moment": ("create", (), {"fields": {FIELD: datetime(1990, 5, 17, tzinfo=UTC)}}, r"^fields\[.*Write a date"),
    "a decimal": ("create", (), {"fields": {FIELD: Decimal(5)}}, r"^fields\[.*\] must be a str"),
    "a list": ("update", (CUSTOMER_ID,), {"fields": {FIELD: ["Ada"]}}, r"^fields\[.*\] must be a str"),
    "half of a character in a field": ("create", (), {"fields": {FIELD: "\ud800"}}, r"^fields\["),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_argument_is_refused_before_anything_is_sent(why, vendor):
    verb, args, kwargs, told = BAD[why]
    with pytest.raises((TypeError, ValueError), match=told):
        vendor.tell(lambda c: c.call(f"customers.{verb}", *args, **kwargs), named())
    assert vendor.feed.requests == vendor.feed.logins == []


def test_without_a_catalogue_the_key_needs_its_slug(vendor):
    with pytest.raises(ValueError, match=r"^key_slug is missing: give it, or customer_key in the catalogue"):
        vendor.tell(lambda c: c.call("customers.find", key_value="17"))
    assert vendor.feed.requests == []
    vendor.answers(answer(RECORD))
    vendor.tell(lambda c: c.call("customers.find", key_value="17", key_slug="customer-national-id"))
    assert vendor.seen[0].body["fieldSlug"] == "customer-national-id"


# --- a lost answer ---------------------------------------------------------------------------------------------------


def made(seconds=0.5, **more):
    """Give a record that was made so many seconds after the attempt."""
    stamp = f"2026-03-02T07:00:0{seconds}Z"
    return answer({**RECORD, "dateCreated": stamp, **more})


async def create(c, **more):
    return await c.call("customers.create", fields={FIELD: "Adaline", NUMBER: "17", **more})


def test_a_lost_creation_is_looked_up_by_the_customers_key(vendor):
    vendor.answers(NoAnswer("cut"), raw(status=404), raw(status=204), made())
    found = vendor.tell(create, named())
    assert (found.record_id, found.recovered) == (CUSTOMER_ID, True)
    post, *looks = vendor.seen
    assert post.path == "/customers"
    assert [(look.path, look.body) for look in looks] == [("/customers/query", QUERIES["a key"][1])] * 3


def test_a_customer_who_was_there_before_is_not_taken_for_the_one(vendor):
    vendor.answers(NoAnswer("cut"), always=answer({**RECORD, "dateCreated": "2026-03-01T07:00:00Z"}))
    with pytest.raises(OutcomeUnknownError, match="not found at the provider"):
        vendor.tell(create, named())
    assert len([one for one in vendor.seen if one.path == "/customers"]) == 1


@pytest.mark.parametrize(
    ("given", "fields"),
    [({}, {}), ({"catalogue": NAMED}, {NUMBER: None})],
    ids=["no catalogue", "no key"],
)
def test_without_the_key_a_lost_creation_is_not_looked_for_and_the_advice_says_why(given, fields, vendor):
    vendor.answers(NoAnswer("cut"))
    with pytest.raises(OutcomeUnknownError, match=r"customer_key.*look at the provider before you repeat it") as caught:
        vendor.tell(lambda c: create(c, **fields), settings(**given))
    assert len(vendor.feed.requests) == 1
    assert caught.value.attempt.operation == "cubu.customers.create"
    assert caught.value.candidates == ()


def test_an_attempt_is_resolved_later_in_another_client(vendor):
    vendor.answers(NoAnswer("cut"), always=raw(status=404))
    with pytest.raises(OutcomeUnknownError) as caught:
        vendor.tell(create, named())
    attempt = type(caught.value.attempt).from_json(caught.value.attempt.to_json())
    vendor.answers(raw(status=404))
    assert vendor.tell(lambda c: c.resolve(attempt)) is None
    vendor.answers(made())
    assert vendor.tell(lambda c: c.resolve(attempt)).recovered


# --- the sandbox -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [404, 204])
def test_a_customer_is_made_found_changed_and_read(missing, office):
    office.emulation.missing_status = missing

    async def story(c):
        assert await c.call("customers.find", key_value="900000017") is None
        assert await c.call("customers.find", record_id=NOBODY) is None
        made = await c.call("customers.create", fields=WALTER)
        found = await c.call("customers.find", key_value="900000017")
        assert found == await c.call("customers.find", record_id=made.record_id)
        assert found == await c.call("customers.get", made.record_id)
        assert (found.record_id, found.display_name) == (made.record_id, "Ada Walter")
        office.sandbox.clock.advance(timedelta(minutes=1))
        await c.call("customers.update", made.record_id, fields={"Email": "ada@example.org", FIRST_NAME: None})
        changed = await c.call("customers.get", made.record_id)
        values = {one.field_type_id: one.value for one in changed.fields}
        assert values == {
            FIRST_NAME: None,
            LAST_NAME: "Walter",
            NATIONAL_ID: "900000017",
            EMAIL: "ada@example.org",
            PHONE: None,
        }
        assert changed.date_created == found.date_created
        assert changed.date_updated - found.date_updated >= timedelta(minutes=1)
        with pytest.raises(NotFoundError):
            await c.call("customers.get", NOBODY)
        with pytest.raises(ConflictError):
            await c.call("customers.create", fields=WALTER)
        return made

    made = office.tell(story)
    entries = [(one.action, one.id) for one in office.sandbox.ledger if one.resource == "customers"]
    assert entries == [("create", made.record_id), ("update", made.record_id)]


def test_what_the_sandbox_refuses_is_told_by_field(office):
    async def story(c):
        with pytest.raises(ValidationError) as caught:
            await c.call("customers.create", fields={"First name": "Ada", "Phone": 5})
        assert {*caught.value.fields} == {f"fields.{PHONE}", f"fields.{LAST_NAME}", f"fields.{NATIONAL_ID}"}
        with pytest.raises(ValidationError) as caught:
            await c.call("customers.find", key_value="x", key_slug="customer-first-name")
        assert {*caught.value.fields} == {"fieldSlug"}

    office.tell(story)
    assert len(office.sandbox.ledger) == 0


@pytest.mark.parametrize("kind", ["drop_after", "garble", "truncate"])
def test_a_customer_whose_answer_is_lost_is_found_again(kind, office):
    office.sandbox.fault(kind, method="POST", path="/*/customers")
    found = office.tell(lambda c: c.call("customers.create", fields=WALTER))
    assert found.recovered
    assert found.display_name == "Ada Walter"
    assert office.sandbox.ledger.created("customers") == [found.record_id]
