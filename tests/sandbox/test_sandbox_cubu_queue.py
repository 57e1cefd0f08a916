"""Queue Up of the emulated Cubu: tickets, places in the queue, and how a walk-in can be reached."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pytest
from sandbox_lobby import EMAIL, NOBODY, NOW, PHONE, REASON, Lobby

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu.knobs import APPOINTMENTS, CASES, CUSTOMERS

MEMBERS = [
    "caseId", "status", "referenceDate", "inboxId", "inboxName", "channel", "language", "ticket", "queueTimestamp",
    "position", "calendarTimestamp", "ticketUrl",
]  # fmt: skip


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        lobby = Lobby(sandbox)
        with closing(lobby.http):
            yield lobby


@pytest.fixture(scope="module")
def still() -> Iterator[Lobby]:
    """An organization in which nothing is done."""
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        lobby = Lobby(sandbox)
        with closing(lobby.http):
            yield lobby


def cases(lobby: Lobby, service: str = "Front desk") -> str:
    return f"/services/{lobby.service(service).id}/cases"


def test_a_walk_in_gets_a_ticket_and_waits(lobby):
    said = lobby.queue_up()
    front = lobby.service()
    assert list(said) == MEMBERS
    assert said == {
        "caseId": said["caseId"],
        "status": "Waiting",
        "referenceDate": said["referenceDate"],
        "inboxId": front.inbox.id,
        "inboxName": "Front desk",
        "channel": "FaceToFace",
        "language": "en-US",
        "ticket": {"prefix": "B", "suffix": None, "number": 1},
        "queueTimestamp": said["queueTimestamp"],
        "position": 1,
        "calendarTimestamp": None,
        "ticketUrl": said["ticketUrl"],
    }
    for name in ("referenceDate", "queueTimestamp"):
        assert datetime.fromisoformat(said[name]).replace(microsecond=0) == NOW
    assert said["ticketUrl"].startswith(lobby.sandbox.url)


def test_a_walk_in_is_a_case_without_an_appointment(lobby):
    said = lobby.queue_up(fields=lobby.fields({REASON: "a stamp"}))
    assert lobby.sandbox.ledger.created("cases") == [said["caseId"]]
    assert lobby.sandbox.ledger.created("appointments") == []
    (entry,) = lobby.sandbox.ledger
    case = entry.record
    assert (case["appointment"], case["entryMode"], case["dateClosed"]) == (None, "WalkIn", None)
    assert (case["caseId"], case["status"], case["ticket"]) == (said["caseId"], "Waiting", said["ticket"])
    assert case["fields"] == lobby.fields({REASON: "a stamp"})


def test_tickets_are_numbered_by_service_and_bookings_draw_them_too(lobby):
    assert [lobby.queue_up()["ticket"]["number"] for _ in range(2)] == [1, 2]
    assert lobby.book()["ticket"] == {"prefix": "B", "suffix": None, "number": 3}
    assert lobby.queue_up()["ticket"]["number"] == 4
    other = lobby.queue_up("Night line", contactEmail="a@example.org")
    assert other["ticket"] == {"prefix": "N", "suffix": None, "number": 1}


def test_the_number_of_a_ticket_may_be_a_string(lobby):
    lobby.cubu.ticket_numbers_as_text = True
    assert lobby.queue_up()["ticket"] == {"prefix": "B", "suffix": None, "number": "1"}


def test_a_position_counts_who_waits_in_the_same_inbox(lobby):
    assert [lobby.queue_up()["position"] for _ in range(3)] == [1, 2, 3]
    lobby.book()
    assert lobby.queue_up("Night line", contactEmail="a@example.org")["position"] == 1
    assert lobby.queue_up()["position"] == 4


def test_queue_up_reads_locale_and_not_language(lobby):
    assert lobby.queue_up(locale="he-IL")["language"] == "he-IL"
    assert lobby.queue_up(language="he-IL")["language"] == "en-US"
    errors = lobby.refused("POST", cases(lobby), lobby.matter(locale="tlh"))
    assert list(errors) == ["locale"]


@pytest.mark.parametrize("key", ["cusotmerRecordId", "customerRecordId"])
def test_the_customer_is_named_by_the_key_that_is_bound(lobby, key):
    id_ = lobby.customer()
    lobby.queue_up(**{key: id_})
    assert lobby.sandbox.ledger.created("cases")
    lobby.cubu.customer_record_key = key
    lobby.queue_up(**{key: id_})
    lobby.cubu.customer_record_key = ({"cusotmerRecordId", "customerRecordId"} - {key}).pop()
    lobby.queue_up(**{key: id_})
    customers = [entry.record["customer"] for entry in lobby.sandbox.ledger if entry.resource == "cases"]
    shown = {"dataTableId": customers[0]["dataTableId"], "recordId": id_, "displayName": "Mona Weiss"}
    assert customers == [shown, shown, None]


# --- how somebody can be reached -------------------------------------------------------------------------------------


def contact(lobby: Lobby, **more):
    """Let a customer wait whose record has a phone number and an email address, and tell what the case has."""
    id_ = lobby.customer(**{PHONE: "+12025550111", EMAIL: "mona@example.org"})
    lobby.queue_up(cusotmerRecordId=id_, **more)
    record = list(lobby.sandbox.ledger)[-1].record
    return record["contactPhoneNumber"], record["contactEmail"]


def test_the_customers_own_contact_is_used_only_when_asked_for(lobby):
    assert contact(lobby) == (None, None)


def test_the_customers_own_contact_is_used(lobby):
    assert contact(lobby, useCustomerContactInfo=True) == ("+12025550111", "mona@example.org")


def test_what_the_call_says_goes_before_the_record(lobby):
    said = contact(lobby, useCustomerContactInfo=True, contactPhoneNumber="2025550122")
    assert said == ("+12025550122", "mona@example.org")


@pytest.mark.parametrize(("written", "kept"), [("2025550111", "+12025550111"), ("+442079460011", "+442079460011")])
def test_the_records_phone_number_is_kept_as_cases_keep_it(lobby, written, kept):
    id_ = lobby.customer(**{PHONE: written})
    lobby.queue_up(cusotmerRecordId=id_, useCustomerContactInfo=True)
    assert list(lobby.sandbox.ledger)[-1].record["contactPhoneNumber"] == kept


@pytest.mark.parametrize(
    ("service", "key", "field", "value"),
    [("Island line", "contactPhoneNumber", PHONE, "+12025550111"), ("Night line", "contactEmail", EMAIL, "m@x.org")],
)
def test_the_customers_own_contact_is_enough_where_the_service_needs_one(lobby, service, key, field, value):
    without, reachable = lobby.customer(), lobby.customer(**{field: value, "customer-national-id": "900000025"})
    asked = {"cusotmerRecordId": without, "useCustomerContactInfo": True}
    assert lobby.refused("POST", cases(lobby, service), lobby.matter(service, **asked)) == {key: ["required"]}
    asked = {"cusotmerRecordId": reachable, "useCustomerContactInfo": False}
    assert lobby.refused("POST", cases(lobby, service), lobby.matter(service, **asked)) == {key: ["required"]}
    lobby.queue_up(service, cusotmerRecordId=reachable, useCustomerContactInfo=True)


# --- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "changes", "errors"),
    [
        ("Front desk", {"serviceTypeId": None}, {"serviceTypeId": ["required"]}),
        ("Front desk", {"serviceTypeId": NOBODY}, {"serviceTypeId": ["is no service type of this service"]}),
        ("Front desk", {"channel": None}, {"channel": ["required"]}),
        ("Front desk", {"channel": "Phone"}, {"channel": ["Passport renewal does not support Phone"]}),
        ("Front desk", {"contactPhoneNumber": "5550111"}, {"contactPhoneNumber": ["is no valid phone number"]}),
        ("Front desk", {"useCustomerContactInfo": "yes"}, {"useCustomerContactInfo": ["must be a boolean"]}),
        ("Front desk", {"useCustomerContactInfo": True}, {"useCustomerContactInfo": ["needs a customer"]}),
        (
            "Front desk",
            {"useCustomerContactInfo": True, "cusotmerRecordId": NOBODY},
            {"cusotmerRecordId": ["is no customer"]},
        ),
        ("Front desk", {"tagIds": [NOBODY]}, {"tagIds": ["must be an array of ids of tags"]}),
        ("Passport office", {}, {"cusotmerRecordId": ["required"]}),
        ("Island line", {}, {"contactPhoneNumber": ["required"]}),
        ("Night line", {}, {"contactEmail": ["required"]}),
        (
            "Island line",
            {"useCustomerContactInfo": True, "channel": None},
            {
                "useCustomerContactInfo": ["needs a customer"],
                "channel": ["required"],
                "contactPhoneNumber": ["required"],
            },
        ),
    ],
)
def test_what_a_walk_in_may_not_say(still, service, changes, errors):
    assert still.refused("POST", cases(still, service), still.matter(service, **changes)) == errors
    assert len(still.sandbox.ledger) == 0


def test_a_walk_in_that_was_refused_draws_no_number(lobby):
    lobby.refused("POST", cases(lobby), lobby.matter(channel=None))
    said = lobby.queue_up()
    assert (said["ticket"]["number"], said["position"]) == (1, 1)


@pytest.mark.parametrize("id_", [NOBODY, "front-desk"])
def test_an_unknown_service_is_a_404(still, id_):
    text = "There is no such service."
    assert still.refused("POST", f"/services/{id_}/cases", still.matter(), status=404, code=99404) == text


def test_queue_up_needs_the_case_manager(lobby):
    lobby.enter(lobby.cubu.register(roles=[APPOINTMENTS, CUSTOMERS]))
    lobby.refused("POST", cases(lobby), lobby.matter(), status=403, code=99403)
    lobby.enter(lobby.cubu.register(roles=[CASES]))
    assert lobby.queue_up()["ticket"]["number"] == 1
