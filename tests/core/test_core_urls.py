"""What may go into a URL, and which links are followed with our credentials."""

from urllib.parse import unquote, urlsplit

import pytest
from core_support import BASE, ask, list_visits, page
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.errors import ConfigurationError, ResponseUnreadableError
from apptsdk.urls import (
    MAX_SEGMENT,
    base_url,
    filled,
    followed,
    is_loopback,
    path,
    places_of,
    plain_id,
    query_string,
    segment,
    template,
)

# --- segments --------------------------------------------------------------------------------------------------------

REFUSED = [
    "",
    " ",
    "   ",
    ".",
    "..",
    "...",
    "a/b",
    "/",
    "../../x",
    "a\\b",
    "..\\x",
    "a\x00",
    "a\r\nb",
    "a\nb",
    "a\tb",
    "a\x7f",
    "a\x85b",
    "a\u2028b",
    "a\u202eb",
    "x" * (MAX_SEGMENT + 1),
    "x" * 10_240,
    "\ud800",
]
QUOTED = {
    "7": "7",
    "1402337715590046001": "1402337715590046001",
    "a b": "a%20b",
    "a?x#y": "a%3Fx%23y",
    ";": "%3B",
    "%2e%2e": "%252e%252e",
    "%2f": "%252f",
    "a%00": "a%2500",
    "é": "%C3%A9",
    "☃": "%E2%98%83",
    "a&b=c": "a%26b%3Dc",
    "@host:80": "%40host%3A80",
    "..a": "..a",
    "x" * MAX_SEGMENT: "x" * MAX_SEGMENT,
}


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: repr(value)[:20])
def test_what_is_no_id_is_refused_and_not_shown(value):
    with pytest.raises(ValueError, match=r"^patient_id is not an id") as caught:
        segment(value, "patient_id")

    assert value in {"", " ", "   ", ".", "..", "...", "/"} or value not in str(caught.value)


@pytest.mark.parametrize("value", [True, False, None, 1.2e18, 1.0, float("nan"), b"7", ["7"], {}, object()])
def test_what_is_neither_text_nor_number_is_refused(value):
    with pytest.raises(TypeError, match=r"^patient_id must be a str or an int, not "):
        plain_id(value, "patient_id")


def test_a_float_is_refused_with_the_reason():
    with pytest.raises(TypeError, match="A float rounds long ids"):
        plain_id(1.2e18, "id")


@pytest.mark.parametrize(("value", "quoted"), QUOTED.items())
def test_an_id_becomes_one_quoted_segment(value, quoted):
    assert segment(value, "id") == quoted


@pytest.mark.parametrize(("value", "text"), [(7, "7"), (0, "0"), (-1, "-1"), (2**63, str(2**63))])
def test_an_integer_is_its_digits(value, text):
    assert plain_id(value, "id") == segment(value, "id") == text


@given(st.text(max_size=40) | st.integers())
def test_the_path_has_a_fixed_number_of_segments(value):
    try:
        made = path("patients", segment(value, "id"), "cancel")
    except ValueError:
        return
    parts = urlsplit("https://api.acme.example/v1" + made)

    assert parts.hostname == "api.acme.example"
    assert (parts.query, parts.fragment) == ("", "")
    segments = parts.path.split("/")
    assert len(segments) == 5
    assert unquote(segments[3]) == str(value)
    assert ".." not in segments


# --- templates -------------------------------------------------------------------------------------------------------

PLACES = {"visit_id": True, "room": False}
FORM = "paths (ACME_PATHS) must be a path such as /visits: with a leading slash, without host and query."
TEMPLATES = {
    "/{visit_id}": ("visit_id",),
    "/visits/{visit_id}/cancel": ("visit_id",),
    "/{room}/{visit_id}": ("room", "visit_id"),
    "/x/{visit_id}/y/{visit_id}": ("visit_id", "visit_id"),
    "/v2~1/a.b-c_d/{visit_id}.json": ("visit_id",),
    "/visits/{visit_id}:cancel": ("visit_id",),
    "/..x/{visit_id}": ("visit_id",),
}
NO_TEMPLATES = {
    FORM: (
        *("", "/", "visits/{visit_id}", "//x/{visit_id}", "/x//{visit_id}", "/x/{visit_id}/", "/x y/{visit_id}"),
        *(
            "https://evil.example/{visit_id}",
            "/x?a={visit_id}",
            "/x#{visit_id}",
            "/x/%2e%2e/{visit_id}",
            "/x\\{visit_id}",
        ),
        *("/../{visit_id}", "/./{visit_id}", "/.../{visit_id}", "/{visit_id", "/visit_id}", "/{{visit_id}}", "/{}"),
        *("/{visit_id}\n", "/{visit_id}\r\nX: y", "/\u00fc/{visit_id}", "/{visit-id}", "/{visit_id}{", 5, None, b"/x"),
    ),
    "paths (ACME_PATHS) has no {visitId}; its places are {visit_id}, {room}.": ("/{visitId}", "/{visitId}/{visit_id}"),
    "paths (ACME_PATHS) needs {visit_id}.": ("/visits", "/{room}"),
}


