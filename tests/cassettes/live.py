"""Somebody who records a real system, and what it could answer: the same for every provider, as data."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs
from props import NOW
from system_cliniko import CLINIKO
from system_cubu import CATALOGUE, CUBU
from system_nexhealth import NEXHEALTH

from apptsdk import ClinikoSettings, CubuSettings, NexHealthSettings
from apptsdk.providers.cubu import Catalogue, CatalogueFieldType, CatalogueService, CatalogueServiceType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from system import System

    from apptsdk.sandbox import Sandbox

CANARY = "Zebulonia"
SECRET = "MS0xLWNhbmFyeS1zZWNyZXQtOTkzMQ"
TOKEN = "eyJhbGciOiJub25lIn0.eyJpYXQiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwNzIwMH0.Y2FuYXJ5"
"""It lives for two hours."""


@attrs.frozen(kw_only=True, repr=False)
class Live:
    """Somebody who records a provider's system.

    Args:
        system: The system.
        settings: With whose credentials.
        theirs: What of these settings works in a sandbox, too.
        private: What must stand in no file, in lower case, beside the canary and the secret.
        path: Something to ask for, which changes nothing.
        answer: What could come back, with the canary in every place; `9931` and `1931` are somebody's, too.
        named: Members of it that stand in the file.
        people: Finds with a client what of people must stand in no file.
        grant: What is answered where a token is asked for, as a fault of a sandbox.
        posts: Ends of the paths to which reading posts.
        files: Files that the environment names.
        story: A story that writes.
        actions: What it does.
        read: A story that reads, and never asks for the path.
        asks: A story that asks for the path.
    """

    system: System
    settings: Any
    theirs: tuple[str, ...]
    private: tuple[str, ...]
    path: str
    answer: Mapping[str, Any]
    named: tuple[str, ...]
    people: Callable[[Any], Iterator[str]]
    grant: Mapping[str, Any] | None = None
    posts: tuple[str, ...] = ()
    files: Mapping[str, str] = attrs.field(factory=dict)
    story: str = "patients_write"
    actions: tuple[str, ...]
    read: str = "patients_read"
    asks: str

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.system.name

    @property
    def host(self) -> str:
        """Where all links begin, with the version."""
        return str(self.settings.url)

    def at(self, sandbox: Sandbox) -> Any:
        """Give the settings of somebody who takes a sandbox for the real system, with that one's key."""
        found = getattr(sandbox, self.name)
        kept = {name: getattr(self.settings, name) for name in self.theirs}
        return attrs.evolve(found, **kept)

    def canary(self, sandbox: Sandbox) -> Any:
        """Give the settings with the canary's key; whatever asks for a token gets the canary's."""
        if self.grant is not None:
            sandbox.fault("status", **self.grant, times=None)
        found = getattr(sandbox, self.name)
        places = [name for name in ("base_url", "token_url") if hasattr(found, name)]
        return attrs.evolve(self.settings, **{name: getattr(found, name) for name in places})

    @property
    def harmless(self) -> re.Pattern[str]:
        """The texts that stand in answers and in recordings of them."""
        moment = "[0-9-]{10}(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?"
        return re.compile(rf"{self.system.vocabulary.pattern}||[0-9]{{2}}:[0-9]{{2}}|{moment}|made-up-[a-z_]+-[0-9].*")


def _listed(*lists: tuple[str, Mapping[str, Any]], said: str) -> Callable[[Any], Iterator[str]]:
    """Find people in lists of them."""

    def everybody(client: Any) -> Iterator[str]:
        for resource, options in lists:
            for one in getattr(client, resource).list(**options):
                yield from (str(getattr(one, name)) for name in said.split() if getattr(one, name, None))

    return everybody


def _booked(client: Any) -> Iterator[str]:
    """Find whoever has an appointment in the week to come."""
    for days in range(1, 8):
        for calendar in client.calendars.list(CATALOGUE.services[0].id, NOW.date() + timedelta(days=days)):
            for case in client.appointments.list(calendar):
                yield from (case.case_id, case.contact_email, case.contact_phone_number)
                whom = client.customers.get(case.customer.record_id)
                yield from (whom.record_id, whom.display_name, *(one.value for one in whom.fields))


