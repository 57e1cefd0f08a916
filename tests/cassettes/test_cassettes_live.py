"""Recording a real system: what leaves for it, and what of it may stand in a file. A sandbox plays the real system."""

from __future__ import annotations

import gzip
import json
import re

import attrs
import pytest
from harness import WORLDS, World
from hypothesis import example, given, settings
from hypothesis import strategies as st
from props import NOW
from record import from_live, main, told_live
from scrub import SCRUBBED, LeakError, Scrubber
from stories import Story, made_up, stories_of
from systems import CLINIKO
from tape import opened, record
from vcr.request import Request

from apptsdk import Cliniko, ClinikoSettings
from apptsdk.sandbox import Sandbox

CANARY = "Zebulonia"
SECRET = "MS0xLWNhbmFyeS1zZWNyZXQtOTkzMQ"
LIVE = ClinikoSettings(api_key=f"{SECRET}-au3", app_name="Riverbend Desk", contact_email="dev@riverbend.example")
HOST = LIVE.url


@pytest.fixture
def real():
    with Sandbox(rate_limit=None) as sandbox:
        yield sandbox


@pytest.fixture
def theirs(real):
    """The settings of somebody who records."""
    return attrs.evolve(real.cliniko, app_name=LIVE.app_name, contact_email=LIVE.contact_email)


@pytest.fixture
def environment(monkeypatch, real):
    for name, value in real.environment().items():
        monkeypatch.setenv(name, value)


def leaves(value):
    """Give every text in a decoded value."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


def texts(cassette):
    """Give the texts in the bodies of a cassette's answers."""
    with opened(CLINIKO, cassette) as tape:
        answers = [answer for answer in tape.cassette.responses if "json" in str(answer["headers"])]
    return {text for answer in answers for text in leaves(json.loads(answer["body"]["string"]))}


# --- what is told to it ----------------------------------------------------------------------------------------------


def test_a_real_system_is_only_read(real, environment, tmp_path, capsys):
    assert main(["--live", "cliniko", "--into", str(tmp_path)]) == 0
    assert {seen.method for seen in real.requests} == {"GET"}
    assert list(real.ledger) == []
    wanted = {story.name for story in stories_of("cliniko").values() if story.live and not story.writes}
    assert {path.stem for path in (tmp_path / "cliniko" / "live").glob("*.yaml")} == wanted
    assert {line.partition(":")[0] for line in capsys.readouterr().out.splitlines()} == wanted
    assert "too_many" not in wanted


def test_a_real_system_is_changed_when_that_is_asked_for_as_well(real, environment, tmp_path):
    assert main(["--live", "cliniko", "--write", "--only", "patients_write", "--into", str(tmp_path)]) == 0
    assert [entry.action for entry in real.ledger] == ["create", "update", "archive", "unarchive", "archive"]


def test_what_changes_a_real_system_is_not_told_by_its_name_alone(real, environment, tmp_path):
    assert main(["--live", "cliniko", "--only", "patients_write", "--into", str(tmp_path)]) == 0
    assert real.requests == []