@pytest.mark.parametrize(("text", "places"), TEMPLATES.items())
def test_a_template_is_given_back_with_its_places(text, places):
    assert template(text, "paths (ACME_PATHS)", PLACES, "/visits", "acme") == text
    assert places_of(text) == places


@pytest.mark.parametrize(
    ("message", "text"), [(message, text) for message, texts in NO_TEMPLATES.items() for text in texts], ids=repr
)
def test_what_is_no_template_is_refused_by_its_setting(message, text):
    with pytest.raises(ConfigurationError) as caught:
        template(text, "paths (ACME_PATHS)", PLACES, "/visits", "acme")

    assert str(caught.value) == message
    assert caught.value.provider == "acme"


def test_a_template_without_places_says_so():
    assert template("/visits", "path", {}, "/visits", "acme") == "/visits"
    assert places_of("/visits") == ()
    with pytest.raises(ConfigurationError, match=r"^path has no \{id\}; it has no places\.$"):
        template("/{id}", "path", {}, "/visits", "acme")


def test_a_template_is_filled_with_quoted_segments():
    values = {"visit_id": "a?b#c d", "room": 4, "more": "unused"}

    assert filled("/{room}/visits/{visit_id}/{visit_id}:x", values) == "/4/visits/a%3Fb%23c%20d/a%3Fb%23c%20d:x"


@pytest.mark.parametrize("value", ["", "..", "a/b", "a\nb"])
def test_what_is_no_id_does_not_go_into_a_template(value):
    with pytest.raises(ValueError, match=r"^visit_id is not an id"):
        filled("/visits/{visit_id}", {"visit_id": value})


@given(
    st.one_of(st.text(max_size=12), st.text(alphabet="/.{}roomidvst_%?#\\", max_size=24)),
    st.text(max_size=20) | st.integers(),
)
def test_whatever_the_template_what_it_makes_is_a_path_of_as_many_segments(text, value):
    try:
        good = template(f"/a{text}", "path", {"room": False, "visit_id": False}, "/visits", "acme")
        made = filled(good, {"room": value, "visit_id": value})
    except (ConfigurationError, ValueError):
        return
    parts = urlsplit(BASE + made)

    assert (parts.hostname, parts.query, parts.fragment) == ("api.acme.example", "", "")
    assert made.count("/") == good.count("/")
    assert made.isascii()
    assert all(part.strip(".") for part in made.split("/")[1:])


# --- links -----------------------------------------------------------------------------------------------------------

FOLLOWED = {
    f"{BASE}/visits?page=2": f"{BASE}/visits?page=2",
    "https://api.acme.example:443/v1/visits?page=2": f"{BASE}/visits?page=2",
    "https://API.Acme.Example/v1/visits": f"{BASE}/visits",
    "HTTPS://api.acme.example/v1/visits": f"{BASE}/visits",
    "/v1/visits?page=2": f"{BASE}/visits?page=2",
    "https://api.acme.example/v1/visits?q%5B%5D=a%3Ab&x=%2F": f"{BASE}/visits?q%5B%5D=a%3Ab&x=%2F",
    "https://api.acme.example/v1/visits#x": f"{BASE}/visits",
    "https://api.acme.example": "https://api.acme.example",
}
FOREIGN = [
    "https://evil.example/v1/visits",
    "https://api.acme.example.evil.example/v1/visits",
    "https://evil.example/https://api.acme.example/v1/visits",
    f"https://evil.example/?next={BASE}/visits",
    f"https://evil.example/#{BASE}",
    "http://api.acme.example/v1/visits",
    "ftp://api.acme.example/v1/visits",
    "https://api.acme.example:8443/v1/visits",
    "https://api.acme.example:80/v1/visits",
    "https://user@api.acme.example/v1/visits",
    "https://user:pass@api.acme.example/v1/visits",
    "https://@api.acme.example/v1/visits",
    "https://api.acme.example@evil.example/v1/visits",
    "https://api.acme.example:443@evil.example/",
    "//evil.example/v1/visits",
    "//api.acme.example/v1/visits",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:\\\\evil.example\\",
    "https://evil.example\\@api.acme.example/",
    "https:///api.acme.example/v1",
    "https:api.acme.example/v1",
    "https://api.acme.example./v1/visits",
    "https://api.acme.example:99999/v1/visits",
    "https://api.acme.example:x/v1/visits",
    "https://[::1/v1",
    "https://api.acme.example/v1/visits\r\nX-Evil: 1",
    "https://api.acme.example/v1/vi sits",
    "/v1/vi sits",
    " https://api.acme.example/v1/visits",
    "\thttps://api.acme.example/v1/visits",
    "https://api.acme.exampl\u0435/v1",
    "https://api\u3002acme.example/v1",
    "javascript:alert(1)",
    "visits?page=2",
    "?page=2",
    "",
]


