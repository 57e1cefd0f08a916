"""What Cubu does not document and this emulation had to decide, for the documentation to print."""

GUESSES = {
    "answer to a booking": (
        "Has the members of Queue Up's answer, without an `appointment` (`answer_has_appointment`); `queueTimestamp` "
        "and `position` are null."
    ),
    "before a booking": (
        "`before_book` is a function. It is given what `afterBookAppointment` will tell, once all else is right, and "
        "not for a walk-in. Its `fields` are laid over those that were sent, its `tagIds` replace them. With another "
        "service type comes its duration, and the time is not looked at again. `cancel` is a 400 with 99004 and its "
        "text."
    ),
    "booking windows": "Are shown (agents 90 days, customers 30) and not enforced.",
    "bypassTimeslotCheck": (
        "Also allows what overlaps another appointment, is off the steps, or has begun; it must lie wholly in one "
        "stretch of the working hours."
    ),
    "calendars": "Every service has its calendars on every day from 1970 to 2099; on other days the list is empty.",
    "cancelling": (
        "DELETE of the appointment, POST to its `/actions/cancel`, or POST to `/cases/{caseId}/actions/cancel` "
        "(`cancel_forms`), all for the role Appointments Manager; 204 without a body. The list has it no more, and its "
        "time is free."
    ),
    "cancelling twice": (
        "404 in its calendar, where it is no more; 409 with 99003 under `/cases`. A case that is Active or Resolved is "
        "a 409 with 1001."
    ),
    "content type": "A body must call itself application/json, else it is a 415.",
    "cusotmerRecordId": (
        "`customerRecordId` is bound, too (`customer_record_key`); both at once must be the same. A key that is not "
        "bound is ignored. An unknown customer is a 400."
    ),
    "customer keys": (
        "Belong to one record each: a second one with the same is a 409 with 99005. Queries compare them letter by "
        "letter; a slug that is not a key field's is a 400."
    ),
    "customers not found": (
        "A query that finds nothing is a 404; `missing_status` turns that to 204. Under their own path they are "
        "always a 404."
    ),
    "empty strings": "Count as left out, as null does.",
    "entryMode": "`Appointment` for what was booked.",
    "error bodies": (
        '`{"errorCode", "message"}`, and `errors` by member in a 400, which lists everything that is wrong. The codes '
        "from 99001 on are the emulation's own: 99001 not vacant, 99002 outside working hours, 99003 cancelled already,"
        " 99004 refused by the organization's hook, 99005 a customer's key taken, 99000 and the status for all else. A "
        "401 has no body."
    ),
    "expires_in": "A second less than the token lives.",
    "fields and tags of a case": (
        "`fields` is the object that was sent and `tags` the list of ids; null if there are none. Any known field type "
        "will do, with a plain value; an unknown id is a 400."
    ),
    "fields of a customer": (
        "Are text; null and an empty text empty them, except where they are required: 400. Of each entry of an update"
        " `fieldTypeId` and `value` are read, and the rest is ignored."
    ),
    "foreign application": "A good token in the path of another application is a 403.",
    "hash of a field": "The SHA-256 of its value, in hexadecimal digits.",
    "languages": "Unknown ones are a 400; without one it is the organization's first.",
    "minutes that come twice": "On a day of 25 hours they are listed once, and mean the first.",
    "minutes that do not exist": (
        "On a day of 23 hours they are not vacant, nor is what would last into them; booking one is a 409 with 99002, "
        "also under `bypassTimeslotCheck`."
    ),
    "no-show probability": "0.2 for everybody; calendars are not overbooked for it.",
    "order of refusals": (
        "404 or 405 for the path, 401, 403 for the application and the role, 404 for the calendar, 415 and 400 for the "
        "body, working hours, vacancy."
    ),
    "overlaps": "Are told by real time, so that nobody is counted twice on a day of 23 hours.",
    "past": "What has begun is not vacant; there is no minimum time in advance.",
    "path of a customer": "GET has the documented path of PATCH; `customer_path` moves GET alone.",
    "paths": "An id, date or cuIndex that is none is a 404.",
    "phone numbers": (
        "Exactly ten digits are taken, and kept with `+1` before them; `phone_format` turns that to E.164."
    ),
    "queue": (
        "A walk-in is Waiting from the moment at which it comes, and stays so; `position` counts who waits in the "
        "same inbox, the new one included. `entryMode` is `WalkIn`."
    ),
    "rate limits": "None.",
    "roles": "Are looked up when a call comes, not when its token was made.",
    "serviceTypeId": "One that the service does not have is a 400, for vacancies as well.",
    "slots, grid": "Stay on the steps from the beginning of a stretch of working hours, also behind an appointment.",
    "slots, neighbours": "Stretches that touch are not joined.",
    "statistics": "`isFullyBooked` where no minute is left; without working hours the rates are 0 and it is full.",
    "taken": "What is not vacant is a 409 with 99001; `taken_status` turns that.",
    "tickets": "Numbers begin at 1 for every service, and bookings draw them, too.",
    "timestamps": "In steps of 100 ns, growing with every change even while the clock stands still.",
    "token endpoint": (
        "Is `/{tenantId}/oauth2/v2.0/token` below the emulation's base; the scope must be `<clientId>/.default` "
        "(`scope`). Tokens are signed with a key of the emulation's own (HS256)."
    ),
    "useCustomerContactInfo": (
        "Takes what the call does not say from the customer's fields with the slugs customer-phone and "
        "customer-email; without a customer it is a 400."
    ),
    "users of a calendar": "Who may book in it is not looked at; `allowAnonymousAgentBooking` where it has no agent.",
    "webhook authorization": (
        "`HMAC` and the HMAC-SHA256 of the raw body in base64, with the key's UTF-8 bytes; `webhook()` turns encoding"
        " and algorithm. Without a key there is none."
    ),
    "webhook delivery": (
        "One server is told, of every service, with a POST, once: any 2xx within 5 seconds is a success, and nothing "
        "is sent again. Calls come one by one, in order. They go to this machine alone, unless `deliver_anywhere` says "
        "otherwise: others are `withheld`."
    ),
}
