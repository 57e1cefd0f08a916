"""What Cliniko does not document and this emulation had to decide, for the documentation to print."""

GUESSES = {
    "active cases": "Neither archived nor closed nor expired; on the day of `expiry_date` a case is still active.",
    "appointment_id of an attendee": "Filters as `booking_id` does.",
    "archived in use": "An archived business, patient or type, or an inactive practitioner, cannot be booked anew.",
    "archived_at and deleted_at": "Archiving sets both alike; a filter on either shows what is archived.",
    "archiving a group appointment": "Archives its attendees, too.",
    "archiving a patient": "Leaves the patient's appointments as they are.",
    "arrived": (
        "Null again after a mark leaves `did_not_arrive` and `patient_arrived` null, as in the vendor's own screens."
    ),
    "attendee cancelled with apply_to_repeats": (
        "Gives back the patient's places in the later groups of the series, too; default false."
    ),
    "attendee of an individual appointment": (
        "Is the appointment seen from another side: same notes, case and times of change. It cannot be "
        "cancelled or archived alone, and no other can be added: 422 on `base`, with texts of the sandbox's own."
    ),
    "attendee_ids of a case": (
        "Those neither cancelled nor archived. Written, they are all that the case has; they must be the patient's."
    ),
    "attendees of a full group": (
        "422 on `base`. A patient may have two places in one group, as the vendor double-books elsewhere."
    ),
    "availability blocks": (
        "Add times and take none away: each has its own grid, and no appointment reaches from one stretch "
        "into the next."
    ),
    "available times of a group type": "None: whether a place in a group is offered there is not known.",
    "available times of a type not offered": "None, if the business or the practitioner does not offer the type.",
    "available times without online bookings": "404, if `online_bookings.enabled` is false in the settings.",
    "available times, grid": (
        "From the beginning of each stretch of hours, in steps of the type's duration; not `timeslot_size_in_minutes`."
    ),
    "available times, how far ahead": "Up to the end of that day in the account's zone; 365 days to begin with.",
    "available times, lead time": (
        "None to begin with; the account's `tomorrow` and `2 days` are 24 and 48 hours from now, not a midnight; "
        "the type's own lead time wins, also when it is 0."
    ),
    "available times, part of a day": "The first so many of morning, afternoon and evening; all to begin with.",
    "available times, practitioner's time": (
        "Taken by individual and group appointments and unavailable blocks, at whichever business."
    ),
    "available times, seven days": "`to` may be 7 days after `from`; 8 is refused.",
    "body that is no object": "Is treated as empty; JSON that cannot be read is a 400.",
    "cancel with apply_to_repeats": "Cancels those of the series that begin later, too; default false.",
    "cancellation_reason 31": "Is refused, as in the vendor's newest document.",
    "cancellation_url": "Null once the place is given back; leads to a host that does not exist.",
    "cancelling or archiving twice": "404, because the first time has hidden it.",
    "closed cases": "`closed` sets and clears `closed_at`; bookings for a closed or expired case are taken.",
    "conflicts": (
        "Another live appointment or unavailable block of the same practitioner that overlaps, at any "
        "business; not the patient's."
    ),
    "day_of_week": "0 is Sunday, 6 is Saturday.",
    "ends_at before starts_at": "422 on `ends_at`.",
    "ends_at of a block": (
        "An unavailable block without one takes its type's duration, else 30 minutes; an availability block needs one."
    ),
    "filter on active": "Does not lift the scope of the practitioners' lists.",
    "filter operators": "One that the type does not have is a 400 that says so.",
    "group type booked individually": "422 on `max_attendees`.",
    "ids": "Digits only; anything else in a path is a 404, in a filter a 400.",
    "inactive practitioner": "Can be fetched by id.",
    "individual type booked as a group": "422 on `max_attendees`.",
    "invoice_status, treatment_note_status, reminders": "Null, false or 0: nothing is invoiced, noted or sent.",
    "latest_booking": "The one in which the patient was given a place last.",
    "letters": "String filters do not tell upper case from lower case.",
    "links to what is not emulated": "Lead nowhere: invoices, forms, attachments, contacts, products.",
    "max_attendees above the type's": "Is taken.",
    "max_attendees below the places taken": "422 on `max_attendees`.",
    "max_sessions, max_invoiceable_amount": "Are kept and limit nothing.",
    "moving starts_at alone": "Leaves `ends_at` where it is.",
    "new appointment type": "Is offered nowhere and by nobody until `business_ids` and `practitioner_ids` say so.",
    "next_available_time": "May look further than 7 days; if there is none, the key is missing.",
    "next_available_time, bad dates": "Are refused as those of available_times are; one without the other, too.",
    "normalized_number": "Digits only, a leading 0 replaced by 61.",
    "nulls in filters": "Match `!?` only.",
    "nulls in sorting": "Come last, and first when descending.",
    "order of refusals": "Unknown path, user agent, key, rate limit, then everything else.",
    "out-of-range page": "An empty list; a page below 1 is 1; `per_page` is put between 1 and 100.",
    "PATCH of repeat_rule": "Is kept with the appointment and changes no other.",
    "patient_attachment_ids": "Are ignored.",
    "patient_case_id": "422 on `patient_case`, if there is no such case or it is another patient's.",
    "patient_ids": "Those who have a place, and of an individual booking its patient; written, they are ignored.",
    "practitioners of a business": "Those who have weekly hours there.",
    "PUT": "Does what PATCH does.",
    "rate limit": "Fixed minutes for each key; X-RateLimit-Reset is on the 429 only, whose body is JSON.",
    "repeat_rule in a body": (
        "Without `repeat_type`, or with null, there is no rule, whatever else is said. With one, `number_of_repeats` "
        "cannot be missing or null (422), and `repeating_interval` is 1 then."
    ),
    "repeat_rule of the occurrences": "Only the first shows the rule; the others show `{}`.",
    "repeats": "At the same local time at the business; in months without that day there is none.",
    "repeats of a group appointment": "Begin without attendees.",
    "repeats of an availability block": "Are blocks of their own, which nothing links to the first.",
    "services": (
        "All types that a business offers, each with the active practitioners who offer it and have weekly "
        "hours there; by business, then type."
    ),
    "settings": (
        "An administrator may see all of them, any other role gets a 403 with JSON like that of a 404. No "
        "other call looks at the role."
    ),
    "settings without a limit": (
        "`max_appointments_per_day_segment` and `daily_bookings_limit` are 0 then; the latter is not looked at."
    ),
    "sort by an unknown column": "400; what can be filtered can be sorted.",
    "system_controlled": "Such a type of unavailable blocks cannot be changed or archived: 422 on `base`.",
    "telehealth_url": "Leads to a host that does not exist.",
    "texts of 422": "Those of Rails, where the vendor's are not known.",
    "time_zone": "A few of the vendor's labels are known; an identifier without one has the label null.",
    "times that cannot be read": (
        "422 on the field, `is invalid`; before 1970 or after 3000, `must be between 1970 and 3000`. Only an "
        "`ends_at` that is null, or missing from something new, is computed."
    ),
    "times without an offset": "Are read in the account's zone, in bodies as in filters.",
    "unarchiving what is not archived": "200, and nothing changes.",
    "unavailable block": "Needs a business and a practitioner, and takes the practitioner's time at every business.",
    "unavailable_block_type_id": "422 on `unavailable_block_type`, if there is no such type or it is archived.",
    "unknown patient, practitioner or business": "422, as if it had been left out.",
    "User-Agent": "Missing is a 403, malformed is taken.",
    "wrong key": "The shard at its end may be left out but not be another.",
}
