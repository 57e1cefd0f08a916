"""Webhooks of the emulated Cubu: what the organization's server is told, and what it is asked before a booking."""

import hashlib
import hmac
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_lobby import NOBODY, NOW, PHONE, REASON, Lobby
from sandbox_receiver import Receiver, receiving

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cubu.deliveries import Webhook

KEY = "made-up-key-0001"
HOOK = "https://hooks.example.com/cubu"
BODY = b'{"caseId":"7b0e"}'
MEMBERS = [
    "caseId", "parentCaseId", "referenceDate", "unitId", "serviceId", "serviceCategoryId", "serviceTypeId", "status",
    "channel", "language", "ticket", "fields", "tagIds", "customerRecordId", "triggeredByUserId",
    "triggeredByUserEmail", "appointment",
]  # fmt: skip


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    with Sandbox(now=NOW, rate_limit=None, appointments=0) as sandbox:
        sandbox.clock.freeze()
        sandbox.clock.set(NOW)
        lobby = Lobby(sandbox)
        with closing(lobby.http):
            yield lobby


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def kind(lobby: Lobby, name: str) -> str:
    return next(one.id for one in lobby.world.service_types.values() if one.name == name)


# --- what is told ----------------------------------------------------------------------------------------------------


def test_a_booking_is_told_with_all_that_it_is(lobby, receiver):
    lobby.cubu.webhook(receiver.url)
    customer, tag = lobby.customer(), next(iter(lobby.world.tags))
    fields = lobby.fields({REASON: "a stamp"})
    made = lobby.book(cusotmerRecordId=customer, fields=fields, tagIds=[tag], language="he-IL", preventSelfCheckIn=True)
    lobby.sandbox.settle()
    (arrived,) = receiver.arrived
    assert (arrived.method, arrived.path) == ("POST", "/service/actions/afterBookAppointment")
    assert arrived.headers["content-type"].startswith("application/json")
    front = lobby.service()
    assert list(arrived.said) == MEMBERS
    assert arrived.said == {
        "caseId": made["caseId"],
        "parentCaseId": None,
        "referenceDate": "2026-03-03T06:00:00Z",
        "unitId": front.unit.id,
        "serviceId": front.id,
        "serviceCategoryId": front.category.id,
        "serviceTypeId": front.type_ids[0],
        "status": "Planned",
        "channel": "FaceToFace",
        "language": "he-IL",
        "ticket": {"prefix": "B", "number": 1, "suffix": None},
        "fields": fields,
        "tagIds": [tag],
        "customerRecordId": customer,
        "triggeredByUserId": None,
        "triggeredByUserEmail": None,
        "appointment": {
            "date": "2026-03-03T00:00:00",
            "cuIndex": 0,
            "start": 480,
            "timeLocal": "2026-03-03T08:00:00",
            "timeUtc": "2026-03-03T06:00:00Z",
            "timeZoneId": "Israel Standard Time",
            "duration": 10,
            "preventSelfCheckIn": True,
        },
    }


def test_a_walk_in_is_told_without_an_appointment_and_with_its_contact(lobby, receiver):
    lobby.cubu.webhook(receiver.url)
    customer = lobby.customer(**{PHONE: "+12025550111"})
    made = lobby.queue_up(cusotmerRecordId=customer, useCustomerContactInfo=True)
    lobby.queue_up(contactEmail="a@example.org")
    lobby.sandbox.settle()
    first, second = receiver.arrived
    assert first.path == "/service/actions/afterQueueUp"
    own = ["useCustomerContactInfo", "contactPhoneNumber", "contactEmail", "lockedByUserId"]
    assert list(first.said) == [*(name for name in MEMBERS if name != "appointment"), *own]
    told = {name: first.said[name] for name in ("caseId", "status", "referenceDate", "ticket", "channel")}
    assert told == {name: made[name] for name in told}
    assert (first.said["customerRecordId"], first.said["fields"], first.said["tagIds"]) == (customer, {}, [])
    assert [first.said[name] for name in own] == [True, "+12025550111", None, None]
    assert [second.said[name] for name in own] == [False, None, "a@example.org", None]


def test_nothing_else_is_told(lobby, receiver):
    lobby.cubu.webhook(receiver.url)
    id_ = lobby.customer()
    lobby.done("PATCH", f"/customers/{id_}", {"fields": []})
    lobby.refused("POST", f"/services/{lobby.service().id}/cases", {})
    booked = lobby.book()
    place = f"/calendars/{lobby.service().id}/2026-03-03/0/appointments"
    assert lobby.ask("DELETE", f"{place}/{booked['caseId']}").is_success
    lobby.sandbox.settle()
    assert [one.path for one in receiver.arrived] == ["/service/actions/afterBookAppointment"]


