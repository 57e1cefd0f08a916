"""Recording a real system: what leaves for it, and what of it may stand in a file. A sandbox plays the real system."""

from __future__ import annotations

import gzip
import json
import re
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlencode

import attrs
import pytest
from harness import Watch, World
from hypothesis import example, given, settings
from hypothesis import strategies as st
from inventions import made_up_secret, number_of
from live import CANARY, LIVES, SECRET, TOKEN
from props import NOW, sandbox_of
from record import from_live, main, told_live
from scrub import SCRUBBED, LeakError, Scrubber
from stories import Story, made_up, stories_of
from system_cliniko import CLINIKO
from system_cubu import CUBU
from system_nexhealth import NEXHEALTH
from tape import check_form, opened, record
from vcr.request import Request

from apptsdk.sandbox.cubu import Cubu
from apptsdk.tokens import token_from

SYNC = World("sync")


@pytest.fixture(params=LIVES.values(), ids=LIVES)
def live(request):
    return request.param


@contextmanager
def sandboxed(now=None, provider=None):
    with sandbox_of(provider, rate_limit=None, appointments=60, now=now) as sandbox:
        if now is not None:
            sandbox.clock.freeze()
            sandbox.clock.set(now)
        yield sandbox


@pytest.fixture
def real():
    with sandboxed() as sandbox:
        yield sandbox


@pytest.fixture
def environment(monkeypatch, real, live, tmp_path_factory):
    theirs = live.at(real)
    for name, text in live.files.items():
        path = tmp_path_factory.mktemp("files") / name
        path.write_text(text, "utf-8")
        monkeypatch.setenv(name, str(path))
    for name, value in real.environment().items():
        monkeypatch.setenv(name, value)
    for name in live.theirs:
        monkeypatch.setenv(theirs.variable(name), str(getattr(theirs, name)))


def leaves(value, name=""):
    """Give every text and number in a decoded value, with the member that holds it."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else ((name, one) for one in value)
        for member, one in pairs:
            yield from leaves(one, member)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield name, value


def told(system, cassette):
    """Give what the bodies of a cassette's answers hold."""
    with opened(system, cassette) as tape:
        answers = [answer for answer in tape.cassette.responses if "json" in str(answer["headers"])]
    return {leaf for answer in answers for leaf in leaves(json.loads(answer["body"]["string"]))}


# --- what is told to it ----------------------------------------------------------------------------------------------


def asked_for(live, real):
    """Give the requests beside those that only post to read, or for a token."""
    return [seen for seen in real.requests if not seen.path.endswith(live.posts)]


def test_a_real_system_is_only_read(live, real, environment, tmp_path, capsys):
    assert main(["--live", live.name, "--into", str(tmp_path)]) == 0
    assert {seen.method for seen in asked_for(live, real)} == {"GET"}
    assert list(real.ledger) == []
    wanted = {story.name for story in stories_of(live.name).values() if story.live and not story.writes}
    assert {path.stem for path in (tmp_path / live.name / "live").glob("*.yaml")} == wanted
    assert {line.partition(":")[0] for line in capsys.readouterr().out.splitlines()} == wanted
    assert "too_many" not in wanted


def test_a_real_system_is_changed_when_that_is_asked_for_as_well(live, real, environment, tmp_path):
    assert main(["--live", live.name, "--write", "--only", live.story, "--into", str(tmp_path)]) == 0
    assert [entry.action for entry in real.ledger] == [*live.actions]


def test_what_changes_a_real_system_is_not_told_by_its_name_alone(live, real, environment, tmp_path):
    assert main(["--live", live.name, "--only", live.story, "--into", str(tmp_path)]) == 0
    assert real.requests == []


