"""Every cassette, played to both clients: what is asked is what was asked, and what comes of it is what came of it."""

from __future__ import annotations

import inspect
import re
from functools import cached_property

import pytest
from harness import World
from inventions import MADE_UP
from record import LIVE_NOTE, SANDBOX_NOTE, differences
from shelf import CASSETTES, FOLDER, LIVE
from stories import stories_of
from systems import SYSTEMS
from tape import check_form, opened

from apptsdk.subclient import SubClient

SYNC = World("sync")
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".yaml", ".json"})
REFUSED = CASSETTES["cliniko/refused_reads"]
TOKENS = {name: CASSETTES[f"{name}/refused_token"] for name in ("nexhealth", "cubu")}


@pytest.mark.parametrize("name", CASSETTES)
def test_a_cassette_plays(name, world):
    cassette = CASSETTES[name]
    with opened(cassette.system, cassette.text) as tape:
        assert tape.play(cassette.story, world, cassette.told) == cassette.told


@pytest.mark.parametrize("name", CASSETTES)
def test_a_cassette_holds_nothing_else_and_says_where_it_comes_from(name):
    cassette = CASSETTES[name]
    check_form(cassette.system, cassette.text)
    note = LIVE_NOTE if LIVE in cassette.path.parts else SANDBOX_NOTE
    assert f"note: {note.format(name=cassette.system.title)}\n" in cassette.text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_holds_a_credential_or_where_it_was_recorded(path, sandbox):
    whole = path.read_text("utf-8")
    text = whole.lower()
    secrets = SYSTEMS[path.relative_to(FOLDER).parts[0]].secrets
    made_up = rf"(?!{MADE_UP}|\([a-z_]+\))"
    for name in secrets:
        assert not re.search(rf'"{name}\\?": ?\\?"{made_up}', whole), name
    given = (rf"bearer {made_up}", rf"authorization: \[token {made_up}", r"eyj[\w-]+\.eyj")
    for word in (r"basic (?!\(scrubbed\)|realm|http)", *given, "cookie", "request-id", "127.0.0.1", "localhost"):
        assert not re.search(word, text), word
    for system in SYSTEMS.values():
        for name in system.keys:
            assert getattr(system.settings, name).lower() not in text
            theirs = getattr(getattr(sandbox, system.name), name) or "nothing of theirs"
            assert (theirs.rpartition("-")[0] or theirs).lower() not in text


@pytest.mark.parametrize("provider", SYSTEMS)
def test_recording_anew_changes_nothing(provider):
    assert list(differences(SYSTEMS[provider])) == [], "nox -s cassettes"


def verbs(system) -> set[str]:
    """Name everything that a client can be asked for."""
    client = system.clients[0]
    resources = {name: member for name, member in vars(client).items() if isinstance(member, cached_property)}
    own = {name for name, member in vars(client).items() if inspect.isfunction(member)} - {*dir(SubClient)}
    found = {"request", "request_pages", *own}
    for name, resource in resources.items():
        kind = type(resource.func(client(system.settings)))
        found |= {f"{name}.{verb}" for verb, member in vars(kind).items() if inspect.isfunction(member)}
    return {verb for verb in found if not verb.rpartition(".")[2].startswith("_")}


@pytest.mark.parametrize("provider", SYSTEMS)
def test_every_verb_is_told(provider):
    system = SYSTEMS[provider]
    told = {call["asked"] for one in CASSETTES.values() if one.system is system for call in one.told}
    assert told == verbs(system)


@pytest.mark.parametrize("provider", SYSTEMS)
def test_every_story_has_its_cassette(provider):
    there = {name for name in CASSETTES if CASSETTES[name].system is SYSTEMS[provider] and f"/{LIVE}/" not in name}
    assert there == {f"{provider}/{name}" for name in stories_of(provider)}


# --- what a failure says ---------------------------------------------------------------------------------------------


def play(cassette, text):
    with opened(cassette.system, text) as tape:
        tape.play(cassette.story, SYNC, cassette.told)


def test_a_request_that_is_not_there_is_explained():
    with pytest.raises(AssertionError, match="no recorded interaction matches it"):
        play(REFUSED, REFUSED.text.replace("/patients/1\n", "/patients/2\n"))


def test_an_answer_that_is_another_is_explained():
    with pytest.raises(AssertionError, match=r"call 1\.got\.raised: 'NotFoundError' before, 'BadRequestError' now"):
        play(REFUSED, REFUSED.text.replace("code: 404", "code: 400", 1))


@pytest.mark.parametrize(
    ("cassette", "name"), [(TOKENS["nexhealth"], "token"), (TOKENS["cubu"], "access_token")], ids=TOKENS
)
@pytest.mark.parametrize("where", ['"{name}": "', "Authorization: [Bearer "])
def test_a_token_that_is_not_the_answered_one_is_noticed(cassette, name, where):
    token = f"{where.format(name=name)}made-up-{name}-"
    assert f"{token}1." in cassette.text
    with pytest.raises(AssertionError, match="no recorded interaction matches it"):
        play(cassette, cassette.text.replace(f"{token}1.", f"{token}7.", 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("client_secret=(client_secret)", "client_secret=made-up-client_secret-1"),
        ("client_id=c1", "client_id=c2"),
        (".default", ".other"),
        ("login.microsoftonline.com/7e", "login.microsoftonline.com/8e"),
        ("login.microsoftonline.com/7e", "s2s.api.app.cubu.com/7e"),
        ("s2s.api.app.cubu.com/a9", "s2s.api.app.cubu.com/b9"),
    ],
)
def test_another_application_than_the_one_that_signs_in_is_noticed(old, new):
    assert old in TOKENS["cubu"].text
    with pytest.raises(AssertionError, match="no recorded interaction matches it"):
        play(TOKENS["cubu"], TOKENS["cubu"].text.replace(old, new))


def test_an_exchange_that_nobody_asks_for_is_noticed():
    head, *exchanges = re.split(r"(?m)^(?=- request:)", REFUSED.text)
    with pytest.raises(AssertionError, match="holds more than was asked for"):
        play(REFUSED, "".join([head, *exchanges, exchanges[0]]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1\n", "version: 1\n# edited\n"),
        ("version: 1", "version: 2"),
        ("message: ''", "message: Nothing"),
        ("      Accept: [application/json]\n", "      Accept: [application/json, text/html]\n"),
        ("      Accept: [application/json]\n", "      Accept: [application/json]\n      Host: [example.com]\n"),
        ("    headers:\n      Content-Type", "    headers:\n      Date: [today]\n      Content-Type"),
        ("body: null", "body: ''"),
        ("    method: GET", "    method: 'GET'"),
        ('          "error": "Not Found"', '          "error":   "Not Found"'),
        ("  recorded_at", "  nothing: else\n  recorded_at"),
    ],
)
def test_what_is_edited_by_hand_is_noticed_even_where_nobody_reads_it(old, new):
    assert old in REFUSED.text
    with pytest.raises(AssertionError, match="the cassette is not as it is written"):
        check_form(REFUSED.system, REFUSED.text.replace(old, new, 1))