def test_nobody_is_told_unless_somebody_is_named(lobby, receiver):
    lobby.book()
    lobby.cubu.webhook(receiver.url)
    lobby.cubu.webhook(None)
    lobby.book()
    lobby.sandbox.settle()
    assert (receiver.arrived, lobby.cubu.deliveries) == ([], ())


@pytest.mark.parametrize("base", ["", "/", "/hooks/cubu", "/hooks/cubu/"])
def test_paths_are_below_the_base_without_a_double_slash(lobby, receiver, base):
    lobby.cubu.webhook(receiver.url + base)
    lobby.queue_up()
    lobby.sandbox.settle()
    assert [one.path for one in receiver.arrived] == [f"{base.rstrip('/')}/service/actions/afterQueueUp"]


def test_whoever_is_named_last_is_told_from_then_on(lobby, receiver):
    with receiving() as other:
        for url in (receiver.url, other.url):
            lobby.cubu.webhook(url)
            lobby.queue_up()
        lobby.sandbox.settle()
        assert [one.said["ticket"]["number"] for one in receiver.arrived + other.arrived] == [1, 2]
        assert len(receiver.arrived) == 1


def test_webhooks_come_one_after_another_in_the_order_of_what_they_tell(lobby, receiver):
    lobby.cubu.webhook(receiver.url)
    receiver.gate.clear()
    numbers = [(lobby.book() if turn % 2 else lobby.queue_up())["ticket"]["number"] for turn in range(4)]
    assert receiver.came.wait(10)
    assert [one.state for one in lobby.cubu.deliveries] == ["waiting"] * 4
    assert len(receiver.arrived) == 1
    receiver.gate.set()
    lobby.sandbox.settle()
    assert [one.said["ticket"]["number"] for one in receiver.arrived] == numbers
    assert [one.state for one in lobby.cubu.deliveries] == ["delivered"] * 4


def test_a_receiver_may_call_the_sandbox_before_it_answers(lobby, receiver):
    lobby.cubu.webhook(receiver.url)
    receiver.gate.clear()
    made = lobby.book()
    assert receiver.came.wait(10)
    listed = lobby.done("GET", f"/calendars/{lobby.service().id}/2026-03-03/0/appointments")
    assert [one["caseId"] for one in listed] == [made["caseId"]]


# --- how it is authorized --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize(
    ("encoding", "write"),
    [("base64", lambda mac: b64encode(mac.digest()).decode()), ("hex", lambda mac: mac.hexdigest())],
)
def test_a_webhook_carries_the_hmac_of_its_raw_body(lobby, receiver, encoding, write, algorithm):
    lobby.cubu.webhook(receiver.url, key=KEY, encoding=encoding, algorithm=algorithm)
    lobby.queue_up()
    lobby.sandbox.settle()
    (arrived,) = receiver.arrived
    mac = hmac.new(KEY.encode(), arrived.body, getattr(hashlib, algorithm))
    assert arrived.headers["authorization"] == f"HMAC {write(mac)}"


def test_it_is_sha256_in_base64_unless_told_otherwise(lobby, receiver):
    lobby.cubu.webhook(receiver.url, key=KEY)
    lobby.queue_up()
    lobby.sandbox.settle()
    (arrived,) = receiver.arrived
    mac = b64encode(hmac.digest(KEY.encode(), arrived.body, "sha256")).decode()
    assert arrived.headers["authorization"] == f"HMAC {mac}"


def test_without_a_key_there_is_no_authorization(lobby, receiver):
    lobby.cubu.webhook(receiver.url)
    lobby.queue_up()
    lobby.sandbox.settle()
    assert "authorization" not in receiver.arrived[0].headers
    assert lobby.cubu.deliveries[0].authorization is None


@pytest.mark.parametrize(
    ("encoding", "mac"),
    [
        ("base64", "KQHKxb5zLhmOSsmyQKfYoYWpm5+41cvOKWmOyWAfDtQ="),
        ("hex", "2901cac5be732e198e4ac9b240a7d8a185a99b9fb8d5cbce29698ec9601f0ed4"),
    ],
)
def test_the_known_hmac_comes_out(encoding, mac):
    assert Webhook(url=HOOK, key=KEY, encoding=encoding).authorization(BODY) == f"HMAC {mac}"


