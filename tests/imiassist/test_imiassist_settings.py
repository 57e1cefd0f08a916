"""Settings: what they are read from, what they refuse, what they say then, and which clients share an account."""

from __future__ import annotations

import json
import pickle
from urllib.parse import urlsplit

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from imiassist_support import CLIENTS, HOST, ID, KEY, MADE, NAMED, START, TOKEN, answer, settings

from apptsdk import ConfigurationError, IMIassistSettings, UnsupportedError
from apptsdk.providers.imiassist import Endpoint, names
from apptsdk.providers.imiassist.endpoints import DEFAULTS, PLACES
from apptsdk.providers.imiassist.models import Appointment, AppointmentSchedule, CancelledAppointment, Participant
from apptsdk.tokens import FileTokenStore, MemoryTokenStore

EMAIL, PASSWORD = "integration@northside.example", "made-up password-91c"
USER = {"api_key": None, "token": None, "user_email": EMAIL, "user_password": PASSWORD}
GET = {"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}
SECRETS = (KEY, TOKEN, EMAIL, PASSWORD)
BOOKED = {name: value for name, value in MADE.items() if name != "external_reference_id"}

# --- where they come from --------------------------------------------------------------------------------------------

VARIABLES = {
    "IMIASSIST_SUBDOMAIN": "harbourview",
    "IMIASSIST_DOMAIN": "imiassist.ai",
    "IMIASSIST_API_KEY": KEY,
    "IMIASSIST_TOKEN": TOKEN,
    "IMIASSIST_USER_EMAIL": EMAIL,
    "IMIASSIST_USER_PASSWORD": PASSWORD,
    "IMIASSIST_BASE_URL": "https://flows.example/hooks",
    "IMIASSIST_API_PREFIX": "/v2",
    "IMIASSIST_ENDPOINTS": json.dumps(
        {"schedule": {"method": "PUT", "path": "/x", "body": {"node": "s", "n": 1, "b": True, "o": None, "f": 0.5}}}
    ),
    "IMIASSIST_API_KEY_HEADER": "X-Key",
    "IMIASSIST_TOKEN_HEADER": "X-Token",
    "IMIASSIST_TOKEN_SCHEME": "Bearer",
    "IMIASSIST_ACCESS_HEADER": "X-Access",
    "IMIASSIST_ACCESS_SCHEME": "JWT",
    "IMIASSIST_CREDENTIALS_IN_BODY": "no",
    "IMIASSIST_WITHOUT_CREDENTIALS": "0",
    "IMIASSIST_FIELD_NAMES": '{"start_time": "startAt", "appointment_id": "Ref"}',
    "IMIASSIST_MAX_DURATION_MINUTES": "90",
}
READ = {
    "subdomain": "harbourview",
    "domain": "imiassist.ai",
    "api_key": KEY,
    "token": TOKEN,
    "user_email": EMAIL,
    "user_password": PASSWORD,
    "base_url": "https://flows.example/hooks",
    "api_prefix": "/v2",
    "endpoints": {"schedule": Endpoint("PUT", "/x", {"node": "s", "n": 1, "b": True, "o": None, "f": 0.5})},
    "api_key_header": "X-Key",
    "token_header": "X-Token",
    "token_scheme": "Bearer",
    "access_header": "X-Access",
    "access_scheme": "JWT",
    "credentials_in_body": False,
    "without_credentials": False,
    "field_names": {"start_time": "startAt", "appointment_id": "Ref"},
    "max_duration_minutes": 90,
}


def test_every_setting_but_the_token_store_has_a_variable():
    made = IMIassistSettings.from_env({**VARIABLES, "HOME": "/"})

    assert {name: getattr(made, name) for name in READ} == READ
    assert made == IMIassistSettings(**READ)
    fields = {field.name for field in attrs.fields(IMIassistSettings)}
    assert fields == {*READ, "token_store"}
    assert {IMIassistSettings.variable(name) for name in READ} == {*VARIABLES}


NEEDED = {
    "IMIASSIST_SUBDOMAIN": "northside",
    "IMIASSIST_API_KEY": KEY,
    "IMIASSIST_TOKEN": TOKEN,
    "IMIASSIST_USER_EMAIL": EMAIL,
    "IMIASSIST_USER_PASSWORD": PASSWORD,
}


@pytest.mark.parametrize("name", sorted({*VARIABLES} - {*NEEDED}))
def test_each_variable_says_what_it_says_by_itself(name):
    field = name.removeprefix("IMIASSIST_").lower()
    made = IMIassistSettings.from_env({**NEEDED, name: VARIABLES[name]})

    assert getattr(made, field) == READ[field]
    rest = {one for one in READ if one != field and IMIassistSettings.variable(one) not in NEEDED}
    usual = settings()
    assert {one: getattr(made, one) for one in rest} == {one: getattr(usual, one) for one in rest}


def test_a_subdomain_and_a_credential_are_needed_and_the_rest_is_our_proposal():
    made = IMIassistSettings.from_env({name: NEEDED[name] for name in list(NEEDED)[:3]})

    assert made == settings()
    assert made.url == f"{HOST}/api/v1"
    plain = attrs.asdict(made, recurse=False)
    assert {name: plain[name] for name in plain if name not in {"subdomain", "api_key", "token"}} == {
        "domain": "eclinic.org.uk",
        "user_email": None,
        "user_password": None,
        "base_url": None,
        "api_prefix": "/api/v1",
        "endpoints": {},
        "api_key_header": "X-Api-Key",
        "token_header": "Authorization",
        "token_scheme": "Token",
        "access_header": "Authorization",
        "access_scheme": "Bearer",
        "credentials_in_body": False,
        "without_credentials": False,
        "field_names": {},
        "max_duration_minutes": None,
        "token_store": None,
    }


def test_what_is_missing_is_named_with_its_variable():
    with pytest.raises(ConfigurationError) as caught:
        IMIassistSettings.from_env({"IMIASSIST_API_KEY": KEY, "IMIASSIST_TOKEN": TOKEN, "IMIASSIST_SUBDOMAIN": ""})

    assert str(caught.value) == "Set the environment variable IMIASSIST_SUBDOMAIN, or pass a IMIassistSettings."
    assert caught.value.provider == "imiassist"


# --- what is refused -------------------------------------------------------------------------------------------------

BAD_LABELS = (
    *("", " ", ".", "..", "-a", "a-", "a b", "a_b", "a/b", "a\\b", "a?b", "a#b", "a@b", "a:b", "a%2e", "a;b", "a\n"),
    *("a\r\nX: y", "a\0", "é", "\u017fide", "\u212aings", "a" * 64, 5, None, b"a", True, ["a"]),
)
SUBDOMAIN = 'subdomain (IMIASSIST_SUBDOMAIN) must be such as "northside".'
DOMAIN = 'domain (IMIASSIST_DOMAIN) must be such as "eclinic.org.uk" or "imiassist.ai".'
PREFIX = 'api_prefix (IMIASSIST_API_PREFIX) must be such as "/api/v1", or empty.'
MINUTES = "max_duration_minutes (IMIASSIST_MAX_DURATION_MINUTES) must be an int of 1 or more."
STORED = "token_store"
STORE = "token_store must be an object with get and set, such as FileTokenStore(path)."
TABLE = (
    "endpoints (IMIASSIST_ENDPOINTS) must be a mapping, or a JSON object, such as "
    '{"schedule": {"method": "POST", "path": "/bookings"}}.'
)
FIELDS = 'field_names (IMIASSIST_FIELD_NAMES) must be a mapping, or a JSON object, such as {"start_time": "StartTime"}.'
TEXTS = "field_names (IMIASSIST_FIELD_NAMES) must give texts for our names, such as {'start_time': 'StartTime'}."
NO_OBJECTS = (5, None, [], "", "x", "[]", "5", "null", "{", '"{}"', "[" * 100_000, {5: "x"}, b"{}")


def secret(name):
    return (
        f"{name} (IMIASSIST_{name.upper()}) is empty or holds a space, a line break or a character outside ASCII. "
        "Copy it again, whole."
    )


def field(name):
    return f"{name} (IMIASSIST_{name.upper()}) must be the name of a header field."


def word(name):
    return f"{name} (IMIASSIST_{name.upper()}) must be a word such as Bearer, or empty."


def truth(name):
    return f"{name} (IMIASSIST_{name.upper()}) must be true or false."


BAD_SECRETS = (
    "",
    " ",
    f"{KEY} x",
    f"{KEY}\n",
    f"{KEY}\r\nX: y",
    f"\t{KEY}",
    f"{KEY}é",
    f"{KEY}\0",
    5,
    b"x",
    True,
    [KEY],
)
BAD_NAMES = ("", " ", "X Key", "X-Key:", "X-Key\r\nY: z", "X-Key\n", "é", "X/Key", "(X)", 5, None, b"X-Key")
BAD_WORDS = (" ", "Token ", "a b", "a:b", "a,b", "a\r\nX: y", "é", 5, None, b"Token")
BAD_FLAGS = ("", "perhaps", "on!", None, 2, b"true")
MALFORMED = {
    "subdomain": {SUBDOMAIN: (*BAD_LABELS, "a.b", "evil.example")},
    "domain": {
        DOMAIN: (*BAD_LABELS, "eclinic", ".eclinic.org", "eclinic.org.", "a..b", "10.0.0.1", "a.b:8443", "a.5x")
    },
    "api_key": {secret("api_key"): BAD_SECRETS},
    "token": {secret("token"): BAD_SECRETS},
    "user_email": {
        "user_email (IMIASSIST_USER_EMAIL) must be an email address.": (
            *("", "x", "@", "a@", "@b.c", "a@b@c.d", "a b@c.d", "a@b c.d", "a@b.c\n", "a@b\r\nX: y.c", "a\0@b.c"),
            *("a@b.c\ud800", 5, True, b"a@b.c", ["a@b.c"]),
        )
    },
    "user_password": {
        "user_password (IMIASSIST_USER_PASSWORD) is empty or holds a control character.": (
            *("", f"{PASSWORD}\n", f"{PASSWORD}\r\nX: y", f"{PASSWORD}\0", f"\t{PASSWORD}", f"{PASSWORD}\ud800"),
            *(5, True, b"x", [PASSWORD]),
        )
    },
    "base_url": {
        "base_url (IMIASSIST_BASE_URL) must be an absolute https URL.": (
            *(
                "",
                "flows.example",
                "//flows.example",
                "ftp://127.0.0.1",
                "https:///x",
                "https://user:word@flows.example",
            ),
            *(
                "https://a b",
                "https://flows.example\n",
                "https://flows.example\\@evil.example",
                5,
                b"https://x.example",
            ),
        ),
        "base_url (IMIASSIST_BASE_URL) must have no query and no fragment.": (
            "https://x.example?a=1",
            "https://x.example#",
        ),
        "base_url (IMIASSIST_BASE_URL) must be https: plain http is for loopback addresses only.": (
            *("http://flows.example", "http://10.0.0.1", "http://localhost.evil.example"),
        ),
    },
    "api_prefix": {
        PREFIX: (
            *("api", "/", "/api/", "//api", "/a//b", "/../x", "/a/..", "/...", "/a?b", "/a#b", "/a b", "/a\n", "/é"),
            *("https://evil.example", "/%2e%2e", "/a\\b", "/a@b", 5, None, b"/x"),
        )
    },
    "api_key_header": {field("api_key_header"): BAD_NAMES},
    "token_header": {field("token_header"): BAD_NAMES},
    "access_header": {field("access_header"): BAD_NAMES},
    "token_scheme": {word("token_scheme"): BAD_WORDS},
    "access_scheme": {word("access_scheme"): BAD_WORDS},
    "credentials_in_body": {truth("credentials_in_body"): BAD_FLAGS},
    "without_credentials": {truth("without_credentials"): BAD_FLAGS},
    "endpoints": {TABLE: NO_OBJECTS},
    "field_names": {
        FIELDS: NO_OBJECTS,
        TEXTS: tuple(
            {"title": bad} for bad in ("", " ", " x", "x ", "a\nb", "\ud800", "x" * 255, 5, None, True, ["x"])
        ),
    },
    "max_duration_minutes": {
        MINUTES: (
            "",
            "x",
            "1.5",
            " 30",
            "-1",
            "\uff10",
            0,
            -1,
            1.5,
            30.0,
            True,
            False,
            2**31,
            "2147483648",
            [30],
            b"30",
        )
    },
    "token_store": {STORE: (MemoryTokenStore, "tokens.json", {}, 5)},
}
ROWS = [
    pytest.param(name, bad, message, id=f"{name}-{bad!r}"[:60])
    for name, kinds in MALFORMED.items()
    for message, many in kinds.items()
    for bad in many
]


@pytest.mark.parametrize(("name", "bad", "message"), ROWS)
def test_what_is_malformed_is_refused_in_words_that_name_it_and_show_no_credential(name, bad, message):
    beside = {"user_email": EMAIL, "user_password": PASSWORD} if name in {"user_email", "user_password", STORED} else {}
    with pytest.raises(ConfigurationError) as caught:
        settings(**{**beside, name: bad})

    assert str(caught.value) == message
    assert caught.value.provider in {"imiassist", None}  # the core does not know whose setting it is
    for shown in (message, repr(vars(caught.value)), repr(caught.value.__cause__)):
        assert not any(one in shown for one in SECRETS)


HTTPS_OWN = ("Host", "content-type", "Content-Length", "ACCEPT", "accept-encoding", "Connection", "Transfer-Encoding")


@pytest.mark.parametrize("name", ["api_key_header", "token_header", "access_header"])
@pytest.mark.parametrize("own", HTTPS_OWN)
def test_a_credential_does_not_go_into_a_field_that_http_needs(name, own):
    with pytest.raises(ConfigurationError) as caught:
        settings(**{name: own})
    assert str(caught.value) == f"{name} (IMIASSIST_{name.upper()}): {own} is a field that HTTP itself needs."


@pytest.mark.parametrize("name", ["api_prefix", "token_scheme", "access_scheme"])
def test_what_may_be_empty_can_be_so_by_its_variable(name):
    made = IMIassistSettings.from_env({**NEEDED, f"IMIASSIST_{name.upper()}": ""})
    assert getattr(made, name) == ""
    assert getattr(IMIassistSettings.from_env(NEEDED), name) != ""


def test_every_setting_has_something_that_it_refuses():
    assert {*MALFORMED} == {one.name for one in attrs.fields(IMIassistSettings)}


@pytest.mark.parametrize("bad", ["9" * 5000, 10**5000], ids=["text", "int"])
def test_a_duration_of_thousands_of_digits_is_refused_like_any_other(bad):
    with pytest.raises(ConfigurationError) as caught:
        settings(max_duration_minutes=bad)
    assert str(caught.value) == MINUTES


GOOD = {
    "subdomain": ("northside", "NorthSide", "a", "7", "a-b", "x--y", "a" * 63),
    "domain": ("eclinic.org.uk", "imiassist.ai", "IMIassist.AI", "a.b.c.example", "x.co", "1a.example"),
    "api_key": ("made-up-zz-not-hex", "!~aZ09-_="),
    "token": ("0" * 64, "x"),
    "base_url": (None, "https://flows.example:8443/x/", "http://127.0.0.1:8000/imiassist", "http://[::1]:1"),
    "api_prefix": ("", "/v2", "/a/b-c_d.e~f", "/a..b"),
    "token_header": ("authorization", "X-Token", "X_Token.1"),
    "token_scheme": ("", "Bearer", "JWT"),
    "access_scheme": ("", "Token"),
    "credentials_in_body": (True, "YES", "1", "true"),
    "max_duration_minutes": (None, 1, "1", 120, "0120", 2**31 - 1),
    "endpoints": ({}, "{}", DEFAULTS, GET, '{"get": {"method": "POST", "path": "/x"}}'),
    "field_names": ({}, "{}", {"title": "Heading"}, '{"start_time": "Start time"}', {"title": "title"}),
}


@pytest.mark.parametrize(("name", "good"), [(name, good) for name in GOOD for good in GOOD[name]], ids=repr)
def test_what_is_well_formed_is_taken(name, good):
    made = settings(**{name: good})

    assert made == attrs.evolve(made)
    assert made.credential == attrs.evolve(made).credential
    assert made.account().service.base_url == made.url


@pytest.mark.parametrize("password", ["correct horse battery", "пароль", "a", "\u00a3{}\"'\\"])
def test_a_password_may_hold_what_can_be_typed(password):
    assert settings(**{**USER, "user_password": password}).user_password == password


# --- no credential is shown ------------------------------------------------------------------------------------------


def test_settings_show_no_credential(tmp_path):
    whole = {"user_email": EMAIL, "user_password": PASSWORD, "token_store": FileTokenStore(tmp_path / "x.json")}
    made = settings(**whole, endpoints={"schedule": Endpoint("POST", "/x", {"flow_secret": "canary-constant"})})
    at = made.account()

    for one in (made, at, at.auth, at.auth.bearer, at.auth.bearer.source, at.auth.bearer.source.user, at.service):
        for shown in (repr(one), str(one)):
            assert not any(secret in shown for secret in (*SECRETS, "canary"))
    assert "subdomain='northside'" in repr(made)
    assert "token_store" not in repr(made)
    body = settings(**whole, credentials_in_body=True, endpoints={"get_existing_token": Endpoint("POST", "/t")})
    assert not any(secret in repr(body.account().auth) for secret in SECRETS)


@pytest.mark.parametrize("name", ["api_key", "token", "user_email", "user_password"])
def test_settings_whose_credential_is_wrong_leave_it_out_of_everything_that_a_traceback_shows(name):
    canary = "canary value\n"
    with pytest.raises(ConfigurationError) as caught:
        settings(**{"user_email": EMAIL, "user_password": PASSWORD, name: canary})

    assert "canary" not in f"{caught.value!r} {caught.value.args} {vars(caught.value)}"
    assert "canary" not in f"{caught.value.__cause__!r} {caught.value.__context__!r}"


def test_settings_refuse_to_be_pickled():
    with pytest.raises(TypeError, match="hold credentials and are not pickled"):
        pickle.dumps(settings())


# --- where calls go --------------------------------------------------------------------------------------------------

URLS = {
    "the company's own host": ({}, f"{HOST}/api/v1"),
    "another domain": ({"domain": "imiassist.ai"}, "https://northside.imiassist.ai/api/v1"),
    "no prefix": ({"api_prefix": ""}, HOST),
    "a base URL": ({"base_url": "https://flows.example"}, "https://flows.example/api/v1"),
    "a base URL with slashes": ({"base_url": "https://flows.example/x//"}, "https://flows.example/x/api/v1"),
    "a webhook": ({"base_url": "https://flows.example/events", "api_prefix": ""}, "https://flows.example/events"),
    "loopback": ({"base_url": "http://127.0.0.1:8000/i", "api_prefix": "/v2"}, "http://127.0.0.1:8000/i/v2"),
}


@pytest.mark.parametrize("way", URLS)
def test_calls_go_to_the_host_of_the_company_or_to_the_base_url(way, one):
    given_, url = URLS[way]
    one.answers(answer(BOOKED, 201))
    one.schedule(settings(**given_))

    assert settings(**given_).url == url
    assert one.seen[0].url == f"{url}/appointments"


LABELS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="abc-09.", max_size=16),
    st.text(alphabet="a./\\@:?#%; \n\0é\u212a", max_size=9),
)


