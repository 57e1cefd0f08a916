"""The typed filters: what each writes, what is refused and how, and which lists take which."""

from __future__ import annotations

import operator
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from apptsdk.providers.cliniko import Filter, InvoiceStatus, ReferralType
from apptsdk.providers.cliniko.filters import DateField, Filters, NumberField, TextField, fields_of
from apptsdk.providers.cliniko.models import (
    BookingFilters,
    IndividualAppointmentFilters,
    PatientCaseFilters,
    PatientFilters,
)
from apptsdk.providers.cliniko.operations import (
    appointment_types,
    bookings,
    individual_appointments,
    patients,
    users,
)
from apptsdk.providers.cliniko.queries import (
    AppointmentQuery,
    AppointmentTypeQuery,
    ArchivableQuery,
    ListQuery,
    ServiceQuery,
)

B, P, CASE = BookingFilters(), PatientFilters(), PatientCaseFilters()
ONE = 1402337715590046001
SYDNEY = ZoneInfo("Australia/Sydney")
WHEN = datetime(2026, 3, 5, 7, 37, 17, 999999, tzinfo=SYDNEY)
SECOND = WHEN.replace(microsecond=0)
BORN = date(1990, 5, 17)

# https://docs.api.cliniko.com/guides/filtering-results: every operator of every type.
WRITTEN = {
    "a moment, from": (lambda: B.starts_at >= WHEN, "starts_at:>=2026-03-04T20:37:18Z"),
    "a second, from": (lambda: B.starts_at >= SECOND, "starts_at:>=2026-03-04T20:37:17Z"),
    "a second, before": (lambda: B.starts_at < SECOND, "starts_at:<2026-03-04T20:37:17Z"),
    "a moment, after": (lambda: B.starts_at > WHEN, "starts_at:>2026-03-04T20:37:17Z"),
    "a moment, to": (lambda: B.starts_at <= WHEN, "starts_at:<=2026-03-04T20:37:17Z"),
    "a moment, before": (lambda: B.starts_at < WHEN, "starts_at:<2026-03-04T20:37:18Z"),
    "a moment, the other way round": (lambda: SECOND <= B.starts_at, "starts_at:>=2026-03-04T20:37:17Z"),  # noqa: SIM300
    "a moment, null": (B.cancelled_at.is_null, "cancelled_at:!?"),
    "a moment, not null": (B.cancelled_at.is_not_null, "cancelled_at:?"),
    "a moment, any": (B.cancelled_at.any, "cancelled_at:*"),
    "a day": (lambda: P.date_of_birth == BORN, "date_of_birth:=1990-05-17"),
    "a day, from": (lambda: P.date_of_birth >= BORN, "date_of_birth:>=1990-05-17"),
    "a day, after": (lambda: P.date_of_birth > BORN, "date_of_birth:>1990-05-17"),
    "a day, to": (lambda: P.date_of_birth <= BORN, "date_of_birth:<=1990-05-17"),
    "a day, before": (lambda: P.date_of_birth < BORN, "date_of_birth:<1990-05-17"),
    "a day, null": (P.date_of_birth.is_null, "date_of_birth:!?"),
    "a day, not null": (P.date_of_birth.is_not_null, "date_of_birth:?"),
    "a day, by its month": (lambda: P.date_of_birth.like("****-05-**"), "date_of_birth:=****-05-**"),
    "a day long ago": (lambda: P.date_of_birth == date(987, 1, 2), "date_of_birth:=0987-01-02"),
    "an id": (lambda: B.practitioner_id == ONE, f"practitioner_id:={ONE}"),
    "an id, as text": (lambda: B.practitioner_id == str(ONE), f"practitioner_id:={ONE}"),
    "an id, not": (lambda: B.practitioner_id != ONE, f"practitioner_id:!={ONE}"),
    "an id, from": (lambda: B.id >= 1, "id:>=1"),
    "an id, after": (lambda: B.id > "1", "id:>1"),
    "an id, to": (lambda: B.id <= 2**63 - 1, "id:<=9223372036854775807"),
    "an id, before": (lambda: B.id < 7, "id:<7"),
    "ids": (lambda: B.practitioner_id.is_in([1, "2", 3]), "practitioner_id:=1,2,3"),
    "ids in a tuple": (lambda: B.practitioner_id.is_in(("7",)), "practitioner_id:=7"),
    "an id, null": (B.repeated_from_id.is_null, "repeated_from_id:!?"),
    "an id, not null": (B.repeated_from_id.is_not_null, "repeated_from_id:?"),
    "a number": (lambda: B.invoice_status == 10, "invoice_status:=10"),
    "a number by its name": (lambda: B.invoice_status == InvoiceStatus.OPEN_CREDIT, "invoice_status:=40"),
    "a number nobody knows": (lambda: B.invoice_status != InvoiceStatus(77), "invoice_status:!=77"),
    "a number, below nought": (lambda: B.invoice_status > -1, "invoice_status:>-1"),
    "a number, from": (lambda: B.invoice_status >= 20, "invoice_status:>=20"),
    "a number, to": (lambda: B.invoice_status <= 20, "invoice_status:<=20"),
    "a number, before": (lambda: B.invoice_status < 20, "invoice_status:<20"),
    "numbers": (lambda: B.invoice_status.is_in([InvoiceStatus.OPEN, 20]), "invoice_status:=10,20"),
    "a number, null": (B.treatment_note_status.is_null, "treatment_note_status:!?"),
    "a number, not null": (B.treatment_note_status.is_not_null, "treatment_note_status:?"),
    "a text": (lambda: P.last_name == "O'Neill & Co", "last_name:=O'Neill & Co"),
    "a text, not": (lambda: P.last_name != "Novák", "last_name:!=Novák"),
    "a text with signs of its own": (lambda: P.last_name == "=a:b,c?*", "last_name:==a:b,c?*"),
    "a text by its name": (lambda: CASE.referral_type == ReferralType.DVA, "referral_type:=dva"),
    "a text nobody knows": (lambda: CASE.referral_type == ReferralType("ndis"), "referral_type:=ndis"),
    "a part": (lambda: P.email.contains("@example.com"), "email:~@example.com"),
    "a part that begins like an operator": (lambda: P.email.contains("~x"), "email:~~%~x%"),
    "a pattern": (lambda: P.first_name.like("%a%n_"), "first_name:~~%a%n_"),
    "a text, null": (P.preferred_first_name.is_null, "preferred_first_name:!?"),
    "a text, not null": (P.preferred_first_name.is_not_null, "preferred_first_name:?"),
    "true": (lambda: B.did_not_arrive.is_(True), "did_not_arrive:=true"),
    "false": (lambda: B.did_not_arrive == False, "did_not_arrive:=false"),  # noqa: E712 - a condition
    "not true": (lambda: B.did_not_arrive != True, "did_not_arrive:!=true"),  # noqa: E712 - likewise
    "one of the ids": (lambda: B.patient_ids.contains(ONE), f"patient_ids:~{ONE}"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_filter_is_written_as_the_vendor_writes_it(name):
    make, text = WRITTEN[name]
    made = make()
    assert type(made) is Filter
    assert made.text == text
    assert ListQuery(q=[made]).pairs() == (("q[]", text), ("per_page", "100"))


NAIVE = datetime(2026, 3, 5)  # noqa: DTZ001 - that is the point
REFUSED = {
    "a naive moment": (lambda: B.starts_at >= NAIVE, ValueError, r"starts_at is naive.*starts_at\.replace\(tzinfo="),
    "a day for a moment": (lambda: B.starts_at >= BORN, TypeError, "starts_at must be a datetime, not date"),
    "a text for a moment": (lambda: B.starts_at < "2026-03-05", TypeError, "starts_at must be a datetime, not str"),
    "nothing for a moment": (lambda: B.starts_at > None, TypeError, "starts_at must be a datetime"),
    "a moment that equals": (lambda: B.starts_at == WHEN, TypeError, "no == for moments.*F.starts_at >= a"),
    "a moment that differs": (lambda: B.starts_at != WHEN, TypeError, "no != for moments.*F.starts_at <= b"),
    "a moment among moments": (lambda: B.starts_at in [WHEN, SECOND], TypeError, "no == for moments"),
    "a moment for a day": (lambda: P.date_of_birth == WHEN, TypeError, "date_of_birth must be .* a date, not datetime"),
    "a text for a day": (lambda: P.date_of_birth >= "1990-05-17", TypeError, "with a date, not str"),
    "nothing for a day": (lambda: P.date_of_birth == None, TypeError, r"not None; F\.date_of_birth\.is_null\(\) looks"),  # noqa: E711
    "a day that differs": (lambda: P.date_of_birth != BORN, TypeError, "cannot filter date_of_birth by !="),
    "a pattern of something else": (lambda: P.date_of_birth.like("May"), ValueError, r'date_of_birth.*"\*\*\*\*-05'),
    "a pattern with a tail": (lambda: P.date_of_birth.like("****-05-**\n"), ValueError, "a pattern of days"),
    "a pattern in other digits": (lambda: P.date_of_birth.like("****-०५-**"), ValueError, "a pattern of days"),
    "a day for a pattern": (lambda: P.date_of_birth.like(BORN), ValueError, "a pattern of days"),
    "a float for an id": (lambda: B.practitioner_id == 1.0, TypeError, "practitioner_id must be .* an id, not float"),
    "a truth for an id": (lambda: B.practitioner_id == True, TypeError, "practitioner_id must be a str or an int"),  # noqa: E712
    "nothing for an id": (lambda: B.practitioner_id != None, TypeError, r"not None; F\..*\.is_null\(\) looks"),  # noqa: E711
    "a word for an id": (lambda: B.practitioner_id >= "seven", ValueError, "practitioner_id is not a Cliniko id"),
    "two ids in a text": (lambda: B.practitioner_id == "1,2", ValueError, "practitioner_id is not a Cliniko id"),
    "an id below nought": (lambda: B.id > -1, ValueError, "id is not a Cliniko id"),
    "a bad one among ids": (lambda: B.id.is_in([1, "2", 3.0]), TypeError, "id must be compared with an id, not float"),
    "ids in a text": (lambda: B.practitioner_id.is_in("12"), TypeError, "practitioner_id.is_in takes a list, not str"),
    "ids in a set": (lambda: B.practitioner_id.is_in({1}), TypeError, "takes a list, not set"),
    "ids that come later": (lambda: B.practitioner_id.is_in(iter([1])), TypeError, "takes a list"),
    "one id for ids": (lambda: B.practitioner_id.is_in(1), TypeError, "takes a list, not int"),
    "no ids": (lambda: B.practitioner_id.is_in([]), ValueError, "at least one value: nothing is in an empty list"),
    "a truth for a number": (lambda: B.invoice_status == True, TypeError, "invoice_status must .* an int, not bool"),  # noqa: E712
    "a float for a number": (lambda: B.invoice_status > 1.5, TypeError, "with an int, not float"),
    "a text for a number": (lambda: B.invoice_status == "10", TypeError, "with an int, not str"),
    "a truth among numbers": (lambda: B.invoice_status.is_in([10, False]), TypeError, "with an int, not bool"),
    "a number for a text": (lambda: P.last_name == 5, TypeError, "last_name must be compared with a str, not int"),
    "nothing for a text": (lambda: P.last_name == None, TypeError, r"not None; F\..*\.is_null\(\) looks"),  # noqa: E711
    "an empty text": (lambda: P.last_name == "", ValueError, r"last_name .* F\.last_name\.is_null\(\)"),
    "a blank text": (lambda: P.last_name != " \n", ValueError, "empty text"),
    "a wildcard in a part": (lambda: P.last_name.contains("a%b"), ValueError, r"takes no %.*use like\(\)"),
    "ids that equal": (lambda: B.patient_ids == ONE, TypeError, r"F\.patient_ids\.contains\(id\) it can"),
    "an empty part": (lambda: P.last_name.contains(""), ValueError, "empty text"),
    "an empty pattern": (lambda: P.last_name.like(" "), ValueError, "empty text"),
    "half a surrogate pair": (lambda: P.last_name.contains("a\ud800"), ValueError, "last_name is not valid Unicode"),
    "texts in order": (lambda: P.last_name > "M", TypeError, "'>' not supported"),
    "a number for a truth": (lambda: B.did_not_arrive == 1, TypeError, "did_not_arrive must .* True or False, not int"),
    "a text for a truth": (lambda: B.did_not_arrive.is_("false"), TypeError, "True or False, not str"),
    "nothing for a truth": (lambda: B.did_not_arrive == None, TypeError, "True or False, not None[.]$"),  # noqa: E711
    "a list that equals": (lambda: B.patient_ids == [1], TypeError, "cannot filter patient_ids by =="),
    "a list that differs": (lambda: B.patient_ids != [1], TypeError, "cannot filter patient_ids by !="),
    "a float in a list": (lambda: B.patient_ids.contains(1.0), TypeError, "patient_ids.*A float rounds long ids"),
    "a list in a list": (lambda: B.patient_ids.contains([1]), TypeError, "patient_ids must be a str or an int"),
    "a chain": (lambda: WHEN <= B.starts_at <= WHEN, TypeError, r"neither true nor false.*q=\[F\.x >= a, F\.x <= b\]"),
    "and": (lambda: (B.id >= 1) and (B.id <= 2), TypeError, "neither true nor false"),
    "or": (lambda: (B.id == 1) or (B.id > 2), TypeError, "neither true nor false"),
    "not": (lambda: not B.cancelled_at.any(), TypeError, "neither true nor false"),
    "an id among ids": (lambda: B.id in [1, 2], TypeError, "neither true nor false"),
    "an if": (lambda: 1 if P.last_name == "Park" else 2, TypeError, "neither true nor false"),
    "a field that there is not": (lambda: P.shoe_size, AttributeError, "shoe_size"),
    "a field of another resource": (lambda: P.starts_at, AttributeError, "starts_at"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_vendor_has_not_is_refused_and_the_field_is_named(name):
    make, kind, message = REFUSED[name]
    with pytest.raises(kind, match=message) as caught:
        make()
    assert type(caught.value) is kind


def test_fields_cannot_be_put_in_the_place_of_others():
    with pytest.raises(AttributeError):
        P.last_name = 5
    with pytest.raises(AttributeError):
        P.shoe_size = 43


class OtherFilters(Filters):
    category = NumberField()


LISTS = {
    "a filter of another resource": (
        lambda: patients.list(ArchivableQuery(q=[P.last_name == "Park", B.starts_at >= WHEN])),
        ValueError,
        "^patients cannot be filtered by starts_at, but by: accepted_privacy_policy, archived_at, .*updated_at",
    ),
    "a field of the same name and another type": (
        lambda: appointment_types.list(AppointmentTypeQuery(q=[OtherFilters().category == 5])),
        ValueError,
        "appointment_types cannot be filtered by category",
    ),
    "bookings by a patient": (
        lambda: bookings.list(AppointmentQuery(q=[IndividualAppointmentFilters().patient_id == 1])),
        ValueError,
        "bookings cannot be filtered by patient_id, but by: .*patient_ids",
    ),
    "users by a name": (lambda: users.list(ListQuery(q=[P.first_name == "Ada"])), ValueError, "by first_name"),
    "a bare filter": (lambda: patients.list(ArchivableQuery(q=P.id == 1)), TypeError, r"q must be .* q=\[\.\.\.\]"),
    "a bare text": (lambda: patients.list(ArchivableQuery(q="id:=1")), TypeError, r"q must be .* q=\[\.\.\.\]"),
    "a set": (lambda: patients.list(ArchivableQuery(q={"id:=1"})), TypeError, "q must be a list of conditions"),
    "a dict": (lambda: patients.list(ArchivableQuery(q={"id": 1})), TypeError, "q must be a list of conditions"),
    "nothing": (lambda: patients.list(ArchivableQuery(q=None)), TypeError, "q must be a list of conditions"),
    "a truth": (lambda: patients.list(ArchivableQuery(q=[True])), TypeError, "q must be .* and holds a bool"),
    "a field": (lambda: patients.list(ArchivableQuery(q=[P.id])), TypeError, "q must be .* holds a IdField"),
    "a blank text": (lambda: patients.list(ArchivableQuery(q=[" "])), ValueError, "q holds an empty text"),
    "half a surrogate pair": (lambda: patients.list(ArchivableQuery(q=["a:=\udfff"])), ValueError, "valid Unicode"),
    "a field to order by": (lambda: patients.list(ArchivableQuery(sort=[P.id])), TypeError, "sort must be a list"),
    "services by anything": (lambda: ServiceQuery(q=[P.id == 1]), TypeError, "'q'"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_refuses_conditions_that_it_cannot_have(name):
    make, kind, message = LISTS[name]
    with pytest.raises(kind, match=message):
        make()


def test_conditions_of_another_resource_are_taken_where_the_field_is_the_same():
    same = IndividualAppointmentFilters().starts_at >= WHEN
    assert ("q[]", same.text) in bookings.list(AppointmentQuery(q=[same])).page(None).query
    assert ("q[]", same.text) in individual_appointments.list(AppointmentQuery(q=(same,))).page(None).query


def test_filters_and_texts_stand_beside_each_other_in_order():
    query = ArchivableQuery(q=[P.id >= 1, "last_name:=Park", P.id <= 9], include_archived=True, sort=["id"])
    assert patients.list(query).page(None).query == (
        ("q[]", "id:>=1"),
        ("q[]", "last_name:=Park"),
        ("q[]", "id:<=9"),
        ("q[]", "archived_at:*"),
        ("sort", "id,created_at"),
        ("per_page", "100"),
    )


def test_equal_filters_are_those_that_say_the_same():
    one, same, other = P.last_name == "Park", P.last_name == "Park", P.last_name != "Park"
    assert one == same
    assert one != other
    assert one != one.text
    assert {one, same, other} == {one, other}
    assert hash(one) == hash(same)
    assert {P.id: 1}[P.id] == 1


def test_a_filter_survives_a_pickle_and_is_still_checked():
    kept = pickle.loads(pickle.dumps(P.last_name == "Park"))
    assert kept == (P.last_name == "Park")
    assert repr(kept) == "<Filter last_name:=...>"
    assert ("q[]", "last_name:=Park") in patients.list(ArchivableQuery(q=[kept])).page(None).query
    with pytest.raises(ValueError, match="cannot be filtered by last_name"):
        bookings.list(AppointmentQuery(q=[kept]))


CANARY, CANARY_DAY = "Zebulonia", date(1987, 6, 5)
PRIVATE = {
    "last_name:=...": P.last_name == CANARY,
    "last_name:!=...": P.last_name != CANARY,
    "last_name:~...": P.last_name.contains(CANARY),
    "last_name:~~...": P.last_name.like(f"%{CANARY}"),
    "email:~~...": P.email.contains(f"~{CANARY}"),
    "name:=...": CASE.name == CANARY,
    "date_of_birth:=...": P.date_of_birth == CANARY_DAY,
    "date_of_birth:>=...": P.date_of_birth >= CANARY_DAY,
    "date_of_birth:>...": P.date_of_birth > CANARY_DAY,
    "date_of_birth:<=...": P.date_of_birth <= CANARY_DAY,
    "date_of_birth:<...": P.date_of_birth < CANARY_DAY,
    "expiry_date:=...": CASE.expiry_date.like("1987-**-05"),
}


@pytest.mark.parametrize("shown", PRIVATE)
def test_a_repr_shows_the_field_and_the_operator_and_no_person(shown):
    made = PRIVATE[shown]
    assert repr(made) == str(made) == f"{made}" == f"<Filter {shown}>"
    assert repr(ListQuery(q=[made])) == repr(ListQuery())


def test_a_repr_shows_what_names_nobody():
    assert repr(B.starts_at >= WHEN) == "<Filter starts_at:>=2026-03-04T20:37:18Z>"
    assert repr(P.last_name.is_null()) == "<Filter last_name:!?>"
    assert repr(B.id.is_in([1, 2])) == "<Filter id:=1,2>"
    assert repr(P.last_name) == "<TextField last_name>"
    fields = {**fields_of(P), **fields_of(CASE), **fields_of(B)}
    private = {name for name, field in fields.items() if field.private}
    assert private == {name for name, field in fields.items() if isinstance(field, TextField | DateField)}
    assert {"last_name", "email", "date_of_birth"} < private


@pytest.mark.parametrize("text", [CANARY, f"{CANARY}\ud800"])
def test_what_is_refused_is_not_repeated(text):
    for make in (
        lambda: B.starts_at >= text,
        lambda: B.practitioner_id == text,
        lambda: B.practitioner_id.is_in(text),
        lambda: B.invoice_status == text,
        lambda: P.date_of_birth.like(text),
        lambda: P.date_of_birth == text,
        lambda: B.did_not_arrive == text,
        lambda: B.patient_ids.contains(text),
        lambda: P.last_name == [text],
        lambda: patients.list(ArchivableQuery(q=text)),
        lambda: patients.list(ArchivableQuery(q=[[text]])),
        lambda: bookings.list(AppointmentQuery(q=[P.last_name != CANARY])),
    ):
        with pytest.raises((TypeError, ValueError)) as caught:
            make()
        assert CANARY not in str(caught.value)


WRONG_TEXTS = ("last_name=Park", "Park", "last_name :=Park", "last_name: =Park", "email~=x", ":=x", "last_name:")


@pytest.mark.parametrize("text", WRONG_TEXTS)
def test_a_text_that_is_no_condition_is_refused_at_once(text):
    with pytest.raises(ValueError, match=r'^q holds .* such as "last_name:=Park"') as caught:
        ListQuery(q=[text]).pairs()
    assert text not in str(caught.value).replace('"last_name:=Park"', "")


END = datetime.max.replace(tzinfo=UTC)


def test_the_end_of_the_calendar_is_written_or_refused_by_name():
    assert (B.starts_at < END).text == "starts_at:<9999-12-31T23:59:59Z"
    with pytest.raises(ValueError, match=r"^starts_at is at the very end of the calendar"):
        operator.ge(B.starts_at, datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))))