@given(st.text(min_size=1), st.binary(), st.binary(min_size=1))
def test_an_hmac_is_of_these_bytes_and_this_key(key, body, more):
    said = Webhook(url=HOOK, key=key).authorization(body)
    assert said not in {
        Webhook(url=HOOK, key=f"{key}x").authorization(body),
        Webhook(url=HOOK, key=key).authorization(body + more),
    }


# --- what becomes of it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "state"), [(200, "delivered"), (204, "delivered"), (299, "delivered"), (302, "failed"), (500, "failed")]
)
def test_a_webhook_is_posted_once_whatever_is_answered(lobby, receiver, status, state):
    lobby.cubu.webhook(receiver.url)
    receiver.statuses = [status]
    made = lobby.book()
    lobby.sandbox.settle()
    (delivery,) = lobby.cubu.deliveries
    assert (delivery.state, delivery.posted.status, delivery.posted.error) == (state, status, "")
    assert (delivery.action, delivery.case_id) == ("afterBookAppointment", made["caseId"])
    assert (delivery.at, delivery.url) == (NOW, f"{receiver.url}/service/actions/afterBookAppointment")
    lobby.sandbox.clock.advance(timedelta(days=3))
    lobby.sandbox.settle()
    assert len(receiver.arrived) == 1


def test_a_booking_stands_when_nobody_listens(lobby):
    with receiving() as gone:
        url = gone.url
    lobby.cubu.webhook(url)
    made = lobby.book()
    lobby.sandbox.settle()
    (delivery,) = lobby.cubu.deliveries
    assert (delivery.state, delivery.posted.status) == ("failed", None)
    assert delivery.posted.error.startswith("ConnectionRefusedError")
    assert lobby.sandbox.ledger.live("appointments") == [made["caseId"]]


def test_a_delivery_shows_what_was_sent_and_hides_who_it_is_about(lobby, receiver):
    lobby.cubu.webhook(receiver.url, key=KEY)
    lobby.queue_up(fields=lobby.fields({REASON: "a Newcomb matter"}))
    lobby.sandbox.settle()
    (delivery,) = lobby.cubu.deliveries
    assert (delivery.body, delivery.authorization) == (
        receiver.arrived[0].body,
        receiver.arrived[0].headers["authorization"],
    )
    assert "Newcomb" in delivery.body.decode()
    for secret in ("Newcomb", delivery.authorization, KEY):
        assert secret not in repr(delivery)
    assert KEY not in repr(Webhook(url=HOOK, key=KEY))


def test_nothing_leaves_the_machine_unless_it_is_told_to(lobby, monkeypatch):
    posted = []

    async def post(message):
        posted.append(message.url)
        return 200

    monkeypatch.setattr("apptsdk.sandbox.background._post", post)
    lobby.cubu.webhook(HOOK, key=KEY)
    lobby.queue_up()
    lobby.sandbox.settle()
    (delivery,) = lobby.cubu.deliveries
    assert (delivery.state, delivery.posted, posted) == ("withheld", None, [])
    assert json.loads(delivery.body)["status"] == "Waiting"
    assert lobby.cubu.deliver_anywhere is False
    lobby.cubu.deliver_anywhere = True
    lobby.queue_up()
    lobby.sandbox.settle()
    assert posted == [f"{HOOK}/service/actions/afterQueueUp"]
    assert lobby.cubu.deliveries[1].state == "delivered"


@pytest.mark.parametrize(
    ("url", "settings", "told"),
    [
        ("hooks.example.com", {}, "url must be like https://hooks.example.com/cubu, not 'hooks.example.com'"),
        ("ftp://127.0.0.1/", {}, "url must be like"),
        ("http://127.0.0.1:0/", {}, "url must be like"),
        ("http://127.0.0.1/a b", {}, "url must be like"),
        ("http://127.0.0.1/?a=b", {}, "url must be like"),
        ("http://127.0.0.1/#a", {}, "url must be like"),
        (HOOK, {"key": ""}, "key must not be empty; None is for no authorization"),
        (HOOK, {"key": KEY, "encoding": "base32"}, "'encoding' must be in"),
        (HOOK, {"key": KEY, "algorithm": "md4"}, "'algorithm' must be in"),
    ],
)
def test_a_mistake_in_a_webhook_is_refused_and_the_old_one_stays(lobby, receiver, url, settings, told):
    lobby.cubu.webhook(receiver.url)
    with pytest.raises(ValueError, match=told) as caught:
        lobby.cubu.webhook(url, **settings)
    assert KEY not in str(caught.value)
    lobby.queue_up()
    lobby.sandbox.settle()
    assert len(receiver.arrived) == 1