def _toml(catalogue: Catalogue) -> str:
    lines = [f'customer_key = "{catalogue.customer_key}"']
    for table in ("services", "service_types", "field_types"):
        for entry in getattr(catalogue, table):
            said = {name: getattr(entry, name, None) for name in ("id", "name", "slug", "time_zone")}
            lines += [f"[[{table}]]", *(f'{name} = "{value}"' for name, value in said.items() if value)]
    return "\n".join(lines)


_CLINIKOS = ClinikoSettings(api_key=f"{SECRET}-au3", app_name="Riverbend Desk", contact_email="dev@riverbend.example")
_HOST = _CLINIKOS.url
_NEXHEALTHS = NexHealthSettings(api_key=SECRET, subdomain="lakeside", location_id=7)
_CUBUS = CubuSettings(
    tenant_id="f4120000-9931-4a86-9c41-0e5a7f1d2b11",
    client_id="f4120001-9931-4a86-9c41-0e5a7f1d2b11",
    client_secret=SECRET,
    application_id="f4120002-9931-4a86-9c41-0e5a7f1d2b11",
    time_zone="Europe/Paris",
    catalogue=Catalogue(
        services=(CatalogueService(id="f4120003-9931-4a86-9c41-0e5a7f1d2b11", name=CANARY),),
        service_types=(CatalogueServiceType(id="f4120004-9931-4a86-9c41-0e5a7f1d2b11", name=CANARY),),
        field_types=(CatalogueFieldType(id="f4120005-9931-4a86-9c41-0e5a7f1d2b11", name=CANARY, slug=f"{CANARY}-key"),),
        customer_key=CANARY,
    ),
)

