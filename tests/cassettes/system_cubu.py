"""Cubu as a system of cassettes: two hosts, one for tokens, and ids that its own catalogue names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inventions import MADE_UP
from system import System, any_of, known, words
from tzlocal.windows_tz import win_tz

from apptsdk import AsyncCubu, Cubu, CubuSettings
from apptsdk.providers.cubu import (
    Catalogue,
    CatalogueFieldType,
    CatalogueService,
    CatalogueServiceType,
    CatalogueTag,
    Channel,
    models,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVICE, _TYPE = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a1", "a4f01c22-77d0-4c3c-9d53-2f0b8e61a90"
_FIELD, _TAG = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e33", "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e"
_PLACES = frozenset(str(number) for number in range(100))
_SAID = frozenset(
    {
        "Bearer",
        "KeyField",
        "RecordId",
        "Text",
        "client_credentials",
        "invalid_client",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)
_TABLES = ("services", "service_types", "field_types", "tags")

CATALOGUE = Catalogue(
    services=(
        CatalogueService(id=f"{_SERVICE}0", name="Front desk", time_zone="Asia/Jerusalem"),
        CatalogueService(id=f"{_SERVICE}1", name="Passport office", time_zone="America/New_York"),
        CatalogueService(id=f"{_SERVICE}2", name="Island line", time_zone="Australia/Lord_Howe"),
        CatalogueService(id=f"{_SERVICE}3", name="Night line", time_zone="Europe/London"),
    ),
    service_types=(
        CatalogueServiceType(id=f"{_TYPE}1", name="Passport renewal", channels=(Channel.FACE_TO_FACE, Channel.VIDEO)),
        CatalogueServiceType(id=f"{_TYPE}2", name="General question", channels=(*Channel,)),
        CatalogueServiceType(id=f"{_TYPE}3", name="Advice call", channels=(Channel.PHONE, Channel.VIDEO)),
    ),
    field_types=(
        CatalogueFieldType(id=f"{_FIELD}00", name="First name", slug="customer-first-name"),
        CatalogueFieldType(id=f"{_FIELD}01", name="Last name", slug="customer-last-name"),
        CatalogueFieldType(id=f"{_FIELD}02", name="National id", slug="customer-national-id"),
        CatalogueFieldType(id=f"{_FIELD}03", name="Email", slug="customer-email"),
        CatalogueFieldType(id=f"{_FIELD}04", name="Phone", slug="customer-phone"),
        CatalogueFieldType(id=f"{_FIELD}10", name="Reason of the visit", slug="visit-reason"),
    ),
    tags=(CatalogueTag(id=f"{_TAG}6f", name="VIP"),),
    customer_key="National id",
)
"""What the sandbox has, so that a replay knows it by the same ids."""


def _beside(said: Any) -> dict[str, Any]:
    """Find what is beside a token."""
    if not isinstance(said, dict) or "access_token" not in said:
        return {}
    return {"beside": {name: value for name, value in said.items() if name != "access_token"}}


def _further(settings: CubuSettings) -> tuple[str, ...]:
    """Give the token endpoint, and the host, below which there are links to tickets."""
    return settings.tokens_url, settings.url.removesuffix(f"/{settings.application_id}")


def _twins(theirs: CubuSettings, ours: CubuSettings) -> Iterator[tuple[str, str, str]]:
    """Let the entries of two catalogues stand for each other, in their order."""
    yield "scope", _scope(theirs), _scope(ours)
    one, other = theirs.catalogue or Catalogue(), ours.catalogue or Catalogue()
    for table in _TABLES:
        for entry, twin in zip(getattr(one, table), getattr(other, table), strict=False):
            yield "id", entry.id, twin.id
    if one.key_field is not None and other.key_field is not None:
        yield "slug", str(one.key_field.slug), str(other.key_field.slug)


def _scope(settings: CubuSettings) -> str:
    return settings.scope or f"{settings.client_id}/.default"


CUBU = System(
    name="cubu",
    title="Cubu",
    clients=(Cubu, AsyncCubu),
    settings=CubuSettings(
        tenant_id="7e000000-0000-4000-8000-000000000001",
        client_id="c1000000-0000-4000-8000-000000000002",
        client_secret="replay-no-secret",
        application_id="a9000000-0000-4000-8000-000000000003",
        time_zone="Asia/Jerusalem",
        catalogue=CATALOGUE,
    ),
    # The very token that was answered.
    signed={
        "authorization": {
            rf"Bearer ({MADE_UP}-access_token-[0-9]+(?:\.[0-9A-Za-z._-]+)?)": r"Bearer \1",
        }
    },
    request_headers=words("accept authorization content-type"),
    answer_headers=words("content-type retry-after www-authenticate"),
    words=words(
        "channel dataType entryMode error grant_type language locale provider queryType status timeZoneId token_type"
    ),
    vocabulary=any_of("[a-z]{2}-[A-Z]{2}", texts=known(models) | {*win_tz} | _SAID),
    segments=words(
        "actions agents appointments calendars cancel cases customers oauth2 query services t token v2.0 vacancies"
    )
    | _PLACES
    | {""},
    numbers=words(
        "appointmentCount bookingRate capacityMinutes compBookingRate compMinutesBooked cuIndex duration end errorCode "
        "expires_in ext_expires_in minutesBooked noShowProbability number position slots start startTime"
    ),
    parameters={},
    item=r"\[0\]\.",
    beside=_beside,
    moments=words(
        "calendarTimestamp caseTimestamp date dateClosed dateCreated dateOpened dateUpdated queueTimestamp "
        "referenceDate reservationExpiryDate statusDate timeLocal timeUtc"
    ),
    secrets=words("access_token client_secret"),
    naming=("tenant_id", "client_id", "application_id"),
    keys=("client_secret",),
    reached_by=("tenant_id", "client_id", "client_secret", "application_id", "base_url", "token_url"),
    account={"client_id": "client_id"},
    further=_further,
    twins=_twins,
    guesses=("cancel_method", "cancel_path", "check_bookings", "customer_path", "customer_record_key", "phone_format"),
    alike={"displayText": "value", "fieldSlug": "slug", "fieldValue": "value", "text": "value"},
    found_out=("checked", "differences", "recovered", "slots", "starts_at"),
)