@given(LABELS, st.sampled_from(["eclinic.org.uk", "imiassist.ai"]) | LABELS)
def test_whatever_the_subdomain_is_it_does_not_choose_the_host(subdomain, domain):
    try:
        made = settings(subdomain=subdomain, domain=domain)
    except ConfigurationError:
        return
    parts = urlsplit(made.url)

    assert parts.scheme == "https"
    assert parts.netloc == f"{subdomain}.{domain}"
    assert parts.hostname == f"{subdomain}.{domain}".lower()
    assert parts.path == "/api/v1"
    assert "." not in subdomain


def test_a_base_url_makes_no_malformed_subdomain_good():
    with pytest.raises(ConfigurationError, match=r"^subdomain "):
        settings(subdomain="a/b", base_url="https://flows.example")


# --- the table of endpoints ------------------------------------------------------------------------------------------


def table(**lines):
    return {"endpoints": lines}


def line(**members):
    return table(schedule={"method": "POST", "path": "/x", **members})


SCHEDULE = "endpoints['schedule'] (IMIASSIST_ENDPOINTS)"
METHODS = f"{SCHEDULE}: method must be one of GET, POST, PUT, PATCH, DELETE."
PATH = ": path must be a path such as /appointments: with a leading slash, without host and query."
BODY = f"{SCHEDULE}: body must be a mapping of names to plain values."
BAD_TABLES = {
    "endpoints (IMIASSIST_ENDPOINTS) has no 'move'; its operations are authenticate, get_new_token, "
    "get_existing_token, schedule, cancel_by_id, cancel_by_uid, cancel_by_external_reference, get.": [
        table(move={"method": "POST", "path": "/x"}),
        table(move=5, schedule=5),
    ],
    f"{SCHEDULE} must be an Endpoint, or a mapping of method and path.": [
        table(schedule=bad) for bad in (5, None, "/x", [])
    ],
    f"{SCHEDULE} has no member 'methods'; its members are method, path, body.": [line(methods=["POST"])],
    METHODS: [
        *(
            line(method=bad)
            for bad in ("", "post", "POST ", "BREW", "HEAD", "OPTIONS", "TRACE", "CONNECT", 5, None, ["POST"])
        ),
        table(schedule={"path": "/x"}),
        table(schedule={}),
        table(schedule=Endpoint("post", "/x")),
    ],
    SCHEDULE + PATH: [
        *(line(path=bad) for bad in ("", "/", "x", "//x", "/x/", "/x?y=1", "/x#y", "/x y", "https://evil.example/x")),
        *(line(path=bad) for bad in ("/../x", "/./x", "/%2e%2e", "/x\n", "/\\evil", "/é", "/{", "/{}", 5, None, b"/x")),
        table(schedule={"method": "POST"}),
        table(schedule=Endpoint("POST", "x")),
    ],
    f"{SCHEDULE}: path has no {{title}}; it has no places.": [line(path="/x/{title}")],
    f"{SCHEDULE}: a GET has no body, and this operation sends one.": [
        line(method="GET"),
        line(method="GET", body={"a": 1}),
    ],
    "endpoints['authenticate'] (IMIASSIST_ENDPOINTS): a GET has no body, and this operation sends one.": [
        table(authenticate={"method": "GET", "path": "/x"})
    ],
    "endpoints['get'] (IMIASSIST_ENDPOINTS): a GET has no body, and this operation sends one.": [
        table(get={"method": "GET", "path": "/x/{appointment_id}", "body": {"node": "get"}})
    ],
    "endpoints['get'] (IMIASSIST_ENDPOINTS): path needs {appointment_id}.": [
        table(get={"method": "GET", "path": "/x"})
    ],
    "endpoints['cancel_by_uid'] (IMIASSIST_ENDPOINTS): path has no {appointment_id}; its places are "
    "{appointment_uid}.": [table(cancel_by_uid={"method": "POST", "path": "/x/{appointment_id}"})],
    "endpoints['cancel_by_id'] (IMIASSIST_ENDPOINTS): path needs {appointment_id}.": [
        table(cancel_by_id={"method": "GET", "path": "/x"})
    ],
    BODY: [line(body=bad) for bad in (5, None, "x", [], [("a", 1)])],
    f"{SCHEDULE}: body['a'] must be a str, a number, a bool or None.": [
        line(body={"a": bad}) for bad in ([], {}, b"x")
    ],
    f"{SCHEDULE}: body['a'] must be a str, a number, a bool or None. Write a date as text.": [line(body={"a": START})],
    f"{SCHEDULE}: body['a'] must be a finite number of at most 64 bits.": [
        *(line(body={"a": bad}) for bad in (float("nan"), float("inf"), 2**64)),
        {"endpoints": '{"schedule": {"method": "POST", "path": "/x", "body": {"a": NaN}}}'},
    ],
    f"{SCHEDULE}: body['a'] is not valid Unicode: it holds half a surrogate pair.": [line(body={"a": "x\ud800"})],
}