@pytest.mark.parametrize("line", [["--write"], ["--only", "account"], ["--live", "nobody"], ["--live", "imiassist"]])
def test_a_line_that_makes_no_sense_records_nothing(line, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([*line, "--into", str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_credentials(live, monkeypatch, tmp_path):
    for field in attrs.fields(type(live.settings)):
        monkeypatch.delenv(live.settings.variable(field.name), raising=False)
    with pytest.raises(SystemExit, match=live.settings.variable(live.system.keys[0])):
        main(["--live", live.name, "--into", str(tmp_path)])


def test_a_story_that_fails_is_named_and_leaves_no_file(live, real, environment, tmp_path, capsys):
    real.fault("status", status=500, times=None, path=f"*{live.path}", body=CANARY)
    assert main(["--live", live.name, "--only", live.asks, live.read, "--into", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert f"{live.asks}: ServerError" in printed.out
    assert f"{live.read}: recorded" in printed.out
    assert CANARY not in printed.out + printed.err
    assert {path.stem for path in (tmp_path / live.name / "live").glob("*.yaml")} == {live.read}


# --- what stands in the file -----------------------------------------------------------------------------------------


def people(live, settings):
    """Give what a system says about people."""
    with live.system.clients[0](settings) as client:
        yield from filter(None, live.people(client))


@pytest.mark.parametrize(
    ("live", "story"),
    [
        pytest.param(live, story, id=f"{live.name}-{story.name}")
        for live in LIVES.values()
        for story in told_live(live.system, writes=True)
    ],
)
def test_a_recording_of_a_real_system_tells_of_nobody_and_plays(live, story):
    nameless = attrs.evolve(live.system, naming=())
    with sandboxed(NOW, live.name) as other:
        raw = record(story, Scrubber(nameless, live.at(other)), SYNC, note="", now=NOW, clock=Watch(other))
    with sandboxed(NOW, live.name) as real:
        theirs, address = live.at(real), real.url.rpartition("/")[2]
        everybody = {*people(live, theirs)} - made_up(live.name)
        found = from_live(live.system, story, theirs, now=NOW, clock=Watch(real))
    with opened(live.system, found.cassette) as tape:
        tape.play(story, SYNC, json.loads(found.told))
    written = found.cassette + found.told
    naming = (getattr(theirs, name) for name in live.system.naming)
    for secret in (*(getattr(theirs, name) for name in live.system.keys), address, *naming):
        assert secret not in written
    assert [one for one in everybody if re.search(rf"\b{re.escape(one)}\b", written)] == []
    both = told(live.system, raw) & told(live.system, found.cassette)
    assert [one for one in both if not may_be_kept(live, *one)] == []


def may_be_kept(live, name, value):
    ours = live.system.settings
    twins = {twin for _, _, twin in live.system.twins(ours, ours)}
    if str(value) in twins | {str(getattr(ours, setting)) for setting in live.system.account}:
        return True  # the other practice of the sandbox is that of a replay
    if not isinstance(value, str):
        return name in live.system.numbers or value == 0
    known = value in made_up(live.name) or value.startswith(live.system.roots_of(ours))
    return known or live.harmless.fullmatch(value) is not None


FIELDS = {
    "set-cookie": f"session={CANARY}",
    "x-request-id": CANARY,
    "etag": CANARY,
    "location": f"{{host}}/patients/{CANARY}",
    "server": CANARY,
    "www-authenticate": f'Basic realm="{CANARY}"',
    "retry-after": CANARY,
}


def asked(live, sandbox, **fault):
    """Ask a system that answers with whatever is given, and record it."""
    theirs = live.canary(sandbox)
    sandbox.fault("status", path=f"*{live.path}", **{"status": 200, **fault})

    async def ask(s):
        query = {"q[]": f"last_name:={CANARY}", "name": CANARY, "page": CANARY}
        await s.call("request", "GET", live.path, query=query)

    scrubber = Scrubber(live.system, theirs, people=True)
    return record(Story(ask), scrubber, SYNC, note="", now=NOW, clock=Watch(sandbox))


def test_whatever_it_answers_is_scrubbed(live, real):
    base = live.canary(real).url
    said = json.loads(json.dumps(live.answer).replace(live.host, base))
    fields = {name: value.format(host=base) for name, value in FIELDS.items()}
    written = asked(live, real, headers=fields, body=said).lower()
    for private in (CANARY, SECRET, "9931", "1931", *live.private):
        assert private.lower() not in written
    for named in live.named:
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
        ("application/vnd.Nexhealth+json;version=2", f'{{"code": false, "error": [["{CANARY}"]]}}'),
    ],
)
@pytest.mark.parametrize("status", [403, 404, 422])
def test_an_error_is_scrubbed_whatever_it_is_written_in(live, status, kind, body, real):
    theirs = live.canary(real)
    real.fault("status", path=f"*{live.path}", status=status, headers={"content-type": kind}, body=body)

    async def refused(s):
        await s.refused("request", "GET", live.path)

    found = from_live(live.system, Story(refused), theirs)
    assert CANARY not in found.cassette + found.told
    assert f"code: {status}" in found.cassette


def test_a_packed_answer_is_written_in_plain_text(live, real):
    fields = {"content-type": "application/json", "content-encoding": "gzip"}
    found = asked(live, real, headers=fields, body=gzip.compress(json.dumps({"first_name": CANARY}).encode()))
    assert '"first_name": "first_name 1"' in found
    assert CANARY not in found
    assert "gzip" not in found.lower()


def test_a_secret_in_a_place_that_is_kept_stops_the_recording(live, real):
    with pytest.raises(LeakError) as caught:
        asked(live, real, headers={"content-type": "application/json"}, body={SECRET: 1})
    assert SECRET not in str(caught.value)


def test_who_records_is_not_named(real):
    found = asked(LIVES["cliniko"], real, headers={"content-type": "application/json"}, body={})
    assert f"User-Agent: [{CLINIKO.user_agent}]" in found
    assert f"Authorization: [Basic {SCRUBBED}]" in found


@pytest.mark.parametrize("path", ["patients", "authenticates"])
def test_a_signature_of_another_form_is_not_taken_for_the_demanded_one(live, path):
    scrubber = Scrubber(live.system, live.system.settings)
    for value in (
        f"Bearer {SECRET}",
        f"Bearer {TOKEN}",
        SECRET + "\n",
        f"Basic {SECRET} {SECRET}",
        f"Key {SECRET}",
        "",
    ):
        made = scrubber.request(Request("GET", f"{live.system.settings.url}/{path}", None, {"Authorization": value}))
        assert made.headers["Authorization"] == SCRUBBED


# --- secrets that are given ------------------------------------------------------------------------------------------


def traded(said, scrubber):
    """Give a token by an answer, and then show it in a request."""
    answer = scrubber.answer(answered({"data": {"token": said}}))
    headers = {"Authorization": f"Bearer {said}"}
    request = scrubber.request(Request("GET", f"{NEXHEALTH.settings.url}/patients", None, headers))
    return json.loads(answer["body"]["string"])["data"]["token"], request.headers["Authorization"]


@pytest.mark.parametrize("people", [True, False])
@pytest.mark.parametrize("said", [TOKEN, SECRET])
def test_a_token_is_replaced_where_it_is_given_and_where_it_is_shown(said, people):
    scrubber = Scrubber(NEXHEALTH, NEXHEALTH.settings, people=people)
    token, shown = traded(said, scrubber)
    assert shown == f"Bearer {token}"
    assert number_of("token", token) == 1
    assert not {*said.split(".")} & {*token.split(".")}
    assert said in {*scrubber.secrets()}


def test_a_made_up_token_lives_as_long_as_the_real_one():
    token, _ = traded(TOKEN, Scrubber(NEXHEALTH, NEXHEALTH.settings))
    assert token_from(TOKEN, wall=5.0).lifetime == token_from(token, wall=5.0).lifetime == 7200.0


def test_two_tokens_are_told_apart():
    scrubber = Scrubber(NEXHEALTH, NEXHEALTH.settings)
    first, second, again = (traded(said, scrubber)[0] for said in (TOKEN, SECRET, TOKEN))
    assert first == again != second


def test_a_token_that_no_answer_gave_is_not_taken_for_one():
    scrubber = Scrubber(NEXHEALTH, NEXHEALTH.settings)
    token, _ = traded(TOKEN, scrubber)
    for other in (token + "x", f"{token} {token}", SECRET):
        request = Request("GET", NEXHEALTH.settings.url, None, {"Authorization": f"Bearer {other}"})
        assert scrubber.request(request).headers["Authorization"] != f"Bearer {token}"


@pytest.mark.parametrize(
    "text", ["made-up-token-", "made-up-token-1.", "made-up-token-1.eyJpYXQiOjF9.x", "made-up-token-٣"]
)
def test_only_a_made_up_secret_is_taken_for_one(text):
    assert number_of("token", text) is None
    assert number_of("token", made_up_secret("token", text, 3)) == 3


def test_the_key_of_a_webhook_is_replaced_even_where_nobody_is_named():
    written = Scrubber(NEXHEALTH, NEXHEALTH.settings).answer(answered({"secret_key": CANARY, "name": "Riverbend"}))
    assert json.loads(written["body"]["string"]) == {"secret_key": "made-up-secret_key-1", "name": "Riverbend"}


# --- what is made up -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("live", "query", "wanted"),
    [
        (LIVES["cliniko"], "patients?q%5B%5D=last_name%3A%3DOsei", "patients?q[]=last_name:=last_name+2"),
        (LIVES["nexhealth"], "patients?last_name=Osei", "patients?last_name=last_name+2"),
        (LIVES["cubu"], "customers?last_name=Osei", "customers?last_name=last_name+2"),
    ],
    ids=LIVES,
)
def test_the_same_person_is_the_same_made_up_person(live, query, wanted):
    scrubber = Scrubber(live.system, live.settings, people=True)
    said = scrubber.answer(answered([{"last_name": "Park"}, {"last_name": "Osei"}, {"last_name": "Park"}]))
    names = [one["last_name"] for one in json.loads(said["body"]["string"])]
    assert names == ["last_name 1", "last_name 2", "last_name 1"]
    later = scrubber.request(Request("GET", f"{live.host}/{query}", None, {}))
    assert later.uri == f"{live.system.settings.url}/{wanted}"


def test_the_practice_and_its_office_become_those_of_a_replay():
    scrubber = Scrubber(NEXHEALTH, LIVES["nexhealth"].settings, people=True)
    said = scrubber.answer(answered([{"subdomain": "lakeside", "lid": 7, "id": 8}, {"subdomain": "other", "id": "7"}]))
    assert json.loads(said["body"]["string"]) == [
        {"subdomain": "riverbend-dental", "lid": 41, "id": 10**18 + 1},
        {"subdomain": "subdomain-1", "id": "41"},
    ]
    uri = "https://nexhealth.info/locations/7?subdomain=lakeside&location_id=7&lids%5B%5D=8"
    asked = scrubber.request(Request("GET", uri, None, {}))
    assert asked.uri == (
        f"https://nexhealth.info/locations/41?subdomain=riverbend-dental&location_id=41&lids[]={10**18 + 1}"
    )


def test_what_is_made_up_is_of_the_kind_that_the_client_takes():
    scrubber = Scrubber(NEXHEALTH, LIVES["nexhealth"].settings, people=True)
    bio = {"phone_number": "2129931000", "date_of_birth": "1931-07-04", "cell_phone_number": ""}
    said = json.loads(scrubber.answer(answered({"bio": bio, "email": f"{CANARY}@x.example"}))["body"]["string"])
    assert said == {
        "bio": {"phone_number": "2025550001", "date_of_birth": "1970-01-02", "cell_phone_number": ""},
        "email": "person1@example.com",
    }


def token_request(**fields):
    given = {"grant_type": "client_credentials", "client_id": "", "client_secret": "", "scope": "", **fields}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return Request("POST", LIVES["cubu"].settings.tokens_url, urlencode(given), kind)


def form_of(request):
    return dict(parse_qsl(request.body.decode()))


@pytest.mark.parametrize("people", [True, False])
def test_whoever_asks_for_a_token_is_not_named(people):
    theirs, ours = LIVES["cubu"].settings, CUBU.settings
    scope = f"{theirs.client_id}/.default"
    asked = token_request(client_id=theirs.client_id, client_secret=SECRET, scope=scope)
    made = Scrubber(CUBU, theirs, people=people).request(asked)
    assert form_of(made) == {
        "grant_type": "client_credentials",
        "client_id": ours.client_id,
        "client_secret": "(client_secret)",
        "scope": f"{ours.client_id}/.default",
    }
    assert made.uri == f"https://login.microsoftonline.com/{ours.tenant_id}/oauth2/v2.0/token"
    assert Scrubber(CUBU, ours).request(made).body == made.body


@pytest.mark.parametrize("people", [True, False])
@pytest.mark.parametrize("name", ["client_id", "client_secret", "scope"])
def test_whoever_else_asks_for_a_token_is_told_apart(name, people):
    theirs = LIVES["cubu"].settings
    own = {"client_id": theirs.client_id, "client_secret": SECRET, "scope": f"{theirs.client_id}/.default"}
    scrubber = Scrubber(CUBU, theirs, people=people)
    right, wrong = (form_of(scrubber.request(token_request(**{**own, **other}))) for other in ({}, {name: "other"}))
    assert {one for one in right if right[one] != wrong[one]} == {name}
    assert "other" not in wrong["client_secret"]


def test_the_token_endpoint_and_the_api_are_told_apart_by_their_paths_on_one_host(real):
    theirs, ours = real.cubu, CUBU.settings
    assert theirs.url.split("/")[2] == theirs.tokens_url.split("/")[2]
    scrubber = Scrubber(CUBU, theirs)
    for theirs_is, ours_is in ((theirs.url, ours.url), (theirs.tokens_url, ours.tokens_url)):
        assert scrubber.request(Request("GET", theirs_is, None, {})).uri == ours_is
    swapped = theirs.tokens_url.replace(theirs.tenant_id, theirs.application_id)
    assert scrubber.request(Request("GET", swapped, None, {})).uri == f"{ours.url}/oauth2/v2.0/token"


def test_guids_become_others_wherever_they_stand_and_the_same_ones_stay_the_same():
    theirs = LIVES["cubu"]
    customer, service = "AB12CD34-9931-4a86-9c41-0e5a7f1d2b11", theirs.settings.catalogue.services[0].id
    scrubber = Scrubber(CUBU, theirs.settings, people=True)
    said = scrubber.answer(answered({"recordId": customer, "values": {customer.lower(): customer}}))
    made = "00000000-0000-4000-8000-000000000001"
    assert json.loads(said["body"]["string"]) == {"recordId": made, "values": {made: made}}
    uri = f"{theirs.host}/calendars/{service}/2026-03-02/0/appointments?customerRecordId={customer}"
    assert scrubber.request(Request("GET", uri, None, {})).uri == (
        f"{CUBU.settings.url}/calendars/{CUBU.settings.catalogue.services[0].id}/2026-03-02/0/appointments"
        f"?customerRecordId={made}"
    )


def test_a_key_is_the_same_made_up_one_where_it_is_read_and_where_it_is_asked_for():
    theirs = LIVES["cubu"].settings
    scrubber = Scrubber(CUBU, theirs, people=True)
    field = {"slug": theirs.catalogue.key_field.slug, "data": {"text": CANARY, "displayText": CANARY}, "value": CANARY}
    said = json.loads(scrubber.answer(answered(field))["body"]["string"])
    body = json.dumps({"queryType": "KeyField", "fieldSlug": field["slug"], "fieldValue": CANARY})
    asked = Request("POST", f"{theirs.url}/customers/query", body, {"Content-Type": "application/json"})
    assert json.loads(scrubber.request(asked).body) == {
        "queryType": "KeyField",
        "fieldSlug": "customer-national-id",
        "fieldValue": "value 1",
    }
    assert said == {
        "slug": "customer-national-id",
        "data": {"text": "value 1", "displayText": "value 1"},
        "value": "value 1",
    }


def test_a_member_whose_name_is_private_names_nothing():
    written = Scrubber(NEXHEALTH, NEXHEALTH.settings, people=True).answer(answered({f"{CANARY} Smythe": CANARY}))
    assert json.loads(written["body"]["string"]) == {"member 1": "value 1"}


def test_a_system_that_works_otherwise_is_played_as_it_works():
    story = stories_of("cubu")["appointments_write"]
    path = "/{applicationId}/cases/{caseId}/actions/cancel"
    with sandboxed(NOW) as real:
        real.emulator(Cubu).cancel_forms = {"case_action"}
        guessed = {"cancel_method": "POST", "cancel_path": path, "customer_record_key": "both"}
        theirs = attrs.evolve(LIVES["cubu"].at(real), **guessed)
        found = from_live(CUBU, story, theirs, now=NOW, clock=Watch(real))
    check_form(CUBU, found.cassette)
    with opened(CUBU, found.cassette) as tape:
        assert tape.guessed == guessed
        methods = [request.method for request in tape.cassette.requests if request.path.endswith("/actions/cancel")]
        assert methods == ["POST", "POST"]
        tape.play(story, SYNC, json.loads(found.told))


def answered(said):
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": {"content-type": ["application/json"]},
        "body": {"string": json.dumps(said).encode()},
    }


# --- any text anywhere -----------------------------------------------------------------------------------------------

SYSTEMS = (CLINIKO, NEXHEALTH, CUBU)
KEPT = frozenset().union(*((one.words | one.numbers | one.ids | one.moments | one.secrets) for one in SYSTEMS))
MEMBERS = st.sampled_from([*sorted(KEPT), "id", "patient_id", "ids", "made_at", "notes", "phone", "self"])
NAMES = MEMBERS | st.just("")
NUMBERS = st.integers(min_value=1000) | st.floats(min_value=1000, allow_nan=False)
PARAMETERS = st.sampled_from(sorted({name for one in SYSTEMS for name in one.parameters}))
HOSTS = st.sampled_from([live.host for live in LIVES.values()])
CANARIES = st.builds(
    "{}{}".format,
    st.sampled_from(["", "2026-01-01T00:00:00Z", "12", "made-up-token-1.", "Missing parameter "]),
    st.sampled_from([CANARY, CANARY.lower()]),
) | st.builds(
    "{}{}".format, HOSTS, st.sampled_from([f"/{CANARY}", f"/patients/{CANARY}?q={CANARY}#{CANARY}", f"@{CANARY}/"])
)
VALUES = st.recursive(
    CANARIES | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
BOTH = pytest.mark.parametrize("live", LIVES.values(), ids=LIVES)


@BOTH
@settings(max_examples=100, deadline=None)
@example(said={"self": f"https://api.au3.cliniko.com:{CANARY}/v1"})
@given(said=VALUES)
def test_no_text_of_a_real_system_is_kept_wherever_it_stands(live, said):
    written = Scrubber(live.system, live.settings, people=True).answer(answered(said))["body"]["string"]
    assert CANARY.lower() not in written.lower()


@BOTH
@settings(max_examples=100, deadline=None)
@given(said=st.dictionaries(MEMBERS, NUMBERS, max_size=5))
def test_no_number_of_a_real_system_is_kept_unless_it_says_nothing(live, said):
    answer = Scrubber(live.system, live.settings, people=True).answer(answered(said))
    written = json.loads(answer["body"]["string"])
    assert written.keys() == said.keys()
    for name, value in written.items():
        assert value != said[name] or name in live.system.numbers


@BOTH
@settings(max_examples=100, deadline=None)
@given(pairs=st.lists(st.tuples(NAMES | PARAMETERS, CANARIES | st.just(f"last_name:~{CANARY}"))))
def test_no_text_of_a_query_is_kept(live, pairs):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    made = Scrubber(live.system, live.settings, people=True).request(
        Request("GET", f"{live.host}/patients?{query}", None, {})
    )
    assert CANARY.lower() not in made.uri.lower()


@BOTH
@settings(max_examples=50, deadline=None)
@given(said=VALUES)
def test_what_is_scrubbed_stays_as_it_is_when_it_is_played(live, said):
    written = Scrubber(live.system, live.settings, people=True).answer(answered(said))
    again = {**written, "body": {"string": written["body"]["string"].encode()}}
    assert Scrubber(live.system, live.system.settings).answer(again) == written
