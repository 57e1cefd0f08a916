"""Customer records of the emulated Cubu: made, changed, read, and found."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox_lobby import EMAIL, FIRST_NAME, LAST_NAME, NATIONAL_ID, NOBODY, NOW, PHONE, REASON, Lobby

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu.knobs import APPOINTMENTS, CASES, CUSTOMERS

PERSON = {FIRST_NAME: "Mona", LAST_NAME: "Weiss", NATIONAL_ID: "900000017"}
SEEDED = "310000017"


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        lobby = Lobby(sandbox)
        with closing(lobby.http):
            yield lobby


@pytest.fixture(scope="module")
def shared() -> Iterator[Lobby]:
    """An organization in which tests only add."""
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        lobby = Lobby(sandbox)
        with closing(lobby.http):
            yield lobby


def create(lobby: Lobby, values):
    return {"fields": lobby.fields(values)}


def by_key(value, slug=NATIONAL_ID):
    return {"queryType": "KeyField", "fieldSlug": slug, "fieldValue": value}


# --- create and get --------------------------------------------------------------------------------------------------


def test_a_record_is_made_of_fields_by_their_ids_and_only_its_id_is_told(lobby):
    made = lobby.done("POST", "/customers", create(lobby, PERSON), status=201)
    assert made.keys() == {"recordId"}
    assert lobby.values(made["recordId"]) == {**PERSON, EMAIL: None, PHONE: None}
    assert lobby.sandbox.ledger.created("customers") == [made["recordId"]]
    (entry,) = lobby.sandbox.ledger
    assert entry.record == lobby.record(made["recordId"])


def test_a_record_shows_every_field_with_all_its_members(lobby):
    id_ = lobby.customer()
    record = lobby.record(id_)
    stamp = record["dateCreated"]
    assert stamp.startswith("2026-03-02T09:41:07")
    fields = record.pop("fields")
    assert record == {"recordId": id_, "displayName": "Mona Weiss", "dateCreated": stamp, "dateUpdated": stamp}
    assert [one["slug"] for one in fields] == [FIRST_NAME, LAST_NAME, NATIONAL_ID, EMAIL, PHONE]
    assert [one["position"] for one in fields] == sorted(one["position"] for one in fields)
    number, email = fields[2], fields[3]
    assert number == {
        "fieldTypeId": lobby.field(NATIONAL_ID),
        "dataType": "Text",
        "fieldName": "National id",
        "slug": NATIONAL_ID,
        "isKey": True,
        "isRequired": True,
        "data": {"displayText": "900000017", "text": "900000017"},
        "value": "900000017",
        "hash": number["hash"],
        "colorCode": None,
        "position": 3,
    }
    assert (email["data"], email["value"]) == ({"displayText": None, "text": None}, None)
    assert len({one["hash"] for one in fields[:4]}) == 4


def test_ids_are_read_in_capital_letters_too(lobby):
    said = {"fields": {id_.upper(): value for id_, value in lobby.fields(PERSON).items()}}
    id_ = lobby.done("POST", "/customers", said, status=201)["recordId"]
    assert lobby.record(id_.upper())["recordId"] == id_


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_field_that_is_null_or_empty_is_as_if_left_out(lobby, nothing):
    assert lobby.values(lobby.customer(**{EMAIL: nothing}))[EMAIL] is None


@settings(max_examples=25)
@given(value=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_a_value_comes_back_as_it_was_sent(shared, value):
    id_ = shared.customer(**{NATIONAL_ID: f"{value}{len(shared.world.customers)}", EMAIL: value})
    found = shared.done("POST", "/customers/query", {"queryType": "RecordId", "recordId": id_})
    assert {one["slug"]: one["value"] for one in found["fields"]}[EMAIL] == value


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"fields": ["required"]}),
        ({"fields": None}, {"fields": ["required"]}),
        ({"fields": []}, {"fields": ["must be an object"]}),
        ({"fields": {"nonsense": "x"}}, {"fields.nonsense": ["is not a field of customers"]}),
        ({"fields": {NOBODY: "x"}}, {f"fields.{NOBODY}": ["is not a field of customers"]}),
        ([], {"$": ["must be a JSON object"]}),
    ],
)
def test_a_record_without_readable_fields_is_refused(shared, body, errors):
    before = len(shared.world.customers)
    assert shared.refused("POST", "/customers", body).items() >= errors.items()
    assert len(shared.world.customers) == before


@pytest.mark.parametrize(
    ("changes", "slug", "text"),
    [
        ({LAST_NAME: None}, LAST_NAME, "required"),
        ({NATIONAL_ID: ""}, NATIONAL_ID, "required"),
        ({EMAIL: 7}, EMAIL, "must be text"),
        ({EMAIL: False}, EMAIL, "must be text"),
        ({EMAIL: ["a"]}, EMAIL, "must be text"),
        ({REASON: "a cold"}, REASON, "is not a field of customers"),
    ],
)
def test_a_wrong_field_is_named(shared, changes, slug, text):
    said = create(shared, {**PERSON, **changes})
    assert shared.refused("POST", "/customers", said) == {f"fields.{shared.field(slug)}": [text]}


def test_everything_that_is_wrong_is_told_at_once(shared):
    errors = shared.refused("POST", "/customers", create(shared, {EMAIL: 7}))
    assert errors == {
        f"fields.{shared.field(EMAIL)}": ["must be text"],
        f"fields.{shared.field(LAST_NAME)}": ["required"],
        f"fields.{shared.field(NATIONAL_ID)}": ["required"],
    }


def test_a_key_belongs_to_one_record_only(lobby):
    text = "Another customer has this National id."
    said = create(lobby, {**PERSON, NATIONAL_ID: SEEDED})
    assert lobby.refused("POST", "/customers", said, status=409, code=99005) == text
    id_ = lobby.customer()
    change = {"fields": lobby.entries({NATIONAL_ID: SEEDED})}
    assert lobby.refused("PATCH", f"/customers/{id_}", change, status=409, code=99005) == text
    assert lobby.values(id_)[NATIONAL_ID] == "900000017"
    assert lobby.sandbox.ledger.created("customers") == [id_]


# --- update ----------------------------------------------------------------------------------------------------------


def test_an_update_takes_an_array_says_nothing_and_leaves_the_rest(lobby):
    id_ = lobby.customer(**{EMAIL: "mona@example.org"})
    before = lobby.record(id_)
    lobby.sandbox.clock.advance(timedelta(minutes=1))
    answer = lobby.ask("PATCH", f"/customers/{id_}", {"fields": lobby.entries({FIRST_NAME: "Mia", EMAIL: None})})
    assert (answer.status_code, answer.content) == (200, b"")
    assert lobby.values(id_) == {**PERSON, FIRST_NAME: "Mia", EMAIL: None, PHONE: None}
    after = lobby.record(id_)
    assert after["displayName"] == "Mia Weiss"
    assert after["dateCreated"] == before["dateCreated"]
    assert after["dateUpdated"].startswith("2026-03-02T09:42:07")
    assert [(one.action, one.id) for one in lobby.sandbox.ledger] == [("create", id_), ("update", id_)]


def test_what_get_shows_can_be_sent_back(lobby):
    id_ = lobby.customer()
    before = lobby.record(id_)
    lobby.done("PATCH", f"/customers/{id_}", {"fields": before["fields"]})
    assert lobby.record(id_) == {**before, "dateUpdated": lobby.record(id_)["dateUpdated"]}


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"fields": ["required"]}),
        ({"fields": {}}, {"fields": ["must be an array"]}),
        ({"fields": [{}]}, {"fields[0].fieldTypeId": ["required"], "fields[0].value": ["required"]}),
        ({"fields": ["x"]}, {"fields[0].fieldTypeId": ["required"], "fields[0].value": ["required"]}),
        ({"fields": [{"fieldTypeId": 5, "value": "x"}]}, {"fields[0]": ["is not a field of customers"]}),
        ({"fields": [{"fieldTypeId": NOBODY, "value": "x"}]}, {"fields[0]": ["is not a field of customers"]}),
    ],
)
def test_an_update_without_readable_fields_is_refused(lobby, body, errors):
    id_ = lobby.customer()
    before = lobby.record(id_)
    assert lobby.refused("PATCH", f"/customers/{id_}", body) == errors
    assert lobby.record(id_) == before


@pytest.mark.parametrize(("value", "text"), [(None, "required"), ("", "required"), (5, "must be text")])
def test_a_required_field_cannot_be_emptied(lobby, value, text):
    id_ = lobby.customer()
    said = {"fields": lobby.entries({FIRST_NAME: "Mia", LAST_NAME: value})}
    assert lobby.refused("PATCH", f"/customers/{id_}", said) == {"fields[1]": [text]}
    assert lobby.values(id_)[FIRST_NAME] == "Mona"


@pytest.mark.parametrize("id_", [NOBODY, "nonsense"])
def test_a_record_that_is_not_there_is_a_404(shared, id_):
    for method, body in (("GET", None), ("PATCH", {"fields": []})):
        assert shared.ask(method, f"/customers/{id_}", body).status_code == 404


def test_the_path_of_get_can_be_moved_and_that_of_update_stays(lobby):
    id_ = lobby.customer()
    lobby.cubu.customer_path = "/customers/{customerRecordId}/record"
    assert lobby.done("GET", f"/customers/{id_}/record")["recordId"] == id_
    assert not lobby.ask("GET", f"/customers/{id_}").is_success
    lobby.done("PATCH", f"/customers/{id_}", {"fields": lobby.entries({FIRST_NAME: "Mia"})})
    assert lobby.done("GET", f"/customers/{id_}/record")["displayName"] == "Mia Weiss"


# --- query -----------------------------------------------------------------------------------------------------------


def test_a_record_is_found_by_its_key_and_by_its_id(shared):
    found = shared.done("POST", "/customers/query", by_key(SEEDED))
    assert found == shared.record(found["recordId"])
    assert found["displayName"] == "Ana Quill"
    said = {"queryType": "RecordId", "recordId": found["recordId"].upper()}
    assert shared.done("POST", "/customers/query", said) == found


def test_a_key_that_was_changed_finds_no_more(lobby):
    id_ = lobby.customer()
    lobby.done("PATCH", f"/customers/{id_}", {"fields": lobby.entries({NATIONAL_ID: "900000025"})})
    assert lobby.done("POST", "/customers/query", by_key("900000025"))["recordId"] == id_
    assert lobby.ask("POST", "/customers/query", by_key("900000017")).status_code == 404


@pytest.mark.parametrize(
    "said", [by_key("1"), by_key("310000017 "), by_key(""), {"queryType": "RecordId", "recordId": NOBODY}]
)
def test_nothing_found_is_a_404_or_a_204_as_one_likes(lobby, said):
    text = "There is no such customer."
    assert lobby.refused("POST", "/customers/query", said, status=404, code=99404) == text
    lobby.cubu.missing_status = 204
    answer = lobby.ask("POST", "/customers/query", said)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, {"queryType": ["required"]}),
        ({"queryType": "Name"}, {"queryType": ["must be RecordId or KeyField"]}),
        ({"queryType": 1}, {"queryType": ["must be RecordId or KeyField"]}),
        ({"queryType": []}, {"queryType": ["must be RecordId or KeyField"]}),
        ({"queryType": "RecordId"}, {"recordId": ["required"]}),
        ({"queryType": "RecordId", "recordId": "Ana"}, {"recordId": ["must be a GUID"]}),
        ({**by_key("x"), "queryType": "RecordId"}, {"recordId": ["required"]}),
        ({"queryType": "KeyField"}, {"fieldSlug": ["required"], "fieldValue": ["required"]}),
        (by_key(None), {"fieldValue": ["required"]}),
        (by_key(310000017), {"fieldValue": ["must be text"]}),
        (by_key("Ana", FIRST_NAME), {"fieldSlug": ["is not the slug of a key field"]}),
        (by_key(SEEDED, "nonsense"), {"fieldSlug": ["is not the slug of a key field"]}),
        (by_key(SEEDED, None), {"fieldSlug": ["required"]}),
        ({"queryType": "KeyField", "recordId": NOBODY}, {"fieldSlug": ["required"], "fieldValue": ["required"]}),
    ],
)
def test_a_query_needs_what_its_type_needs(shared, said, errors):
    assert shared.refused("POST", "/customers/query", said) == errors


# --- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/customers", {}),
        ("POST", "/customers/query", {}),
        ("GET", f"/customers/{NOBODY}", None),
        ("PATCH", f"/customers/{NOBODY}", {}),
    ],
)
def test_customers_need_the_customers_manager(lobby, method, path, body):
    lobby.enter(lobby.cubu.register(roles=[APPOINTMENTS, CASES]))
    lobby.refused(method, path, body, status=403, code=99403)
    lobby.enter(lobby.cubu.register(roles=[CUSTOMERS]))
    assert lobby.ask(method, path, body).status_code in {400, 404}