@pytest.mark.parametrize(
    ("message", "bad"),
    [(message, bad) for message, many in BAD_TABLES.items() for bad in many],
    ids=lambda one: repr(one)[-50:],
)
def test_a_line_of_the_table_that_is_wrong_is_named(message, bad):
    with pytest.raises(ConfigurationError) as caught:
        settings(**bad)

    assert str(caught.value) == message
    assert caught.value.provider == "imiassist"


CLASHES = {
    "an input": (
        {"endpoints": {"schedule": Endpoint("POST", "/x", {"Title": "x"})}},
        f"{SCHEDULE}: body: 'Title' is what an input or a credential is sent as.",
    ),
    "an input by its name there": (
        {"endpoints": {"schedule": Endpoint("POST", "/x", {"node": "x"})}, "field_names": {"title": "Node"}},
        f"{SCHEDULE}: body: 'node' is what an input or a credential is sent as.",
    ),
    "a credential in the body": (
        {"endpoints": {"cancel_by_id": Endpoint("POST", "/x", {"token": "x"})}, "credentials_in_body": True},
        "endpoints['cancel_by_id'] (IMIASSIST_ENDPOINTS): body: 'token' is what an input or a credential is sent as.",
    ),
    "a login": (
        {"endpoints": {"authenticate": Endpoint("POST", "/x", {"EMAIL": "canary"})}},
        "endpoints['authenticate'] (IMIASSIST_ENDPOINTS): body: 'EMAIL' is what an input or a credential is sent as.",
    ),
}


