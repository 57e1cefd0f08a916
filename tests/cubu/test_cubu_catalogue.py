"""A catalogue: from a file and by hand, what it finds, and everything that can be wrong with it."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apptsdk.errors import ConfigurationError
from apptsdk.providers.cubu.catalogue import (
    Catalogue,
    CatalogueFieldType,
    CatalogueService,
    CatalogueServiceType,
    CatalogueTag,
)
from apptsdk.providers.cubu.models.shared import Channel

DESK = "5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
LINE = "9c1d4f3a-0d6f-4c1e-8a21-5b1c2f707a10"
RENEWAL = "a4f01c22-77d0-4c3c-9d53-2f0b8e61a901"
NATIONAL_ID = "d0a94b37-1d8e-4a55-b2c6-6b1f0c9e3302"
SEAT = "f1b2c3d4-1d8e-4a55-b2c6-6b1f0c9e3303"
VIP = "e7b3c6d1-52f4-4f0b-8f7d-1a2b3c4d5e6f"
OTHER = "00000000-0000-4000-8000-00000000000f"

TOML = f"""
languages = ["en-US", "he-IL"]
customer_key = "national ID"

[[services]]
id = "{DESK.upper()}"
name = "Front desk"
time_zone = "Asia/Jerusalem"

[[services]]
id = "{LINE}"
name = "Island line"

[[service_types]]
id = "{RENEWAL}"
name = "Passport renewal"
duration = 10
channels = ["FaceToFace", "Video"]

[[field_types]]
id = "{NATIONAL_ID}"
name = "National id"
slug = "customer-national-id"

[[field_types]]
id = "{SEAT}"
name = "Seat"

