"""What NexHealth does not document and this emulation had to decide, for the documentation to print."""

GUESSES = {
    "activating a subscription": "Activating a subscription activates its endpoint, too.",
    "appointment_type_id of a slot search": (
        "An unknown one is a 404; it wins over `slot_length`, and `slot_interval` still counts."
    ),
    "appointment_types of providers and chairs": "All types of their working hours, active or not.",
    "appointment_updated": (
        "Comes when a change has been written, one for each PATCH that changed something; `data` has "
        "`previous_attributes` beside `appointment`. What ended otherwise has it in the name, as insertions have."
    ),
    "appointments_per_timeslot": (
        "Is read (1 to 5, else 400) and counts only where the system can share a time (NextGen here); elsewhere it"
        " is 1."
    ),
    "blocks on the schedule": (
        "`unavailable: true` may be laid over appointments and needs neither patient nor type; `patient_id` is "
        "null then."
    ),
    "body types": (
        "JSON alone: any other content type, or JSON for a route that does not exist, is a 415; without a body "
        "that is a 404."
    ),
    "cancelled appointments": "Are listed, unless `cancelled=false` says otherwise.",
    "cancelling before the write": "Nothing is written any more, so that there is `appointment_updated` alone.",
    "cancelling twice": (
        "400 with the text of what is not synced, as one client met it; `cancelled: false` afterwards, too."
    ),
    "chair of a slot search": (
        "A group has an `operatory_id` of its own only if `operatory_ids[]` names exactly one chair."
    ),
    "check-in before the write": (
        "400 with the text of what is not synced, like a confirmation; a second check-in is a 400."
    ),
    "confirming twice": "Changes nothing; `confirmed: false` afterwards is a 400.",
    "conflicts": "An appointment takes the time of its provider in every chair and of its chair for every provider.",
    "cursors": (
        "Hold an id and a place; where the row is gone, the list goes on where it would be. Both at once, or one "
        "that cannot be read, is a 400."
    ),
    "days of a slot search": "1 to 366; the vendor advises at most 14.",
    "deleting a webhook endpoint": "Deletes its subscriptions, too.",
    "delivery": (
        "Any 2xx within 5 seconds is a success; redirects are not followed. What an endpoint is told comes one by "
        "one, in order. Webhooks go to this machine alone, unless `deliver_anywhere` says otherwise: others are "
        "`withheld`."
    ),
    "delivery_errors": "Always empty, so that every attempt has the same body.",
    "duplicates of a patient": (
        "Same first and last name in any case, same date of birth, same `phone_number`, at any location of the "
        "practice."
    ),
    "end of the retries": (
        "One webhook that fails for 48 hours is enough for the endpoint to become inactive; what else waits for it"
        " is dropped at its next attempt."
    ),
    "end_time without a type": "15 minutes after the start.",
    "events": (
        "Those about appointments, patients and sync status come by themselves; any other can be sent with "
        "`announce()`. Events of v3.1.0 alone cannot be subscribed to."
    ),
    "foreign location": "One of another practice, or unknown, is a 403, in `lids[]` and `location_ids[]` as well.",
    "foreign_id of what was written": "The last six digits of the id, of the location's own system.",
    "guardians": (
        "The appointment keeps the guardian's `patient_id`; the dependent becomes a new patient whose guarantor "
        "the guardian is."
    ),
    "hipaa of a new patient": "All false, and the dates null.",
    "how a write ends": (
        "`complete`, unless `next_writes()` says otherwise; `failed`, `incomplete` and `timed_out` leave the "
        "record as it is, and its time taken."
    ),
    "http for webhooks": "A target_url needs https, unless its host is loopback.",
    "ids in a path": "What is not digits is a 404.",
    "include": "A name that is not documented is a 400; what is asked for replaces the default.",
    "labels of working hours": "Cannot be written; new working hours have none.",
    "location_strict": "Locations share a server if they have the same `foreign_id_type` and practice.",
    "missing parameters": (
        "Of arrays without the brackets; of objects inside a body by their own name; all of one call at once."
    ),
    "moves": (
        "Time, chair and note change only where the system can (Dentrix here), only once the appointment is "
        "written, and never in v2; the type is not looked at again."
    ),
    "name of a patient": "Every word of the filter must stand in the full name, in any case.",
    "new_patient": (
        "Left out, lists show new patients only with a live appointment ahead, their own or one as a dependent."
    ),
    "next_available_date": "Looked for from the day after the searched days, but not before today, 180 days long.",
    "note of ignored parameters": "Names them as they were sent, in order, commas between them, in `description`.",
    "null in a body": "Is as if the field had been left out, except where something is needed: then 400.",
    "operatory of a type": (
        "A type is configured for a slot if the provider has active working hours with it around the whole "
        "appointment, in that chair or in none."
    ),
    "order of lists": "By id, appointments by start; `sort` comes before that.",
    "order of refusals": (
        "Version, route, token, v2 below the minimum, rate limit, missing parameters, subdomain, location, body."
    ),
    "parameters that cannot be read": (
        "400 that names them; an empty one counts as not sent; of one that comes twice the last is heard."
    ),
    "patient_created": (
        "Comes when the patient is written, which happens with the first appointment; `bio.new_patient` is false "
        "then, and the id stays the same."
    ),
    "patient_id without v2": "Is ignored with a note, as in v3 the parameter is `patient_ids[]`.",
    "per_page": "Above 1000 (v3) or 300 (v2) it is that; below 1 it is a 400.",
    "procedures": "Some past appointments have one; none can be made.",
    "rate limits": (
        "Fixed seconds and minutes for the key, without any header; `rate_limit=None` switches all four off, any "
        "number leaves them as documented."
    ),
    "raw key as a token": "401: whoever sends the key where a token belongs is told so.",
    "read-back": (
        "`appointment_created` follows `appointment_insertion.complete` at once, and says `appointments`; there is"
        " none after any other end."
    ),
    "recalls due_after": "Includes that day.",
    "requestable": "With `location_id` it is meant for that location, else for any.",
    "resource_type": "Upper and lower case are not told apart when subscribing; the answer has it capitalised.",
    "retries": "Counted from the first attempt; every attempt has a `timestamp` of its own and is signed anew.",
    "same subscription twice": "Is taken, and told twice.",
    "secret_key": "32 hexadecimal digits; the same for the same id of an endpoint.",
    "slots already begun": "Are not offered.",
    "slots, grid": (
        "Starts stay on the steps from the beginning of the working hours, also behind an appointment; the "
        "vendor's example holds."
    ),
    "slots, neighbours": "Working hours that touch are not joined: no slot reaches from one into the next.",
    "start_time of a booking": (
        "Must lie ahead of now, not only of today; outside all working hours it is taken when there is no type."
    ),
    "stripe_client_secret": "Null in v3, absent in v2.",
    "subdomain of a subscription": (
        "A PATCH needs it and must name the subscription's practice (404); a subscription of no practice takes "
        "any. In the body and not in the query it is a 403, in neither a 400."
    ),
    "sync status": (
        "Always green, until `sync()` turns a light red. While a system cannot be written to, writes wait; what "
        "waits longer than the appointment's start is `timed_out`."
    ),
    "sync_status": "One entry for each system of a practice; its times are now.",
    "synced working hours": "Cannot be changed or deleted: 400.",
    "time of a write": "`write_after`, one second; then `updated_at` is that moment, as is `last_sync_time`.",
    "times without an offset": "Are meant at the location that the call names, or of the appointment, else in UTC.",
    "timestamp of a webhook": "UTC with milliseconds, by the sandbox's clock when it is sent.",
    "timezone": "Keeps appointments of locations with that zone, and converts nothing.",
    "type deleted in use": "Its working hours forget it; appointments keep its id.",
    "unknown Nex-Api-Version": "404, also when `Accept` would do.",
    "unknown patient, provider, chair, type or descriptor": "404, as for a path.",
    "v2 routes under v3 and the other way round": (
        "404: `/appointment_slots` and `/availabilities` are v2's, `/available_slots` and `/working_hours` v3's."
    ),
    "v3.1.0": "Is v3.0.0 in everything.",
    "version of a webhook": "That of the call that made the subscription; v2 adds `deleted` to an appointment.",
    "webhook for v3.1.0": "Is told in the shapes of v3.0.0.",
    "working hours": "In the location's time, on one day: `end_time` comes after `begin_time`, and 24:00 is midnight.",
    "working hours, months": "In a month without that day there are none.",
    "working hours, overlap": (
        "400, if the same provider has active ones at the same location in the same chair at the same time, "
        "compared over two years."
    ),
}