@pytest.mark.parametrize("case", CLASHES)
def test_a_constant_cannot_have_the_name_of_what_is_sent_beside_it(case):
    given_, message = CLASHES[case]
    with pytest.raises(ConfigurationError) as caught:
        settings(**given_)
    assert str(caught.value) == message


def test_a_constant_may_have_the_name_of_what_is_not_beside_it():
    lines = {
        "cancel_by_id": Endpoint("POST", "/x", {"title": "x", "token": "y"}),
        "schedule": Endpoint("POST", "/y", {"token": 1}),
    }
    assert settings(endpoints=lines).endpoints == lines


WAYS = {
    "an endpoint": {"schedule": Endpoint("PUT", "/bookings", {"node": "s"})},
    "a mapping": {"schedule": {"method": "PUT", "path": "/bookings", "body": {"node": "s"}}},
    "JSON": '{"schedule": {"method": "PUT", "path": "/bookings", "body": {"node": "s"}}}',
}


@pytest.mark.parametrize("way", WAYS)
def test_a_line_of_the_table_is_an_endpoint_a_mapping_or_json(way, one):
    made = settings(endpoints=WAYS[way])
    one.answers(answer(BOOKED, 201), answer(NAMED))

    async def story(c):
        await c.call("appointments.schedule", start_time=START, external_reference_id="r-1")
        await c.call("appointments.cancel", appointment_id=ID)

    one.tell(story, made)
    assert made.endpoints == {"schedule": Endpoint("PUT", "/bookings", {"node": "s"})}
    booked, cancelled = one.seen
    assert (booked.method, booked.path) == ("PUT", "/bookings")
    assert booked.body == {
        "node": "s",
        "start_time": "2026-03-02T09:00:00.000Z",
        "priority": "LOW",
        "external_reference_id": "r-1",
    }
    assert (cancelled.method, cancelled.path) == (
        "POST",
        f"/appointments/{ID}/cancel",
    )  # what is not in it is as it was