@pytest.mark.parametrize("line", [["--write"], ["--only", "account"], ["--live", "nobody"]])
def test_a_line_that_makes_no_sense_records_nothing(line, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([*line, "--into", str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_credentials(monkeypatch, tmp_path):
    for name in ("API_KEY", "APP_NAME", "CONTACT_EMAIL", "BASE_URL"):
        monkeypatch.delenv(f"CLINIKO_{name}", raising=False)
    with pytest.raises(SystemExit, match="CLINIKO_API_KEY"):
        main(["--live", "cliniko", "--into", str(tmp_path)])


def test_a_story_that_fails_is_named_and_leaves_no_file(real, environment, tmp_path, capsys):
    real.fault("status", status=500, times=None, path="/user", body=CANARY)
    assert main(["--live", "cliniko", "--only", "account", "patients_read", "--into", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "account: ServerError" in printed.out
    assert "patients_read: recorded" in printed.out
    assert CANARY not in printed.out + printed.err
    assert {path.stem for path in (tmp_path / "cliniko" / "live").glob("*.yaml")} == {"patients_read"}


# --- what stands in the file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", told_live(CLINIKO, writes=True), ids=lambda story: story.name)
def test_a_recording_of_a_real_system_tells_of_nobody_and_plays(story, real, theirs):
    with Cliniko(theirs) as cliniko:
        people = [*cliniko.patients.list(include_archived=True), *cliniko.practitioners.list(), cliniko.user()]
    with Sandbox(rate_limit=None) as other:
        settings = attrs.evolve(theirs, base_url=other.cliniko.base_url)
        raw = record(story, Scrubber(CLINIKO, settings), World("sync"), note="", now=NOW)
    found = from_live(CLINIKO, story, theirs)
    with opened(CLINIKO, found.cassette) as tape:
        for world in WORLDS:
            tape.play(story, World(world), json.loads(found.told))
    written, ours = found.cassette + found.told, made_up("cliniko")
    for secret in (theirs.api_key, theirs.app_name, theirs.contact_email, real.url.rpartition("/")[2]):
        assert secret not in written
    for one in people:
        assert one.id not in written
        for name in {one.first_name, one.last_name} - ours:
            assert not re.search(rf"\b{re.escape(name)}\b", written)
    kept = {text for text in texts(raw) & texts(found.cassette) if not text.startswith(CLINIKO.settings.url)}
    assert {text for text in kept if not HARMLESS.fullmatch(text)} <= ours


HARMLESS = re.compile(rf"{CLINIKO.vocabulary.pattern}||[0-9]{{2}}:[0-9]{{2}}|[0-9-]{{10}}T[0-9:]{{8}}Z")


ANSWER = {
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
        "self": f"{HOST}/patients/1402337715590046999/{CANARY}",
        "next": f"{HOST}/patients?q[]=last_name:={CANARY}&q[]={CANARY}&page={CANARY}&x={CANARY}",
        "other": f"{HOST}{CANARY}/x",
        "host": f"https://api.au3.cliniko.com.{CANARY}/",
        "fragment": f"{HOST}/user#{CANARY}",
    },
}
FIELDS = {
    "set-cookie": f"session={CANARY}",
    "x-request-id": CANARY,
    "etag": CANARY,
    "location": f"{HOST}/patients/{CANARY}",
    "server": CANARY,
    "www-authenticate": f'Basic realm="{CANARY}"',
    "retry-after": CANARY,
}


async def ask(s):
    await s.call("request", "GET", "/user", query={"q[]": f"last_name:={CANARY}", "name": CANARY})


def asked(sandbox, **fault):
    """Ask a system that answers with whatever is given, and record it."""
    sandbox.fault("status", **{"status": 200, **fault})
    settings = attrs.evolve(LIVE, base_url=sandbox.cliniko.base_url)
    return record(Story(ask), Scrubber(CLINIKO, settings, people=True), World("sync"), note="", now=NOW)


def test_whatever_it_answers_is_scrubbed(real):
    root = real.cliniko.base_url.removesuffix("/v1")
    fields, said = (json.loads(json.dumps(one).replace(HOST, root + "/v1")) for one in (FIELDS, ANSWER))
    written = asked(real, headers=fields, body=said).lower()
    for private in (CANARY, "9931", "1931", "1402337715590046", "riverbend", SECRET):
        assert private.lower() not in written
    for named in ("unheard_of", "deeper", "medicare", "date_of_birth"):
        assert named in written


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", f"<title>{CANARY}</title>"),
        ("text/plain", CANARY),
        ("application/json", CANARY),
        ("application/json", f'"{CANARY}"'),
        ("application/json", f'["{CANARY}"]'),
        ("application/json; charset=utf-8", f'{{"message": "{CANARY}", "errors": {{"email": "{CANARY}"}}}}'),
    ],
)
@pytest.mark.parametrize("status", [401, 404, 422])
def test_an_error_is_scrubbed_whatever_it_is_written_in(status, kind, body, real):
    real.fault("status", status=status, headers={"content-type": kind}, body=body)

    async def refused(s):
        await s.refused("request", "GET", "/user")

    found = from_live(CLINIKO, Story(refused), attrs.evolve(LIVE, base_url=real.cliniko.base_url))
    assert CANARY not in found.cassette + found.told
    assert f"code: {status}" in found.cassette


def test_a_packed_answer_is_written_in_plain_text(real):
    said = {"role": "practitioner", "first_name": CANARY}
    fields = {"content-type": "application/json", "content-encoding": "gzip"}
    found = asked(real, headers=fields, body=gzip.compress(json.dumps(said).encode()))
    assert '"role": "practitioner"' in found
    assert '"first_name": "first_name 1"' in found
    assert CANARY not in found
    assert "gzip" not in found.lower()


def test_a_secret_in_a_place_that_is_kept_stops_the_recording(real):
    with pytest.raises(LeakError) as caught:
        asked(real, headers={"content-type": "application/json"}, body={SECRET: 1})
    assert SECRET not in str(caught.value)


def test_who_records_is_not_named(real):
    found = asked(real, headers={"content-type": "application/json"}, body={})
    assert f"User-Agent: [{CLINIKO.user_agent}]" in found
    assert f"Authorization: [Basic {SCRUBBED}]" in found


def test_a_signature_of_another_form_is_not_taken_for_the_demanded_one():
    scrubber = Scrubber(CLINIKO, CLINIKO.settings)
    for value in (f"Bearer {SECRET}", SECRET, f"Basic {SECRET} {SECRET}", ""):
        made = scrubber.request(Request("GET", CLINIKO.settings.url, None, {"Authorization": value}))
        assert made.headers["Authorization"] == SCRUBBED


def test_the_same_person_is_the_same_made_up_person():
    scrubber = Scrubber(CLINIKO, LIVE, people=True)
    said = scrubber.answer(answered([{"last_name": "Park"}, {"last_name": "Osei"}, {"last_name": "Park"}]))
    names = [one["last_name"] for one in json.loads(said["body"]["string"])]
    assert names == ["last_name 1", "last_name 2", "last_name 1"]
    later = scrubber.request(Request("GET", f"{HOST}/patients?q%5B%5D=last_name%3A%3DOsei", None, {}))
    assert later.uri == "https://api.au1.cliniko.com/v1/patients?q[]=last_name:=last_name+2"


def answered(said):
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": {"content-type": ["application/json"]},
        "body": {"string": json.dumps(said).encode()},
    }


# --- any text anywhere -----------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    [*sorted(CLINIKO.words | CLINIKO.numbers), "id", "patient_id", "ids", "made_at", "notes", "", "self"]
)
PARAMETERS = st.sampled_from(sorted(CLINIKO.parameters))
CANARIES = st.sampled_from(
    [
        CANARY,
        CANARY.lower(),
        f"{HOST}/{CANARY}",
        f"{HOST}/patients/{CANARY}?q={CANARY}#{CANARY}",
        f"{HOST}@{CANARY}/",
        f"2026-01-01T00:00:00Z{CANARY}",
        f"12{CANARY}",
    ]
)
VALUES = st.recursive(
    CANARIES | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@example({"self": f"https://api.au3.cliniko.com:{CANARY}/v1"})
@given(VALUES)
def test_no_text_of_a_real_system_is_kept_wherever_it_stands(said):
    written = Scrubber(CLINIKO, LIVE, people=True).answer(answered(said))["body"]["string"]
    assert CANARY.lower() not in written.lower()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES | PARAMETERS, CANARIES | st.just(f"last_name:~{CANARY}"))))
def test_no_text_of_a_query_is_kept(pairs):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    made = Scrubber(CLINIKO, LIVE, people=True).request(Request("GET", f"{HOST}/patients?{query}", None, {}))
    assert CANARY.lower() not in made.uri.lower()
