"""IMIassist's cassettes: who asks stands in headers in one shape, and in bodies in the other, some of them in texts."""

from __future__ import annotations

import json

import attrs
import pytest
from harness import World
from hypothesis import given, settings
from hypothesis import strategies as st
from scrub import SCRUBBED, Scrubber
from shelf import CASSETTES
from stories import stories_of
from stories_imiassist import FLOW
from system_imiassist import IMIASSIST
from tape import opened
from vcr.request import Request

from apptsdk.providers.imiassist import IMIassistSettings

SYNC = World("sync")
CANARY, SECRET = "Zebulonia", "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdef9931fedcba987654"
THEIRS = IMIassistSettings(
    subdomain="lakeside",
    api_key="4f6a0f1e-9931-4a86-9c41-0e5a7f1d2b11",
    token=SECRET,
    user_email="robot@lakeside.example",
    user_password=f"{CANARY}-9931",
)
MADE_UP = {
    "signed_in": [
        '"email": "(user_email)"',
        '"password": "(user_password)"',
        "[Bearer made-up-access-1.",
        "[(api_key)]",
    ],
    "token_renewed": [
        "[Token (token)]",
        "[Token made-up-token-1]",
        '"access": "made-up-access-1.',
        '"api_key": "(api_key)"',
        '"token": "made-up-token-1"',
    ],
    "flow_token_renewed": [
        '"ACCESS": "made-up-access-1.',
        '"KEY": "(api_key)"',
        '"Secret": "made-up-token-1"',
        '"company": "northside"',
        '"companyDomain": "eclinic.org.uk"',
        '"key": "(api_key)"',
        '"mailbox": "(user_email)"',
        '"passphrase": "(user_password)"',
        '"passport": "made-up-access-1.',
        '"secret": "(token)"',
        '"secret": "made-up-token-1"',
    ],
}


def other(text):
    """Give another one of the same kind."""
    if "-1" in text:
        return text.replace("-1", "-7")
    return text.replace(")", "_x)") if ")" in text else text.replace("northside", "southside").replace(".uk", ".us")


@pytest.mark.parametrize(("story", "text"), [(story, text) for story, texts in MADE_UP.items() for text in texts])
def test_whoever_else_asks_is_noticed_and_so_is_another_token_than_the_answered_one(story, text):
    cassette = CASSETTES[f"imiassist/{story}"]
    assert text in cassette.text
    assert other(text) != text
    with (
        opened(cassette.system, cassette.text.replace(text, other(text), 1)) as tape,
        pytest.raises(AssertionError, match="no recorded interaction matches it"),
    ):
        tape.play(cassette.story, SYNC, cassette.told)


def test_most_stories_are_told_in_both_shapes():
    stories = stories_of("imiassist")
    flow = {name for name, story in stories.items() if story.given.keys() >= {"endpoints", "field_names"}}
    assert flow == {name for name in stories if name.startswith("flow_")}
    assert len({name.removeprefix("flow_") for name in flow} & stories.keys()) >= 10
    for name in stories:
        text = CASSETTES[f"imiassist/{name}"].text
        where = FLOW["api_prefix"] if name in flow - {"flow_refused_path"} else stories[name].given.get("api_prefix")
        uris = {line.strip() for line in text.splitlines() if line.strip().startswith("uri: ")}
        below = f"uri: https://northside.eclinic.org.uk{where or '/api/v1'}"
        assert [uri for uri in uris if not uri.startswith(below)] == []


def test_no_story_is_told_with_a_reference_that_the_client_makes_up():
    made_up = [name for name, one in CASSETTES.items() if name.startswith("imiassist/") and "apptsdk-" in one.text]
    assert made_up == []


@pytest.mark.parametrize("story", [name for name in stories_of("imiassist") if name.startswith("flow_")])
def test_the_flow_is_shown_no_credentials_in_headers(story):
    text = CASSETTES[f"imiassist/{story}"].text
    assert "Authorization:" not in text
    assert "X-Api-Key:" not in text


def answered(said):
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": {"content-type": ["application/json"]},
        "body": {"string": json.dumps(said).encode()},
    }


def scrubbed(said, **options):
    return json.loads(Scrubber(IMIASSIST, THEIRS, **options).answer(answered(said))["body"]["string"])


PERSON = {"givenName": CANARY, "video_url": f"https://x.example/{CANARY}", "id": 9931}


@pytest.mark.parametrize("name", ["Participants", "Response_Body"])
def test_a_secret_in_a_text_of_json_is_replaced(name):
    said = scrubbed({name: json.dumps({"api_key": THEIRS.api_key, "token": SECRET[::-1], "more": [CANARY]})})
    assert said == {name: '{"api_key":"(api_key)","token":"made-up-token-1","more":["Zebulonia"]}'}
    assert scrubbed(said) == said


@pytest.mark.parametrize("text", [json.dumps([PERSON]), f"{{{CANARY}", CANARY, json.dumps(CANARY)])
def test_of_people_in_a_text_nothing_is_kept(text):
    written = json.dumps(scrubbed({"Participants": text}, people=True))
    assert CANARY not in written
    assert "9931" not in written


@settings(max_examples=20, deadline=None)
@given(st.recursive(st.just(CANARY) | st.integers(), lambda one: st.lists(one) | st.dictionaries(st.text("ab"), one)))
def test_what_is_scrubbed_in_a_text_stays_as_it_is(said):
    once = scrubbed({"Response_Body": json.dumps(said)}, people=True)
    assert CANARY not in json.dumps(once)
    assert scrubbed(once) == once


def sent(settings_, **headers):
    request = Request("POST", f"{settings_.url}/appointments", None, headers)
    return Scrubber(IMIASSIST, settings_).request(request).headers


@pytest.mark.parametrize("theirs", [THEIRS, IMIASSIST.settings], ids=["theirs", "a replay's"])
def test_the_key_and_the_token_are_replaced_and_no_others_are_taken_for_them(theirs):
    given = sent(theirs, **{"X-Api-Key": theirs.api_key, "Authorization": f"Token {theirs.token}"})
    assert given == {"X-Api-Key": "(api_key)", "Authorization": "Token (token)"}
    for token in (
        f"Bearer {theirs.token}",
        f"Token {theirs.token}x",
        f"{theirs.token}",
        "Token other",
        "Token (other)",
    ):
        assert sent(theirs, Authorization=token)["Authorization"] == SCRUBBED
    assert sent(theirs, **{"X-Api-Key": f"{theirs.api_key}x"})["X-Api-Key"] == SCRUBBED


def test_no_secret_of_the_settings_is_forgotten():
    hidden = [field.name for field in attrs.fields(IMIassistSettings) if not field.repr]
    assert {*hidden} - {"base_url", "token_store"} == {*IMIASSIST.keys}