PLACED = {
    "in the path": ("/x/{appointment_id}", {"node": "c"}, "/x/a%20b", {"node": "c"}),
    "twice in the path, and nothing is left": ("/{appointment_id}/y/{appointment_id}", {}, "/a%20b/y/a%20b", None),
    "in the body": ("/x", {"node": "c"}, "/x", {"node": "c", "Ref": "a b"}),
}


@pytest.mark.parametrize("way", PLACED)
def test_what_has_no_place_in_the_path_is_in_the_body(way, one):
    path, constants, sent, body = PLACED[way]
    given_ = settings(
        endpoints={"cancel_by_id": Endpoint("DELETE", path, constants)}, field_names={"appointment_id": "Ref"}
    )
    one.answers(answer({"Ref": "a b"}))
    made = one.cancel(given=given_, appointment_id="a b")

    (only,) = one.seen
    assert (only.method, only.path, only.body) == ("DELETE", sent, body)
    assert made.appointment_id == "a b"


def test_a_cancellation_by_get_has_no_body(one):
    one.answers(answer(NAMED))
    one.cancel(
        given=settings(endpoints={"cancel_by_uid": {"method": "GET", "path": "/cancel/{appointment_uid}"}}),
        appointment_uid="NS-45-1",
    )
    (only,) = one.seen
    assert (only.method, only.path, only.body) == ("GET", "/cancel/NS-45-1", None)
    assert "content-type" not in only.headers