# --- what is asked before a booking ----------------------------------------------------------------------------------


def test_the_hook_is_asked_with_what_would_be_told_afterwards(lobby, receiver):
    asked = []
    lobby.cubu.before_book = asked.append
    lobby.cubu.webhook(receiver.url)
    lobby.book(cusotmerRecordId=lobby.customer(), fields=lobby.fields({REASON: "a stamp"}))
    lobby.sandbox.settle()
    assert asked == [receiver.arrived[0].said]
    assert lobby.queue_up()["status"] == "Waiting"
    assert len(asked) == 1


def test_a_hook_that_gives_nothing_changes_nothing(lobby):
    def hook(body):
        body["channel"] = "Video"
        body["fields"]["x"] = "y"
        body["tagIds"].append("x")

    lobby.cubu.before_book = hook
    lobby.book()
    (entry,) = lobby.sandbox.ledger
    assert (entry.record["channel"], entry.record["fields"], entry.record["tags"]) == ("FaceToFace", None, None)


def test_a_hook_changes_what_is_booked_and_told(lobby, receiver):
    tag, customer, question = next(iter(lobby.world.tags)), lobby.customer(), kind(lobby, "General question")
    changes = {
        "serviceTypeId": question.upper(),
        "channel": "Phone",
        "fields": lobby.fields({REASON: "another"}),
        "tagIds": [tag],
        "customerRecordId": customer,
    }
    lobby.cubu.before_book = lambda _: changes
    lobby.cubu.webhook(receiver.url)
    made = lobby.book()
    assert made["channel"] == "Phone"
    (case,) = lobby.done("GET", f"/calendars/{lobby.service().id}/2026-03-03/0/appointments")
    lobby.sandbox.settle()
    told = receiver.arrived[0].said
    assert {**changes, "serviceTypeId": question} == {name: told[name] for name in changes}
    assert (case["caseId"], case["serviceTypeId"], case["channel"]) == (made["caseId"], question, "Phone")
    assert (case["customer"]["recordId"], case["fields"], case["tags"]) == (customer, changes["fields"], [tag])
    assert (case["appointment"]["duration"], told["appointment"]["duration"]) == (15, 15)


def test_fields_of_a_hook_are_laid_over_the_others_and_tags_replace_them(lobby):
    first, second = lobby.world.tags
    extra = lobby.field("customer-email")
    lobby.cubu.before_book = lambda _: {"fields": {extra: "x"}, "tagIds": [second], "customerRecordId": None}
    lobby.book(fields=lobby.fields({REASON: "a stamp"}), tagIds=[first], cusotmerRecordId=lobby.customer())
    record = list(lobby.sandbox.ledger)[-1].record
    assert record["fields"] == {lobby.field(REASON): "a stamp", extra: "x"}
    assert (record["tags"], record["customer"]) == ([second], None)


def test_a_hook_refuses_a_booking(lobby, receiver):
    lobby.cubu.before_book = lambda _: {"cancel": "no more than one a week", "channel": "Video"}
    lobby.cubu.webhook(receiver.url)
    place = f"/calendars/{lobby.service().id}/2026-03-03/0/appointments"
    said = lobby.refused("POST", place, {"startTime": 480, **lobby.matter()}, code=99004)
    assert said == "no more than one a week"
    lobby.sandbox.settle()
    assert (len(lobby.sandbox.ledger), receiver.arrived, lobby.done("GET", place)) == (0, [], [])
    lobby.cubu.before_book = None
    assert lobby.book()["status"] == "Planned"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"start": 500}, "before_book may give serviceTypeId, .* or cancel, not 'start'"),
        ({"serviceTypeId": NOBODY}, "before_book: serviceTypeId is not known"),
        ({"channel": "Phone"}, "before_book: Passport renewal does not support Phone"),
        ({"channel": None}, "before_book: Passport renewal does not support None"),
        ({"fields": {"x": 1}}, "before_book: a field is not known: 'x'"),
        ({"tagIds": [NOBODY]}, "before_book: a tag is not known"),
        ({"customerRecordId": NOBODY}, "before_book: customerRecordId is not known"),
    ],
)
def test_a_mistake_in_a_hook_is_seen_by_who_runs_into_it(lobby, changes, told):
    lobby.cubu.before_book = lambda _: changes
    place = f"/calendars/{lobby.service().id}/2026-03-03/0/appointments"
    answer = lobby.ask("POST", place, {"startTime": 480, **lobby.matter()})
    assert answer.status_code == 500
    assert re.search(f"ValueError: {told}", answer.text)
    assert len(lobby.sandbox.ledger) == 0
