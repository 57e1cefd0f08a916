"""What IMIassist does not document and this emulation had to decide, for the documentation to print."""

GUESSES = {
    "all of the wire": (
        "No path, method, header, JSON key, status or error of this vendor's API is public: its pages show the inputs, "
        "outputs and outcomes of a flow's nodes. Everything here but those is a contract of our own, and the real API "
        "may differ in all of it."
    ),
    "the flow": (
        "POST to `/flows/northside/bookings`, an invention as well: it stands for a flow that a customer builds around "
        "the nodes. It runs the API's own handlers, and has other names. `node` in the body says what is meant. What "
        "the webhook itself refuses (path, method, JSON, unknown members) is an HTTP error; all else is a 200 with the "
        "node's outputs (`flow_passes_body`: with `Response_Body`)."
    ),
    "flow, credentials": (
        "Are in the body, and the company is looked up by them: an unknown one is a 404 `company_not_found`, another's "
        "key or user a 401. With `flow_keeps_credentials` it has northside's own and takes none."
    ),
    "ACCESS and REFRESH": (
        "JWTs of HS256 with `type`, `exp` and `jti`, both good for 15 minutes (`access_life`). REFRESH opens nothing."
    ),
    "adding a host": (
        "To an open appointment; from then on it is in no queue. The same host again is a 409 `already_participant`. "
        "Guests cannot be added."
    ),
    "appointment_id": "24 hexadecimal digits that begin with the time.",
    "appointment_type": "Is matched letter by letter; one that the company does not have is a 400.",
    "appointment_uid": "The case id, a hyphen, and a number that counts the appointments of that case.",
    "assignee": "Must be a host of the company, of any team, else a 404; mail addresses in any case.",
    "both team and type": "The team counts; that they fit together is not looked at.",
    "cancelling": (
        "By appointment id, by uid and by external reference id, each at a path of its own; 200 with both ids. A "
        "second time is a 409 `already_cancelled`; what is closed, escalated or missed is a 409 `not_open`."
    ),
    "case": (
        "The prefix, a hyphen and a number; a new one without `reference_case_id`, which is compared letter by letter "
        "and need not be of the same guest. An unknown one is a 404 `case_not_found`."
    ),
    "company of a call": "Follows from API key or integration user, because here all have the same host.",
    "contacts": (
        "Scheduling finds a guest by the first of customer id, phone and email that is sent, and notes what is new; "
        "else it makes one. Making one whose customer id another has is a 409 `duplicate_contact`. Deleting one leaves "
        "the appointments as they are."
    ),
    "content type": "A body must call itself application/json, else it is a 415; no body at all is an empty object.",
    "custom attributes": "A flat object; changes are merged by name. One that is not configured is a 400.",
    "duration": "Above the department's maximum it is a 400 `duration_exceeds_maximum`.",
    "error bodies": (
        '`{"error": {"code", "message", "details": [{"field", "message"}]}}`; a 400 lists every member that is wrong.'
    ),
    "existing token": (
        "A 404 `token_not_found` once it has expired or was revoked; with `existing_gives_spent` it is given all the "
        "same."
    ),
    "external reference id": (
        "Of all appointments that are not cancelled, one may have it: 409 `duplicate_external_reference`. By it the "
        "latest is found."
    ),
    "get": "`GET /appointments/{appointment_id}` is an extension: no node reads an appointment.",
    "header names and schemes": (
        "`X-Api-Key`, `Authorization: Token ...` and `Authorization: Bearer ...`; `api_key_header`, `token_header`, "
        "`token_scheme`, `access_header` and `access_scheme` turn them."
    ),
    "null and empty texts": "Are a 400; only a custom attribute may be either.",
    "order of refusals": (
        "404 or 405 for the path, 401, 415 and 400 for the body (also contact details that the company requires, an "
        "unknown type, attributes that are not configured); 404 for what the path names; 404 for team, assignee, case; "
        "the duration's maximum; the external reference."
    ),
    "overlaps": "Are allowed: hosts have no diary here.",
    "participants": (
        "A list, hosts first, each with a link of their own; `participants_as` turns that to an object or to a string "
        "of JSON, and `wrapped_in` puts the whole answer into a member."
    ),
    "primary guest": "Cannot be removed: 403 `not_allowed`.",
    "rate limits": "None.",
    "removing a host": "The last one's leaving puts the appointment back in its team's queue.",
    "required contact details": (
        "Where a company requires a phone number or a mail address, every booking must say it, also of a guest "
        "whom the company knows."
    ),
    "start_time": "Any ISO 8601 time with an offset, also one that has passed.",
    "statuses": (
        "OPEN and CANCELLED; of what the world begins with also CLOSED, ESCALATED and PATIENT_DNA. Nothing closes by "
        "itself."
    ),
    "title": "`Video appointment with` and the guest's name, or `guest`.",
    "tokens": (
        "One a company; a new one replaces it at once. They do not end (`token_life`); `revoke()` ends one, and "
        "`renew()` puts another in its place."
    ),
    "unknown members": "A 400 (`unknown_members`).",
    "usage report": (
        "Takes a minute (`report_after`). Its transaction is IN_PROGRESS, then COMPLETED; `output_log` is an object "
        "with `status`, `summary_url` and `appointments_url`, which lead nowhere."
    ),
}