def test_reading_an_appointment_is_off_and_the_refusal_says_how_to_switch_it_on(vendor):
    vendor.answers()
    with pytest.raises(UnsupportedError) as caught:
        vendor.tell(lambda c: c.call("appointments.get", ID))

    assert str(caught.value) == (
        "No known node of the vendor's does this, so 'get' is off. If what your base_url leads to can, say where: "
        'endpoints={"get": {"method": "GET", "path": "/appointments/{appointment_id}"}}.'
    )
    assert (caught.value.provider, caught.value.operation) == ("imiassist", "imiassist.appointments.get")
    assert vendor.seen == []
    vendor.answers(answer(MADE))
    assert vendor.tell(lambda c: c.call("appointments.get", ID), settings(endpoints=GET)).appointment_id == ID
    assert (vendor.seen[0].method, vendor.seen[0].path) == ("GET", f"/appointments/{ID}")


def test_the_table_has_a_line_for_every_operation_but_one():
    assert {*PLACES} - {*DEFAULTS} == {"get"}
    assert {*DEFAULTS} < {*PLACES}
    for name, endpoint in DEFAULTS.items():
        assert settings(endpoints={name: endpoint}).endpoints == {name: endpoint}
        assert settings().scope_of_calls.endpoints[name] == endpoint


def test_a_table_that_the_caller_changes_later_changes_nothing():
    body = {"node": "s"}
    given_ = {"schedule": Endpoint("POST", "/x", body)}
    made = settings(endpoints=given_)
    body["node"] = "other"
    del given_["schedule"]

    assert made.endpoints == {"schedule": Endpoint("POST", "/x", {"node": "s"})}


# --- names -----------------------------------------------------------------------------------------------------------


def test_an_unknown_name_is_refused_with_those_that_there_are():
    with pytest.raises(ConfigurationError) as caught:
        settings(field_names={"titel": "Heading"})
    told = str(caught.value)

    assert told.startswith("field_names (IMIASSIST_FIELD_NAMES) has no 'titel'; our names are customer_id, ")
    groups = (names.INPUTS, names.CREDENTIALS, names.SIGN_IN, names.OUTPUTS, names.PARTICIPANT)
    listed = told.removesuffix(".").partition("our names are ")[2].split(", ")
    assert listed == list(dict.fromkeys(listed))
    assert {*listed} == {name for group in groups for name in group}
    assert caught.value.provider == "imiassist"


TWICE = {
    "two inputs": ({"title": "X", "description": "X"}, "description", "title", "X"),
    "an input that another one is called": ({"title": "Description"}, "description", "title", "Description"),
    "in another case": ({"title": "x", "description": "X"}, "description", "title", "x"),
    "an input and a credential": ({"customer_id": "Token"}, "customer_id", "token", "token"),
    "two outputs": ({"case_id": "appointment_id"}, "appointment_id", "case_id", "appointment_id"),
    "two members of a participant": ({"email": "phone"}, "email", "phone", "phone"),
    "a participant's links": ({"url": "link"}, "link", "url", "link"),
    "a login and our proposal": ({"user_password": "EMAIL"}, "user_email", "user_password", "EMAIL"),
    "a login and a credential": ({"access": "token"}, "access", "token", "token"),
}


@pytest.mark.parametrize("case", TWICE)
def test_two_things_of_one_object_cannot_have_one_name(case):
    given_, first, second, theirs = TWICE[case]
    with pytest.raises(ConfigurationError) as caught:
        settings(field_names=given_)
    assert str(caught.value) == f"field_names (IMIASSIST_FIELD_NAMES) calls both {first} and {second} {theirs!r}."


APART = {
    "an input and a participant's member": {"customer_email": "email", "title": "link"},
    "names that are swapped": {"title": "description", "description": "title"},
    "a login and a participant's member": {"user_email": "phone"},
    "our own names": {name: name for name in (*names.INPUTS, *names.OUTPUTS, *names.PARTICIPANT)},
}


@pytest.mark.parametrize("case", APART)
def test_what_stands_in_different_objects_can_have_one_name(case):
    assert settings(field_names=APART[case]).field_names == APART[case]


@pytest.mark.parametrize("name", ["api_key", "token", "subdomain", "domain"])
def test_an_id_in_the_body_and_a_credential_beside_it_cannot_have_one_name(name):
    """A cancellation by a flat path: the credential would replace the id that is to be cancelled."""
    with pytest.raises(ConfigurationError, match="calls both"):
        settings(field_names={"appointment_id": name}, credentials_in_body=True)


