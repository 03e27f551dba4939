"""Links that put a booking into somebody's own calendar."""

from datetime import timedelta
from urllib.parse import quote

from bot.playground.small_calcom.records import Booking
from bot.playground.small_calcom.store import Store

GOOGLE = "https://calendar.google.com/calendar/r/eventedit"
OFFICE = "https://outlook.office.com/calendar/0/deeplink/compose"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
COMPACT, SECONDS = "%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ"


def calendar_links(booking: Booking, store: Store) -> list[dict[str, str]]:
    """For the four calendars that Cal.com knows, each with a quoting of its own."""
    links = (
        ("Google Calendar", "googleCalendar", _google(booking)),
        ("Microsoft Office", "microsoftOffice", _microsoft(OFFICE, booking, "%2F", booking.title)),
        (
            "Microsoft Outlook",
            "microsoftOutlook",
            _microsoft(OUTLOOK, booking, "%252F", _quoted(booking.title)),
        ),
        ("ICS", "ics", f"data:text/calendar,{_quoted(_ics(booking, store))}"),
    )
    return [{"label": label, "id": name, "link": link} for label, name, link in links]


def _google(booking: Booking) -> str:
    span = f"{booking.start:{COMPACT}}/{booking.end:{COMPACT}}"
    return (
        f"{GOOGLE}?dates={span}&text={booking.title}&details={_details(booking)}&location={_place(booking)}"
    )


def _microsoft(base: str, booking: Booking, slash: str, subject: str) -> str:
    path = f"{slash}calendar{slash}action{slash}compose"
    span = f"enddt={booking.end:{SECONDS}}&path={path}&rru=addevent&startdt={booking.start:{SECONDS}}"
    return f"{base}?body={_details(booking)}&{span}&subject={subject}&location={_place(booking)}"


def _ics(booking: Booking, store: Store) -> str:
    minutes = (booking.end - booking.start) // timedelta(minutes=1)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "PRODID:adamgibbons/ics",
        "METHOD:PUBLISH",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        f"UID:{booking.uid}",
        f"SUMMARY:{booking.title}",
        f"DTSTAMP:{store.clock():{COMPACT}}",
        f"DTSTART:{booking.start:{COMPACT}}",
        f"DESCRIPTION:{booking.event_type.description}",
        f"LOCATION:{booking.location}",
        f"DURATION:PT{minutes}M",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)


def _details(booking: Booking) -> str:
    return _quoted(booking.event_type.description)


def _place(booking: Booking) -> str:
    return _quoted(booking.location)


def _quoted(text: str) -> str:
    return quote(text, safe="!'()*~")