[[tags]]
id = "{VIP}"
name = "VIP"
"""
MADE = Catalogue(
    services=(
        CatalogueService(id=DESK, name="Front desk", time_zone="Asia/Jerusalem"),
        CatalogueService(id=LINE, name="Island line"),
    ),
    service_types=(
        CatalogueServiceType(
            id=RENEWAL,
            name="Passport renewal",
            duration=timedelta(minutes=10),
            channels=(Channel.FACE_TO_FACE, Channel.VIDEO),
        ),
    ),
    field_types=(
        CatalogueFieldType(id=NATIONAL_ID, name="National id", slug="customer-national-id"),
        CatalogueFieldType(id=SEAT, name="Seat"),
    ),
    tags=(CatalogueTag(id=VIP, name="VIP"),),
    languages=("en-US", "he-IL"),
    customer_key="national ID",
)
DURATION = "must be whole minutes, 1 to 1440: a number of them in a file, a timedelta in Python"
CHANNELS = "must be a list of FaceToFace, Video, Phone"
GUID = "id is not a GUID such as 5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10"
TEXT = "must be a text, and not blank"
ZONE = (
    'time_zone must be the IANA name of a time zone, such as "Asia/Jerusalem", or its Windows name, such as "Israel '
    'Standard Time".'
)
NO_WINDOWS_NAME = (
    'time_zone is "Mars Standard Time", which is the Windows name of no known time zone. Give the IANA name, such as '
    '"Asia/Jerusalem".'
)
KEY = "customer_key must be the id, name or slug of a field type"
SERVICE = CatalogueService(id=DESK, name="Front desk")


@pytest.fixture
def load(tmp_path):
    """Load a catalogue from a file that holds a text."""

    def loaded(text):
        path = tmp_path / "cubu.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Catalogue.load(path)

    return loaded


def complaints(error, path=None):
    """Take apart what an error lists."""
    first, *listed = error.message.split("\n")
    assert first == f"The catalogue {path} is not right:" if path else "The catalogue is not right:"
    assert all(line.startswith("- ") for line in listed)
    assert error.provider == "cubu"
    return [line.removeprefix("- ") for line in listed]


# --- what it is ------------------------------------------------------------------------------------------------------


def test_a_file_and_python_make_the_same_catalogue(load):
    loaded = load(TOML)
    assert loaded == MADE
    assert hash(loaded) == hash(MADE)
    assert loaded.service_types[0].duration == timedelta(minutes=10)
    assert loaded.services[0].id == DESK


def test_catalogues_that_differ_in_one_name_are_not_equal(load):
    assert load(TOML.replace("Seat", "Chair")) != MADE


def test_a_path_may_be_a_str_too(tmp_path):
    path = tmp_path / "cubu.toml"
    path.write_text(TOML, encoding="utf-8")
    assert Catalogue.load(str(path)) == MADE


def test_a_file_of_another_system_reads_the_same(load):
    assert load(b"\xef\xbb\xbf" + TOML.replace("\n", "\r\n").encode()) == MADE


def test_lists_are_taken_for_tuples():
    made = Catalogue(
        services=[SERVICE],
        service_types=[CatalogueServiceType(id=RENEWAL, name="Passport renewal", channels=["Video", Channel.PHONE])],
        languages=["en-US"],
    )
    assert made.services == (SERVICE,)
    assert made.service_types[0].channels == (Channel.VIDEO, Channel.PHONE)
    assert all(type(channel) is Channel for channel in made.service_types[0].channels)
    assert made.languages == ("en-US",)
    assert hash(made) == hash(attrs.evolve(made))


def test_an_empty_catalogue_is_a_catalogue(load):
    assert load("") == Catalogue()
    assert Catalogue().key_field is None


def test_a_catalogue_never_changes():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        MADE.tags = ()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        MADE.services[0].name = "Back desk"


def test_the_repr_shows_counts_only():
    assert repr(MADE) == "<Catalogue services=2 service_types=1 field_types=2 tags=1 languages=2>"


def test_a_catalogue_survives_pickling():
    assert pickle.loads(pickle.dumps(MADE)) == MADE


def test_a_windows_name_is_a_time_zone_as_well(load):
    assert load(TOML.replace("Asia/Jerusalem", "Israel Standard Time")).services[0].time_zone == "Israel Standard Time"


def test_the_example_in_the_docstring_is_a_catalogue(load):
    lines = Catalogue.__doc__.split("```toml\n")[1].split("```")[0]
    found = load("\n".join(line.removeprefix("    ") for line in lines.split("\n")))
    assert repr(found) == "<Catalogue services=1 service_types=1 field_types=1 tags=1 languages=2>"
    assert found.key_field == found.field_types[0]


def test_importing_it_loads_neither_toml_nor_zones():
    code = (
        "import sys; before = {*sys.modules}; import apptsdk.providers.cubu.catalogue; "
        "print([name for name in ('tomllib', 'tzlocal', 'zoneinfo') if name in {*sys.modules} - before])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- what it finds ---------------------------------------------------------------------------------------------------

LOOKUPS = {
    "service_id": (DESK, "Front desk", 'the catalogue\'s services are "Front desk", "Island line"', "services"),
    "service_type_id": (
        RENEWAL,
        "Passport renewal",
        'the catalogue\'s service types are "Passport renewal"',
        "service types",
    ),
    "field_type_id": (
        NATIONAL_ID,
        "National id",
        'the catalogue\'s field types are "National id", "Seat"',
        "field types",
    ),
    "tag_id": (VIP, "VIP", 'the catalogue\'s tags are "VIP"', "tags"),
}


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_name_is_its_guid_whatever_its_case(lookup):
    id_, name, *_ = LOOKUPS[lookup]
    find = getattr(MADE, lookup)
    assert {find(text, "x") for text in (name, name.upper(), name.lower(), f" {name} ")} == {id_}


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_guid_is_taken_as_it_is_known_or_not(lookup):
    find = getattr(MADE, lookup)
    assert find(LOOKUPS[lookup][0].upper(), "x") == LOOKUPS[lookup][0]
    assert find(OTHER.upper(), "x") == OTHER
    assert getattr(Catalogue(), lookup)(OTHER, "x") == OTHER


def test_a_field_type_is_found_by_its_slug_as_well():
    assert MADE.field_type_id("Customer-National-ID", "fields") == NATIONAL_ID


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize("value", ["Nowhere", "", " ", DESK[:-1]])
def test_an_unknown_name_names_the_argument_and_the_names_that_there_are(lookup, value):
    with pytest.raises(ValueError, match="given_as") as caught:
        getattr(MADE, lookup)(value, "given_as")
    assert str(caught.value) == (
        f"given_as is neither a GUID such as 5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10 nor a name: {LOOKUPS[lookup][2]}."
    )


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_without_a_catalogue_a_name_says_how_to_give_one(lookup):
    with pytest.raises(ValueError, match="given_as") as caught:
        getattr(Catalogue(), lookup)("Front desk", "given_as")
    assert str(caught.value) == (
        "given_as is neither a GUID such as 5b1c2f70-9c1d-4f3a-8a21-0d6f5c1e7a10 nor a name: "
        f"the catalogue has no {LOOKUPS[lookup][3]}; "
        "catalogue in CubuSettings (CUBU_CATALOGUE) gives GUIDs a name."
    )


def test_at_most_ten_names_are_listed():
    made = Catalogue(tags=tuple(CatalogueTag(id=str(UUID(int=n)), name=f"t{n}") for n in range(13)))
    with pytest.raises(ValueError, match="tag_ids") as caught:
        made.tag_id("t99", "tag_ids")
    listed = ", ".join(f'"t{n}"' for n in range(10))
    assert str(caught.value).endswith(f"the catalogue's tags are {listed} and 3 more.")
    assert made.tag_id("T12", "tag_ids") == str(UUID(int=12))


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize("value", [5, None, True, b"VIP", SERVICE])
def test_what_is_no_text_is_a_type_error(lookup, value):
    with pytest.raises(TypeError, match=f"^given_as must be a str, not {type(value).__name__}"):
        getattr(MADE, lookup)(value, "given_as")


def test_a_uuid_is_told_to_become_a_str():
    with pytest.raises(TypeError, match=r"^service_id must be a str, not UUID. Pass its str\(\)\.$"):
        MADE.service_id(UUID(DESK), "service_id")


def test_entries_are_found_by_their_guid():
    assert MADE.find_service(LINE.upper()) is MADE.services[1]
    assert MADE.find_service(OTHER) is None
    assert MADE.find_service("Front desk") is None
    assert MADE.find_service_type(RENEWAL.upper()) is MADE.service_types[0]
    assert MADE.find_service_type(DESK) is None


@pytest.mark.parametrize("key", [NATIONAL_ID, NATIONAL_ID.upper(), "National id", "CUSTOMER-national-id"])
def test_the_customers_key_is_a_field_type_by_its_id_name_or_slug(load, key):
    loaded = load(TOML.replace("national ID", key))
    assert loaded.key_field is loaded.field_types[0]


# --- what can be wrong -----------------------------------------------------------------------------------------------


def entry(table, **keys):
    """Write an entry of a table."""
    return "\n".join([f"[[{table}]]", *(f"{key} = {json.dumps(value)}" for key, value in keys.items()), ""])


def service(**keys):
    return entry("services", **{"id": DESK, "name": "Front desk", **keys})


def kind(**keys):
    return entry("service_types", **{"id": RENEWAL, "name": "Renewal", **keys})


def field(**keys):
    return entry("field_types", **{"id": NATIONAL_ID, "name": "National id", **keys})


DESK_SAYS = 'services, entry 1 ("Front desk")'
KIND_SAYS = 'service_types, entry 1 ("Renewal")'
FIELD_SAYS = 'field_types, entry 1 ("National id")'
WRONG_FILES = {
    "an id that is missing": (entry("tags", name="VIP"), ['tags, entry 1 ("VIP"): id is missing.']),
    "a name that is missing": (entry("tags", id=VIP), ["tags, entry 1: name is missing."]),
    "an id that is no GUID": (service(id="5b1c"), [f"{DESK_SAYS}: {GUID}."]),
    "an id with braces": (service(id=f"{{{DESK}}}"), [f"{DESK_SAYS}: {GUID}."]),
    "an id that is a number": (service(id=5), [f"{DESK_SAYS}: id must be a str, not int."]),
    "a blank name": (service(name=" "), [f'services, entry 1 (" "): name {TEXT}.']),
    "a name that is a number": (service(name=5), [f"services, entry 1: name {TEXT}."]),
    "a name that is a GUID": (
        service(name=LINE),
        [f'services, entry 1 ("{LINE}"): name must not be a GUID: that would be taken for an id.'],
    ),
    "a slug that is blank": (field(slug=""), [f"{FIELD_SAYS}: slug {TEXT}."]),
    "a slug that is a list": (field(slug=["a"]), [f"{FIELD_SAYS}: slug {TEXT}."]),
    "an id given twice": (
        service() + entry("services", id=DESK.upper(), name="Other"),
        ['services, entry 2 ("Other"): its id is that of entry 1, too.'],
    ),
    "a name given twice": (
        service() + service(id=LINE, name="front DESK "),
        ['services, entry 2 ("front DESK "): its name or slug is that of entry 1, too.'],
    ),
    "a name that is another's slug": (
        field(slug="seat") + field(id=SEAT, name="Seat"),
        ['field_types, entry 2 ("Seat"): its name or slug is that of entry 1, too.'],
    ),
    "an unknown key of an entry": (
        service(timezone="Asia/Jerusalem"),
        [f'{DESK_SAYS}: "timezone" is no key: they are id, name, time_zone.'],
    ),
    "a key of another table's entry": (
        service(duration=10),
        [f'{DESK_SAYS}: "duration" is no key: they are id, name, time_zone.'],
    ),
    "an unknown table": (
        entry("service", id=DESK, name="Front desk"),
        [
            '"service" is no key: they are languages, customer_key, services, service_types, field_types, tags.',
        ],
    ),
    "a table that is no list": (
        f'[services]\nid = "{DESK}"\nname = "Front desk"\n',
        ["services must be a list of CatalogueService; in a file, tables that begin with [[services]]."],
    ),
    "a table that is a text": (
        'tags = "VIP"',
        ["tags must be a list of CatalogueTag; in a file, tables that begin with [[tags]]."],
    ),
    "an entry that is no table": (
        'tags = ["VIP"]',
        ["tags, entry 1 must be a CatalogueTag; in a file, a table that begins with [[tags]]."],
    ),
    "an unknown zone": (
        service(time_zone="Asia/Atlantis"),
        [
            f"{DESK_SAYS}: {ZONE} If it is one, this machine does not have it: pip install tzdata.",
        ],
    ),
    "a zone that is a path": (
        service(time_zone="../x"),
        [f"{DESK_SAYS}: {ZONE}"],
    ),
    "an unknown Windows name": (
        service(time_zone="Mars Standard Time"),
        [f"{DESK_SAYS}: {NO_WINDOWS_NAME}"],
    ),
    "a zone that is a number": (
        service(time_zone=2),
        [f"{DESK_SAYS}: {ZONE}"],
    ),
    "an unknown channel": (kind(channels=["Fax"]), [f"{KIND_SAYS}: channels {CHANNELS}."]),
    "a channel in small letters": (kind(channels=["video"]), [f"{KIND_SAYS}: channels {CHANNELS}."]),
    "a channel that is a number": (kind(channels=[1]), [f"{KIND_SAYS}: channels {CHANNELS}."]),
    "channels that are no list": (kind(channels="Video"), [f"{KIND_SAYS}: channels {CHANNELS}."]),
    "channels that are true": (kind(channels=True), [f"{KIND_SAYS}: channels {CHANNELS}."]),
    "languages that are a text": ('languages = "en-US"', ['languages must be a list of texts such as "en-US".']),
    "a language that is a number": ("languages = [1]", ['languages must be a list of texts such as "en-US".']),
    "a blank language": ('languages = [""]', ['languages must be a list of texts such as "en-US".']),
    "a language given twice": ('languages = ["en-US", "EN-us"]', ["languages names one of them twice."]),
    "a customer's key of no field type": (
        'customer_key = "Email"\n' + field(slug="a"),
        [
            f'{KEY}; the catalogue\'s field types are "National id".',
        ],
    ),
    "a customer's key without field types": (
        f'customer_key = "{NATIONAL_ID}"',
        [f"{KEY}; the catalogue has no field types."],
    ),
    "a customer's key that is a number": (
        "customer_key = 5\n" + field(slug="a"),
        [
            f'{KEY}; the catalogue\'s field types are "National id".',
        ],
    ),
    "a customer's key without slug": (
        'customer_key = "National id"\n' + field(),
        ["customer_key: that field type has no slug, by which Cubu searches for a customer."],
    ),
    "several at once": (
        service(id="5b1c", zone="UTC") + entry("tags", name="VIP") + kind(duration=0),
        [
            f'{DESK_SAYS}: "zone" is no key: they are id, name, time_zone.',
            f"{DESK_SAYS}: {GUID}.",
            f"{KIND_SAYS}: duration {DURATION}.",
            'tags, entry 1 ("VIP"): id is missing.',
        ],
    ),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_wrong_file_is_refused_with_the_table_the_entry_and_the_problem(load, tmp_path, case):
    text, problems = WRONG_FILES[case]
    with pytest.raises(ConfigurationError) as caught:
        load(text)
    assert complaints(caught.value, tmp_path / "cubu.toml") == problems


@pytest.mark.parametrize(
    "duration",
    ["0", "-10", "1441", "10.0", "10.5", "true", '"10"', "inf", "nan", "[10]", "1979-05-27", "07:32:00", str(10**40)],
)
def test_a_duration_is_a_whole_number_of_minutes_up_to_a_day(load, tmp_path, duration):
    with pytest.raises(ConfigurationError) as caught:
        load(f"{kind()}duration = {duration}\n")
    assert complaints(caught.value, tmp_path / "cubu.toml") == [f"{KIND_SAYS}: duration {DURATION}."]


@pytest.mark.parametrize("minutes", [1, 1440])
def test_a_minute_and_a_day_are_durations(load, minutes):
    assert load(kind(duration=minutes)).service_types[0].duration == timedelta(minutes=minutes)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    path = tmp_path / "nowhere.toml"
    with pytest.raises(ConfigurationError) as caught:
        Catalogue.load(path)
    assert caught.value.message == f"The catalogue {path} cannot be read: No such file or directory."
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_a_folder_is_refused_by_name(tmp_path):
    with pytest.raises(ConfigurationError) as caught:
        Catalogue.load(tmp_path)
    assert caught.value.message.startswith(f"The catalogue {tmp_path} cannot be read: ")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[services]\n", "Expected"),
        ("languages = \n", "Invalid value"),
        ("customer_key = 1\ncustomer_key = 2\n", "Cannot overwrite"),
        (b"\xff\xfe[services]", "can't decode"),
        ('{"services": []}', "Invalid statement"),
        (f"languages = {'[' * 20_000}", ""),
    ],
)
def test_a_file_that_is_no_toml_is_refused_by_name_and_place(load, tmp_path, text, why):
    with pytest.raises(ConfigurationError) as caught:
        load(text)
    assert caught.value.message.startswith(f"The catalogue {tmp_path / 'cubu.toml'} is no TOML: ")
    assert why in caught.value.message
    assert caught.value.provider == "cubu"


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        (
            {"services": None},
            "services must be a list of CatalogueService; in a file, tables that begin with [[services]].",
        ),
        (
            {"services": "x"},
            "services must be a list of CatalogueService; in a file, tables that begin with [[services]].",
        ),
        (
            {"services": 5},
            "services must be a list of CatalogueService; in a file, tables that begin with [[services]].",
        ),
        (
            {"services": (CatalogueTag(id=VIP, name="VIP"),)},
            'services, entry 1 ("VIP") must be a CatalogueService; in a file, a table that begins with [[services]].',
        ),
        (
            {"tags": [{"id": VIP, "name": "VIP"}]},
            "tags, entry 1 must be a CatalogueTag; in a file, a table that begins with [[tags]].",
        ),
        ({"services": [CatalogueService(id="5b1c", name="Front desk")]}, f"{DESK_SAYS}: {GUID}."),
        (
            {"services": [CatalogueService(id=UUID(DESK), name="Front desk")]},
            f"{DESK_SAYS}: id must be a str, not UUID. Pass its str().",
        ),
        ({"services": [CatalogueService(id=None, name="Front desk")]}, f"{DESK_SAYS}: id is missing."),
        (
            {"services": [SERVICE, CatalogueService(id=DESK.upper(), name="Other")]},
            'services, entry 2 ("Other"): its id is that of entry 1, too.',
        ),
        (
            {"service_types": [CatalogueServiceType(id=RENEWAL, name="Renewal", duration=10)]},
            f"{KIND_SAYS}: duration {DURATION}.",
        ),
        (
            {"service_types": [CatalogueServiceType(id=RENEWAL, name="Renewal", duration=timedelta(seconds=90))]},
            f"{KIND_SAYS}: duration {DURATION}.",
        ),
        (
            {"service_types": [CatalogueServiceType(id=RENEWAL, name="Renewal", duration=timedelta.max)]},
            f"{KIND_SAYS}: duration {DURATION}.",
        ),
        (
            {"service_types": [CatalogueServiceType(id=RENEWAL, name="Renewal", duration=timedelta(0))]},
            f"{KIND_SAYS}: duration {DURATION}.",
        ),
        (
            {"service_types": [CatalogueServiceType(id=RENEWAL, name="Renewal", channels=[Channel("Fax")])]},
            f"{KIND_SAYS}: channels {CHANNELS}.",
        ),
        (
            {"service_types": [CatalogueServiceType(id=RENEWAL, name="Renewal", channels=None)]},
            f"{KIND_SAYS}: channels {CHANNELS}.",
        ),
        ({"languages": None}, 'languages must be a list of texts such as "en-US".'),
        ({"languages": "en-US"}, 'languages must be a list of texts such as "en-US".'),
        (
            {"customer_key": "Seat"},
            "customer_key must be the id, name or slug of a field type; the catalogue has no field types.",
        ),
    ],
)
def test_a_catalogue_made_by_hand_is_checked_as_strictly(parts, problem):
    with pytest.raises(ConfigurationError) as caught:
        Catalogue(**parts)
    assert complaints(caught.value) == [problem]


def test_evolving_a_catalogue_checks_it_again():
    with pytest.raises(ConfigurationError) as caught:
        attrs.evolve(MADE, customer_key="Seat")
    assert complaints(caught.value) == [
        "customer_key: that field type has no slug, by which Cubu searches for a customer."
    ]


def test_at_most_twenty_problems_are_listed():
    with pytest.raises(ConfigurationError) as caught:
        Catalogue(tags=tuple(CatalogueTag(id="x", name=f"t{n}") for n in range(15)))
    listed = complaints(caught.value)  # fifteen bad ids, and fourteen that are the same
    assert len(listed) == 21
    assert listed[20] == "and 9 more"


# --- there and back --------------------------------------------------------------------------------------------------

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)


def apart(text):
    return text.strip().casefold()


@st.composite
def catalogues(draw):
    """Make any catalogue."""

    def entries(kind, **fields):
        names = draw(st.lists(NAMES, max_size=4, unique_by=apart))
        ids = draw(st.lists(st.uuids().map(str), min_size=len(names), max_size=len(names), unique=True))
        return tuple(
            kind(id=id_, name=name, **{key: draw(values) for key, values in fields.items()})
            for id_, name in zip(ids, names, strict=True)
        )

    field_types = entries(CatalogueFieldType)
    taken = {apart(one.name) for one in field_types}
    slugs = draw(st.lists(NAMES.filter(lambda text: apart(text) not in taken), max_size=4, unique_by=apart))
    field_types = tuple(
        attrs.evolve(one, slug=slugs[at]) if at < len(slugs) else one for at, one in enumerate(field_types)
    )
    keys = [key for one in field_types if one.slug for key in (one.id, one.name, one.slug)]
    return Catalogue(
        services=entries(CatalogueService, time_zone=st.sampled_from([None, "UTC", "Israel Standard Time"])),
        service_types=entries(
            CatalogueServiceType,
            duration=st.none() | st.integers(1, 1440).map(lambda minutes: timedelta(minutes=minutes)),
            channels=st.lists(st.sampled_from([*Channel]), max_size=3).map(tuple),
        ),
        field_types=field_types,
        tags=entries(CatalogueTag),
        languages=tuple(draw(st.lists(NAMES, max_size=3, unique_by=apart))),
        customer_key=draw(st.sampled_from([None, *keys])),
    )


def written(catalogue):
    """Write a catalogue as TOML."""

    def value(given):
        if isinstance(given, timedelta):
            return str(given // timedelta(minutes=1))
        return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")

    lines = [f"languages = {value(catalogue.languages)}"]
    if catalogue.customer_key is not None:
        lines.append(f"customer_key = {value(catalogue.customer_key)}")
    for table in ("services", "service_types", "field_types", "tags"):
        for one in getattr(catalogue, table):
            lines.append(f"[[{table}]]")
            lines += [f"{key} = {value(given)}" for key, given in attrs.asdict(one).items() if given is not None]
    return "\n".join(lines)


@settings(deadline=None)
@given(catalogues())
def test_a_catalogue_that_is_written_and_loaded_is_the_same(catalogue):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cubu.toml"
        path.write_text(written(catalogue), encoding="utf-8", newline="")
        loaded = Catalogue.load(path)
    assert loaded == catalogue
    assert repr(loaded) == repr(catalogue)
    if catalogue.customer_key is not None:
        assert loaded.key_field.slug is not None
    for one in catalogue.field_types:
        assert {loaded.field_type_id(text, "x") for text in (one.id, one.name, one.slug) if text} == {one.id}