def test_the_names_are_those_of_the_models_and_of_the_input():
    assert {*names.INPUTS} == {one.name for one in attrs.fields(AppointmentSchedule)}
    assert {*names.OUTPUTS} == {one.name for one in attrs.fields(Appointment) if one.init}
    assert {one.name for one in attrs.fields(CancelledAppointment) if one.init} < {*names.OUTPUTS}
    members = {one.name for one in attrs.fields(Participant) if one.init}
    assert {*names.PARTICIPANT} - {*names.LINKS} | {"meeting_link", "key"} == members
    assert names.LINKS == ("meeting_link", "meeting_url", "link", "url", "video_url")
    assert {*names.CREDENTIALS, "user_email", "user_password"} < {one.name for one in attrs.fields(IMIassistSettings)}
    assert {*names.PROPOSED} <= {*names.SIGN_IN}


@given(st.dictionaries(st.sampled_from([*names.INPUTS, *names.OUTPUTS]), st.text(min_size=1, max_size=3), max_size=4))
def test_whatever_they_are_called_no_two_inputs_and_no_two_outputs_have_one_name(given_):
    try:
        made = settings(field_names=given_)
    except ConfigurationError:
        return
    for group in (names.INPUTS, names.OUTPUTS):
        assert len({made.field_names.get(name, name).casefold() for name in group}) == len(group)


# --- credentials -----------------------------------------------------------------------------------------------------

GIVE = (
    "Give api_key (IMIASSIST_API_KEY) and token (IMIASSIST_TOKEN), or user_email (IMIASSIST_USER_EMAIL) and "
    "user_password (IMIASSIST_USER_PASSWORD), by which they are got."
)
TOGETHER = "user_email (IMIASSIST_USER_EMAIL) and user_password (IMIASSIST_USER_PASSWORD) go together."
NONE = "without_credentials (IMIASSIST_WITHOUT_CREDENTIALS) says that none are sent: leave out {}."
K, T, E, P = ("api_key", KEY), ("token", TOKEN), ("user_email", EMAIL), ("user_password", PASSWORD)
ONE_FIELD = "api_key_header (IMIASSIST_API_KEY_HEADER) and token_header are one and the same field."
B, W = ("credentials_in_body", True), ("without_credentials", True)
S, A = ("token_store", MemoryTokenStore()), ("api_key_header", "X-Key")
IN_HEADERS = "{} (IMIASSIST_{}) is for credentials in headers, and none are sent there."
F = ("base_url", "https://flows.example")
NO_FLOW = (
    "{} (IMIASSIST_{}) is for a flow: give its base_url (IMIASSIST_BASE_URL), because patients' data are sent there."
)
COMBINATIONS = {
    (): GIVE,
    (K,): GIVE,
    (T,): GIVE,
    (K, T): None,
    (E,): TOGETHER,
    (P,): TOGETHER,
    (K, E): TOGETHER,
    (K, P): TOGETHER,
    (K, T, E): TOGETHER,
    (K, T, P): TOGETHER,
    (E, P): None,
    (K, E, P): None,
    (T, E, P): "token (IMIASSIST_TOKEN) goes with api_key (IMIASSIST_API_KEY).",
    (K, T, E, P): None,
    (K, T, B, F): None,
    (K, T, B): NO_FLOW.format("credentials_in_body", "CREDENTIALS_IN_BODY"),
    (W, F): None,
    (W,): NO_FLOW.format("without_credentials", "WITHOUT_CREDENTIALS"),
    (W, K): NONE.format("api_key"),
    (W, T): NONE.format("token"),
    (W, K, T): NONE.format("api_key"),
    (W, E): NONE.format("user_email"),
    (W, P): NONE.format("user_password"),
    (W, B): NONE.format("credentials_in_body"),
    (B,): GIVE,
    (K, T, S): "token_store keeps tokens that are got: it goes with user_email and user_password.",
    (E, P, S): None,
    (K, T, B, F, A): IN_HEADERS.format("api_key_header", "API_KEY_HEADER"),
    (W, F, A): IN_HEADERS.format("api_key_header", "API_KEY_HEADER"),
    (W, F, ("token_header", "X-Token")): IN_HEADERS.format("token_header", "TOKEN_HEADER"),
    (W, F, ("token_scheme", "")): IN_HEADERS.format("token_scheme", "TOKEN_SCHEME"),
    (K, T, B, F, ("access_header", "X-A")): IN_HEADERS.format("access_header", "ACCESS_HEADER"),
    (K, T, B, F, ("access_scheme", "JWT")): IN_HEADERS.format("access_scheme", "ACCESS_SCHEME"),
    (K, T, ("api_key_header", "authorization")): ONE_FIELD,
    (K, T, ("api_key_header", "X-T"), ("token_header", "x-t")): ONE_FIELD,
}


@pytest.mark.parametrize("given_", COMBINATIONS, ids=lambda one: "+".join(name for name, _ in one) or "nothing")
def test_credentials_are_given_whole_or_not_at_all(given_):
    message = COMBINATIONS[given_]
    if message is None:
        assert IMIassistSettings(subdomain="northside", **dict(given_)).subdomain == "northside"
        return
    with pytest.raises(ConfigurationError) as caught:
        IMIassistSettings(subdomain="northside", **dict(given_))
    assert str(caught.value) == message
    assert caught.value.provider == "imiassist"


BODILESS = {
    "the existing token, where it is asked for": (USER, {}, "get_existing_token"),
    "the new token": (
        USER,
        {"get_existing_token": Endpoint("POST", "/t"), "get_new_token": Endpoint("GET", "/t")},
        "get_new_token",
    ),
    "reading": ({}, GET, "get"),
    "a cancellation": ({}, {"cancel_by_id": Endpoint("GET", "/x/{appointment_id}")}, "cancel_by_id"),
}