LIVES = {
    "cliniko": Live(
        system=CLINIKO,
        settings=_CLINIKOS,
        theirs=("app_name", "contact_email"),
        private=("riverbend", "1402337715590046"),
        path="/user",
        answer={
            "id": "1402337715590046999",
            "name": CANARY,
            "role": CANARY,
            "time_zone_identifier": CANARY,
            "starts_at": CANARY,
            "business_ids": [CANARY, "1402337715590046998"],
            "email": f"{CANARY}@person.example",
            "date_of_birth": "1931-07-04",
            "medicare": 9931,
            "unheard_of": {"deep": [{"deeper": CANARY}, 9931.5]},
            f"{CANARY} Smythe": 1,
            "account": {"subdomain": CANARY, "id": "77"},
            "url": f"https://{CANARY}.au3.cliniko.com/bookings",
            "links": {
                "self": f"{_HOST}/patients/1402337715590046999/{CANARY}",
                "next": f"{_HOST}/patients?q[]=last_name:={CANARY}&q[]={CANARY}&page={CANARY}&x={CANARY}",
                "other": f"{_HOST}{CANARY}/x",
                "host": f"https://api.au3.cliniko.com.{CANARY}/",
                "fragment": f"{_HOST}/user#{CANARY}",
            },
        },
        named=("unheard_of", "deeper", "medicare", "date_of_birth"),
        people=_listed(
            ("patients", {"include_archived": True}), ("practitioners", {}), said="id first_name last_name email"
        ),
        actions=("create", "update", "archive", "unarchive", "archive"),
        asks="account",
    ),
    "nexhealth": Live(
        system=NEXHEALTH,
        settings=_NEXHEALTHS,
        theirs=("subdomain", "location_id"),
        private=("lakeside", "4120", "8101", TOKEN.lower(), TOKEN.lower().rpartition(".")[2]),
        path="/institutions",
        answer={
            "code": True,
            "description": f"Note that following parameters are ignored: {CANARY}.",
            "error": [f"Missing parameter {CANARY}", CANARY],
            "data": [
                {
                    "id": 412009931,
                    "subdomain": "lakeside",
                    "name": f"{CANARY} Smythe",
                    "note": CANARY,
                    "foreign_id": "412009932",
                    "foreign_id_type": f"msg-{CANARY}-DataSource-1",
                    "chart_id": f"{CANARY}-7",
                    "timezone": CANARY,
                    "start_time": CANARY,
                    "token": SECRET,
                    "secret_key": f"{CANARY}-key",
                    "target_url": f"https://{CANARY}.example/hook",
                    "location_ids": [7, 412009933],
                    "latitude": 9931.25,
                    "specialty": {"id": 8101, "name": CANARY},
                    "bio": {
                        "date_of_birth": "1931-07-04",
                        "phone_number": "2129931000",
                        "ssn": "199319931",
                        "weight": 9931,
                        "new_patient": False,
                        f"{CANARY} Smythe": "1",
                        "verified_mobile": "12129931000",
                    },
                    "fee": {"amount": "9931.00", "currency": "USD"},
                }
            ],
            "page_info": {"has_next_page": True, "end_cursor": CANARY},
        },
        named=("bio", "date_of_birth", "verified_mobile", "secret_key", "target_url", "end_cursor"),
        people=_listed(
            ("patients", {}),
            ("providers", {"location_id": None}),
            said="id first_name last_name email phone_number date_of_birth",
        ),
        grant={
            "path": "/authenticates",
            "status": 201,
            "body": {"code": True, "description": "Authenticated", "error": [], "data": {"token": TOKEN}},
        },
        posts=("/authenticates",),
        actions=("create",),
        asks="institutions_read",
    ),
    "cubu": Live(
        system=CUBU,
        settings=_CUBUS,
        theirs=(),
        private=("f412000", "0e5a7f1d2b11", TOKEN.lower(), TOKEN.lower().rpartition(".")[2]),
        path="/customers/query",
        answer={
            "recordId": "f4120006-9931-4a86-9c41-0e5a7f1d2b11",
            "caseId": "F4120007-9931-4A86-9C41-0E5A7F1D2B11",
            "serviceId": _CUBUS.catalogue.services[0].id,
            "tagIds": ["f4120008-9931-4a86-9c41-0e5a7f1d2b11", CANARY],
            "displayName": f"{CANARY} Smythe",
            "status": CANARY,
            "channel": CANARY,
            "language": CANARY,
            "timeZoneId": f"{CANARY} Standard Time",
            "date": CANARY,
            "timeLocal": f"1931-07-04T00:00:00 {CANARY}",
            "rank": 3.99319931e37,
            "contactPhoneNumber": "+12129931000",
            "contactEmail": f"{CANARY}@person.example",
            "ticket": {"prefix": CANARY, "suffix": None, "number": "9931"},
            "ticketUrl": f"{_CUBUS.url.rpartition('/')[0]}/t/{CANARY}/f4120007-9931-4a86-9c41-0e5a7f1d2b11",
            "onlineMeeting": {"provider": CANARY, "hostUrl": f"https://{CANARY}.example/host", "error": CANARY},
            "user": {"userId": "f4120009-9931-4a86-9c41-0e5a7f1d2b11", "initials": CANARY},
            "fields": [
                {
                    "fieldTypeId": _CUBUS.catalogue.field_types[0].id,
                    "slug": f"{CANARY}-key",
                    "fieldName": CANARY,
                    "data": {"displayText": CANARY, "text": "9931"},
                    "value": "199319931",
                    "hash": f"{CANARY}9931",
                }
            ],
            "values": {
                "f412000a-9931-4a86-9c41-0e5a7f1d2b11": f"{CANARY} Smythe",
                "4120000b-9931-4a86-9c41-0e5a7f1d2b11": 9931,
                f"{CANARY} Smythe": 1,
            },
            "access_token": SECRET,
            "client_secret": f"{CANARY}-secret",
            "url": f"{_CUBUS.url}/customers/f4120006-9931-4a86-9c41-0e5a7f1d2b11",
            "token_url": _CUBUS.tokens_url,
            "errors": {f"fields.{_CUBUS.catalogue.field_types[0].id}": [CANARY]},
        },
        named=("displayname", "contactphonenumber", "ticketurl", "fieldtypeid", "access_token", "onlinemeeting"),
        people=_booked,
        grant={
            "path": "*/oauth2/v2.0/token",
            "status": 200,
            "body": {"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": TOKEN},
        },
        posts=("/oauth2/v2.0/token", "/customers/query"),
        files={"CUBU_CATALOGUE": _toml(CATALOGUE)},
        story="appointments_write",
        actions=("create", "create", "cancel", "cancel"),
        read="calendars_read",
        asks="customers_read",
    ),
}
"""By the provider's name."""
