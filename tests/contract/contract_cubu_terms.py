"""Where we or the sandbox say something else about Cubu than what is known of it, and why."""

from __future__ import annotations

from pathlib import Path

from contract_cubu_calls import BOOK, CHANGE, HOOKS, QUERY, QUEUE_UP, TOKEN
from contract_rows import Key, Table, keys
from contract_terms import Terms

TABLE = Table.by_hand(Path(__file__).parent / "cubu.tsv")
_TICKETS = [where for where in TABLE.places if where.endswith(".ticket")]
_EVENTS = ("AfterBookAppointment", "AfterQueueUp", "BeforeBookAppointment")

# --- the code ---

# What may be replied to a webhook that asks is for the caller's own server to say.
_HOOK = f"POST /service/actions/{HOOKS[-1]}"
# What we read or take as something else than the vendor says, with the vendor's type: one page shows a ticket's number
# as a text, so both are read; and what is booked is a moment or minutes, and always minutes in the body.
_READ_AS = {
    **dict.fromkeys(keys("field", dict.fromkeys(_TICKETS, "number")), "integer"),
    Key("body", BOOK, "startTime"): "integer",
}
_FEW = "the vendor shows one value, and lists none"
_FIXED = "the vendor has one value, or two for two ways to ask: no argument of ours is about it"
_MATTER = "the vendor does not say what it demands, and without it there is nothing to queue for"
_ONLY = "no call can be signed without it"
# Places that show some fields only of objects that others show whole.
_PARTIAL = frozenset({*_EVENTS, "Booking", "Case", "NewCustomer", "QueuedCase"})

# --- the wire ---

_UNKNOWN = "the vendor does not say what it holds"
_VAGUE = {
    **dict.fromkeys(keys("field", {"Case": "fields tags", "CustomerRecord.fields": "value"}), _UNKNOWN),
    Key("body", f"{CHANGE}.fields", "value"): _UNKNOWN,
}
# What an object lacks: the sandbox's answer to a booking has no appointment unless it is told to, which is a guess.
_RARE = keys("field", {"Booking": "appointment"})
# What may be null, and always has a value in the sandbox: its services have a prefix for their tickets, and one table
# of customers.
_NEVER_NULL = keys("field", {"Calendar": "customersDataTableId", **dict.fromkeys(_TICKETS, "prefix")})
_USER = "userId displayName initials picture"
_BY_TYPE: dict[tuple[str, bool], dict[str, str]] = {
    ("array of any", False): {"Calendar": "issues"},
    ("date-time", True): {
        "Booking": "queueTimestamp",
        "Booking.appointment": "reservationExpiryDate",
        "Case.appointment": "reservationExpiryDate",
        "QueuedCase": "calendarTimestamp",
    },
    ("guid", False): {"Case.assignedTo": "userId", "Case.lockedBy": "userId"},
    ("guid", True): {
        "Case": "workstationId",
        **dict.fromkeys(_EVENTS, "parentCaseId triggeredByUserId"),
        "AfterQueueUp": "lockedByUserId parentCaseId triggeredByUserId",
    },
    ("integer", True): {"Booking": "position"},
    ("object", True): {"Case": "assignedTo lockedBy"},
    ("string", False): dict.fromkeys(("Case.assignedTo", "Case.lockedBy"), "displayName initials picture"),
    ("string", True): {
        "Booking.appointment": "reservationToken",
        "Case": "workstationName",
        "Case.appointment": "reservationToken",
        "Case.onlineMeeting": "error",
        "CustomerRecord.fields": "colorCode",
        **dict.fromkeys(_EVENTS, "triggeredByUserEmail"),
        **dict.fromkeys(_TICKETS, "suffix"),
    },
}
# What never has a value in the sandbox, with its type and whether it may be null. The sandbox has no agents who work on
# cases, no workstations, no reservations and no parents of cases; nobody queues for an appointment, and a walk-in is in
# no calendar.
_UNSEEN = {key: (kind, null) for (kind, null), names in _BY_TYPE.items() for key in keys("field", names)}

TERMS = Terms(
    not_offered={Key("body", _HOOK, "fields"): ("object", False)},
    read_as=_READ_AS,
    listed_by_us={"Case.entryMode": _FEW},
    unnamed=dict.fromkeys((f"{QUERY}.queryType", f"{TOKEN}.grant_type", "TokenResponse.token_type"), _FIXED),
    always=dict.fromkeys(keys("body", {QUEUE_UP: "channel serviceTypeId"}), _MATTER),
    partial=_PARTIAL,
    rare=_RARE,
    never_null=_NEVER_NULL,
    unseen=_UNSEEN,
    vague=_VAGUE,
    modelless={Key("field", "TokenResponse", "access_token"): _ONLY},
)