@pytest.mark.parametrize("case", BODILESS)
def test_credentials_in_the_body_need_one_in_every_operation_that_is_used(case):
    given_, endpoints, name = BODILESS[case]
    with pytest.raises(ConfigurationError) as caught:
        settings(**given_, endpoints=endpoints, credentials_in_body=True)

    assert str(caught.value) == (
        f"credentials_in_body (IMIASSIST_CREDENTIALS_IN_BODY) needs a body, and {name!r} is a GET: give it another "
        "method in endpoints (IMIASSIST_ENDPOINTS)."
    )
    assert settings(**given_, endpoints=endpoints).credentials_in_body is False


def test_a_call_for_tokens_that_is_never_made_may_be_a_get():
    endpoints = {"get_existing_token": Endpoint("GET", "/t"), "get_new_token": Endpoint("GET", "/t")}
    assert settings(credentials_in_body=True, endpoints=endpoints).credentials_in_body is True


# --- how long an appointment may be ----------------------------------------------------------------------------------


def test_the_longest_duration_is_refused_before_anything_is_sent(one):
    given_ = settings(max_duration_minutes="45")
    one.answers(answer(BOOKED, 201))
    one.schedule(given_, duration=45)
    assert one.seen[0].body["duration"] == 45

    one.answers()
    with pytest.raises(ValueError, match="max_duration_minutes") as caught:
        one.schedule(given_, duration=46)
    assert str(caught.value) == (
        "duration is 46 minutes, and max_duration_minutes in the settings (IMIASSIST_MAX_DURATION_MINUTES) is 45."
    )
    assert one.seen == []


# --- who shares what -------------------------------------------------------------------------------------------------

VIEWS = {"max_duration_minutes": 30}
ELSEWHERE = {
    "subdomain": "southside",
    "domain": "imiassist.ai",
    "api_key": "another-key",
    "token": "another-token",
    "user_email": "other@northside.example",
    "user_password": "another-password",
    "base_url": "https://flows.example",
    "api_prefix": "/v2",
    "endpoints": {"schedule": Endpoint("POST", "/x", {"node": "s"})},
    "api_key_header": "X-Key",
    "token_header": "X-Token",
    "token_scheme": "Bearer",
    "access_header": "X-Access",
    "access_scheme": "JWT",
    "credentials_in_body": True,
    "field_names": {"title": "Heading"},
    "token_store": MemoryTokenStore(),
}
BOTH = {"user_email": EMAIL, "user_password": PASSWORD, "endpoints": {"get_existing_token": Endpoint("POST", "/t")}}


def test_every_setting_is_a_matter_of_the_account_or_of_the_view():
    assert {*VIEWS, *ELSEWHERE, "without_credentials"} == {one.name for one in attrs.fields(IMIassistSettings)}


def accounts(kind, *given_):
    return [kind(one)._transport.account for one in given_]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_credential_host_or_shape_is_another_account(name):
    kind = CLIENTS[0]
    other = settings(**{**BOTH, name: ELSEWHERE[name]})
    first, second, third = accounts(kind, settings(**BOTH), other, attrs.evolve(other, **VIEWS))
    assert first is not second
    assert second is third


@pytest.mark.parametrize("kind", CLIENTS)
def test_who_sends_no_credentials_has_another_account_and_equal_settings_have_one(kind):
    none = IMIassistSettings(subdomain="northside", base_url=HOST, without_credentials=True)
    first, second, third = accounts(kind, settings(), none, attrs.evolve(none))
    assert first is not second
    assert second is third
    one, same = accounts(kind, *(settings(endpoints=dict(GET), field_names={"title": "T"}) for _ in range(2)))
    assert one is same


SUBTLE = {
    "true is not one": ({"node": True}, {"node": 1}),
    "one is not a text": ({"node": 1}, {"node": "1"}),
    "null is not nothing": ({"node": None}, {}),
}


@pytest.mark.parametrize("case", SUBTLE)
def test_constants_that_only_look_alike_are_another_account(case):
    made = [settings(endpoints={"schedule": Endpoint("POST", "/x", body)}) for body in SUBTLE[case]]
    first, second = accounts(CLIENTS[0], *made)
    assert first is not second


def test_a_table_in_another_order_is_the_same_account():
    lines = {"schedule": Endpoint("POST", "/x", {"a": 1, "b": 2}), "cancel_by_id": Endpoint("POST", "/y")}
    turned = {"cancel_by_id": Endpoint("POST", "/y"), "schedule": Endpoint("POST", "/x", {"b": 2, "a": 1})}
    first, second = accounts(CLIENTS[0], settings(endpoints=lines), settings(endpoints=turned))
    assert first is second


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_store_need_not_be_hashable_and_one_that_is_equal_is_another(kind):
    class Store(MemoryTokenStore):
        def __eq__(self, other):
            return isinstance(other, Store)

        __hash__ = None

    first, second = Store(), Store()
    assert first == second
    one, same, other = accounts(kind, *(settings(**BOTH, token_store=store) for store in (first, first, second)))
    assert one is same
    assert one is not other


def test_clients_of_one_account_share_their_limit_of_nothing_but_the_token(one):
    one.answers(always=answer(BOOKED, 201))
    clients = [one.client(settings(max_duration_minutes=minutes)) for minutes in (30, 60)]
    assert clients[0]._transport.account is clients[1]._transport.account
    one.world.tell(lambda c: c.call("appointments.schedule", start_time=START, duration=45), clients[1])
    with pytest.raises(ValueError, match="is 30"):
        one.world.tell(lambda c: c.call("appointments.schedule", start_time=START, duration=45), clients[0])
