"""Where we or the sandbox say something else about IMIassist than its tables, and why."""

from __future__ import annotations

from pathlib import Path

import attrs
from contract_imiassist_calls import NODES, SCHEDULE
from contract_rows import Key, Table, keys
from contract_terms import Terms

_HERE = Path(__file__).parent
TABLE = Table.by_hand(_HERE / "imiassist.tsv")
FLOW_TABLE = TABLE.amended(_HERE / "imiassist_flow.tsv")
_FIXED = "there is one value, and no argument of ours is about it"
_SAID = "the vendor's default is said, and what can be looked for later is made up where the caller has none"
_SIGNED = {
    Key("field", "Access", "access"): "no token can be got without it",
    Key("field", "Credentials", "token"): "no call can be signed without it",
}

TERMS = Terms(
    always=dict.fromkeys(keys("body", {SCHEDULE: "external_reference_id priority"}), _SAID),
    unnamed={place: _FIXED for place in TABLE.lists if place.endswith("/participants.role")},
    # A key of ours, and what the SDK reads from HTTP itself.
    partial=frozenset({"Appointment", "Appointment.participants", "CancelledAppointment"}),
    # The sandbox's hosts have no phones.
    unseen={Key("field", "AddedParticipant", "phone"): ("phone", True)},
    modelless=_SIGNED,
)
FLOW_TERMS = attrs.evolve(
    TERMS,
    unnamed={f"{where}.node": _FIXED for where in NODES.values()},
    partial=frozenset({"Appointment", "Appointment.participants"}),
    # Everything in a flow is a text.
    read_as={
        Key("field", "Appointment", "participants"): "string",
        **dict.fromkeys(
            keys("field", dict.fromkeys(("Appointment", "CancelledAppointment"), "response_status_code")), "status"
        ),
    },
    unseen={},
)
