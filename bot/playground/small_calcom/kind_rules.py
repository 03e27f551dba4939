"""What a body that makes or changes an event type may hold."""

from dataclasses import replace

from bot.playground.small_calcom.checking import (
    BOOLEAN,
    OBJECT,
    OBJECTS,
    TEXT,
    WHOLE,
    WHOLES,
    Properties,
    Property,
    at_least,
    at_most,
    each_of,
    one_of,
    optional,
    required,
)

PLACES: dict[str, tuple[str, ...]] = {  # what must be named beside the kind of place
    "address": ("address",),
    "link": ("link",),
    "integration": ("integration",),
    "phone": ("phone",),
    "attendeeAddress": (),
    "attendeePhone": (),
    "attendeeDefined": (),
}
A_DAY, A_YEAR = 1440, 525_600  # minutes
MINUTES = optional(WHOLE, at_least(0), at_most(A_YEAR))
MOST_OCCURRENCES = 100
LAYOUTS = ("month", "week", "column")
SPANS: Properties = {name: optional(WHOLE, at_least(1)) for name in ("day", "week", "month", "year")}
SWITCH: Properties = {"disabled": optional(BOOLEAN)}

CAL_VIDEO = (
    "disableRecordingForOrganizer",
    "disableRecordingForGuests",
    "enableAutomaticRecordingForOrganizer",
    "enableAutomaticTranscription",
    "disableTranscriptionForGuests",
    "disableTranscriptionForOrganizer",
    "sendTranscriptionEmails",
)

# Settings of their own; most may also say `disabled` instead.
SETTINGS: dict[str, Properties] = {
    "bookingLimitsCount": SPANS,
    "bookingLimitsDuration": SPANS,
    "bookerActiveBookingsLimit": {
        "maximumActiveBookings": optional(WHOLE, at_least(1)),
        "offerReschedule": optional(BOOLEAN),
    },
    "bookingWindow": {"type": required(one_of("businessDays", "calendarDays", "range"))},
    "bookerLayouts": {
        "defaultLayout": required(one_of(*LAYOUTS)),
        "enabledLayouts": required(each_of(LAYOUTS)),
    },
    "confirmationPolicy": {
        "type": required(one_of("always", "time")),
        "noticeThreshold": optional(OBJECT),
        "blockUnconfirmedBookingsInBooker": required(BOOLEAN),
    },
    "recurrence": {
        "interval": required(WHOLE, at_least(1)),
        "occurrences": required(WHOLE, at_least(1), at_most(MOST_OCCURRENCES)),
        "frequency": required(one_of("yearly", "monthly", "weekly")),
    },
    "color": {"lightThemeHex": required(TEXT), "darkThemeHex": required(TEXT)},
    "seats": {
        "seatsPerTimeSlot": required(WHOLE, at_least(1)),
        "showAttendeeInfo": required(BOOLEAN),
        "showAvailabilityCount": required(BOOLEAN),
    },
    "destinationCalendar": {"integration": required(TEXT), "externalId": required(TEXT)},
    "calVideoSettings": {name: optional(BOOLEAN) for name in CAL_VIDEO},
    "disableCancelling": SWITCH,
    "disableRescheduling": SWITCH,
}
BOOLEANS = (
    "disableGuests",
    "onlyShowFirstAvailableSlot",
    "requiresBookerEmailVerification",
    "hideCalendarNotes",
    "lockTimeZoneToggleOnBookingPage",
    "useDestinationCalendarEmail",
    "hideCalendarEventDetails",
    "hideOrganizerEmail",
    "hidden",
    "bookingRequiresAuthentication",
    "allowReschedulingPastBookings",
    "allowReschedulingCancelledBookings",
    "showOptimizedSlots",
)
TEXTS = ("description", "customName", "successRedirectUrl", "interfaceLanguage")
NOTICES = ("minimumBookingNotice", "beforeEventBuffer", "afterEventBuffer", "offsetStart")

CREATE: Properties = {
    "lengthInMinutes": required(WHOLE, at_least(1), at_most(A_DAY)),
    "lengthInMinutesOptions": optional(WHOLES),
    "title": required(TEXT),
    "slug": required(TEXT),
    "locations": optional(OBJECTS, parts={"type": required(one_of(*PLACES))}),
    "bookingFields": optional(OBJECTS),
    "scheduleId": optional(WHOLE),
    "slotInterval": optional(WHOLE, at_least(1), at_most(A_DAY)),
    **dict.fromkeys(NOTICES, MINUTES),
    **dict.fromkeys(BOOLEANS, optional(BOOLEAN)),
    **dict.fromkeys(TEXTS, optional(TEXT)),
    **{name: Property((OBJECT,), parts=parts, may_be_disabled=True) for name, parts in SETTINGS.items()},
}
UPDATE: Properties = {name: replace(one, required=False) for name, one in CREATE.items()}
