"""Which API version each endpoint is spoken to in.

One value for all would be wrong: an unknown or missing version falls back to 2024-04-15 silently, and a path
that does not know a version is 404. This set is answered alike by the hosted and by self-hosted servers.
"""

BOOKINGS = "2024-08-13"
SLOTS = "2024-09-04"
EVENT_TYPES = "2024-06-14"

VERSIONS: dict[tuple[str, str], str | None] = {
    ("GET", "/me"): None,  # all versions answer alike
    ("GET", "/event-types"): EVENT_TYPES,
    ("GET", "/slots"): SLOTS,
    ("POST", "/slots/reservations"): SLOTS,
    ("DELETE", "/slots/reservations/{uid}"): SLOTS,
    ("GET", "/bookings"): BOOKINGS,
    ("POST", "/bookings"): BOOKINGS,
    ("GET", "/bookings/{uid}"): BOOKINGS,
    ("POST", "/bookings/{uid}/reschedule"): BOOKINGS,
    ("POST", "/bookings/{uid}/cancel"): BOOKINGS,
}


def version_of(method: str, template: str) -> str | None:
    """The `cal-api-version` to send, if any. Raises KeyError for an endpoint that is not in the table."""
    return VERSIONS[method, template]