@pytest.mark.parametrize(("link", "url"), FOLLOWED.items())
def test_a_link_on_our_own_origin_is_followed(link, url):
    assert followed(BASE, link) == url


@pytest.mark.parametrize("link", FOREIGN)
def test_a_link_elsewhere_is_not_followed(link):
    assert followed(BASE, link) is None


@pytest.mark.parametrize("link", [link for link in FOREIGN if link])
def test_nothing_is_sent_where_a_foreign_link_leads(link):
    first = ask(list_visits().page(None), [page("1", follow=link)]).get()
    done = ask(list_visits().page(first.cursor), [page("2")])

    assert type(done.error) is ResponseUnreadableError
    assert "leads away from the provider's origin" in str(done.error)
    assert link not in str(done.error)
    assert done.sent == []


@given(st.text(st.characters(codec="ascii"), max_size=30), st.sampled_from(["", "https://", "//", BASE, "/"]))
def test_whatever_is_followed_goes_to_our_own_origin(tail, head):
    url = followed(BASE, head + tail)
    if url is not None:
        parts = urlsplit(url)
        assert (parts.scheme, parts.netloc) == ("https", "api.acme.example")


def test_a_port_of_our_own_is_kept():
    base = "http://127.0.0.1:8080/acme"

    assert followed(base, "http://127.0.0.1:8080/acme/x") == "http://127.0.0.1:8080/acme/x"
    assert followed(base, "/acme/x") == "http://127.0.0.1:8080/acme/x"
    assert followed(base, "http://127.0.0.1/acme/x") is None
    assert followed(base, "http://localhost:8080/acme/x") is None


# --- base URLs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://api.acme.example/v1", "https://api.acme.example/v1"),
        ("https://api.acme.example/v1///", "https://api.acme.example/v1"),
        ("https://api.acme.example:8443", "https://api.acme.example:8443"),
        ("http://127.0.0.1:8080/acme", "http://127.0.0.1:8080/acme"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:1", "http://[::1]:1"),
        ("https://[2001:db8::1]/v1", "https://[2001:db8::1]/v1"),
    ],
)
def test_a_base_url_loses_its_trailing_slashes(url, base):
    assert base_url(url, "base_url (ACME_BASE_URL)") == base


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.acme.example",
        "//api.acme.example",
        "/v1",
        "https://",
        "https:///v1",
        "ftp://api.acme.example",
        "http://api.acme.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "https://user:canary@api.acme.example",
        "https://api.acme.example?x=1",
        "https://api.acme.example?",
        "https://api.acme.example#x",
        "https://api.acme.example#",
        "https://api.acme.example/v1/?",
        "https://api.acme.example:99999",
        "https://api .acme.example",
        "https://api.acme.example\n",
        "https://bücher.example",
        "https://[::1",
    ],
)
def test_a_base_url_that_could_lead_elsewhere_is_refused(url):
    with pytest.raises(ConfigurationError, match=r"^base_url \(ACME_BASE_URL\) must") as caught:
        base_url(url, "base_url (ACME_BASE_URL)")

    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("example.com", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine(host, ours):
    assert is_loopback(host) is ours


def test_a_query_is_encoded_in_order():
    assert query_string((("q[]", "a:=b c"), ("q[]", "é&"), ("x", ""))) == "q%5B%5D=a%3A%3Db%20c&q%5B%5D=%C3%A9%26&x="
