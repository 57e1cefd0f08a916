"""What a newcomer does wrong is refused before anything is sent, in words that say what to do."""

from collections.abc import Callable
from datetime import datetime

import pytest

from apptsdk import Cliniko, ClosedError, ConfigurationError
from apptsdk.sandbox import Sandbox

MISTAKES: dict[str, tuple[Callable[[Cliniko], object], type[Exception], str]] = {
    "naive datetime": (
        lambda cliniko: cliniko.individual_appointments.update("1", starts_at=datetime(2027, 1, 4, 9)),  # noqa: DTZ001
        ValueError,
        r"starts_at is naive.*ZoneInfo",
    ),
    "float id": (lambda cliniko: cliniko.patients.get(1.2e18), TypeError, r"^id must be a str.*float rounds"),
    "nothing for id": (lambda cliniko: cliniko.patients.get(None), TypeError, r"^id must be a str or an int, not None"),
    "text for list": (lambda cliniko: cliniko.patients.list(sort="id"), TypeError, r'sort=\["\.\.\."\]'),
    "text for reason": (
        lambda cliniko: cliniko.individual_appointments.cancel("1", reason="sick"),
        TypeError,
        r"CancellationReason\.SICK",
    ),
    "number for retry": (lambda cliniko: cliniko.with_options(retry=3), TypeError, r"NO_RETRY.*not int"),
    "text for timeout": (
        lambda cliniko: cliniko.with_options(timeout="3"),
        TypeError,
        r"a Timeout, not str",
    ),
    "another library": (
        lambda cliniko: Cliniko(cliniko._settings, engine="requests").user(),
        ConfigurationError,
        r'"httpx" or "httpx2"',
    ),
    "misspelt option": (lambda cliniko: Cliniko(cliniko._settings, timout=3), TypeError, r"no timout=.*timeout"),
    "a key for settings": (lambda _: Cliniko("MS0x-au2"), TypeError, r"ClinikoSettings, not str.*from_env\(\)"),
}


@pytest.mark.parametrize(("mistake", "kind", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_refused_before_anything_is_sent(
    apptsdk_sandbox: Sandbox, mistake: Callable[[Cliniko], object], kind: type[Exception], says: str
) -> None:
    with Cliniko(apptsdk_sandbox.cliniko) as cliniko, pytest.raises(kind, match=says):
        mistake(cliniko)
    assert apptsdk_sandbox.requests == []


@pytest.mark.parametrize("wrong", ["patient", "link"])
def test_an_object_or_link_in_an_ids_place_is_told_about_its_id(apptsdk_sandbox: Sandbox, wrong: str) -> None:
    with Cliniko(apptsdk_sandbox.cliniko) as cliniko:
        given = {
            "patient": cliniko.patients.list().first(),
            "link": cliniko.individual_appointments.list().first().patient,
        }[wrong]
        asked = len(apptsdk_sandbox.requests)
        with pytest.raises((TypeError, ValueError), match=r"Pass (its|the link's) \.id\.$"):
            cliniko.patients.get(given)
        assert len(apptsdk_sandbox.requests) == asked


def test_missing_variables_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "APP_NAME", "CONTACT_EMAIL"):
        monkeypatch.delenv(f"CLINIKO_{name}", raising=False)
    with pytest.raises(ConfigurationError, match="CLINIKO_API_KEY, CLINIKO_APP_NAME, CLINIKO_CONTACT_EMAIL"):
        Cliniko.from_env()


def test_a_closed_client_says_that_it_is_closed(apptsdk_sandbox: Sandbox) -> None:
    with Cliniko(apptsdk_sandbox.cliniko) as cliniko:
        patients = cliniko.patients.list()
    with pytest.raises(ClosedError, match=r"closed.*with"):
        patients.first()
