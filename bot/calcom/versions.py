"""The one table of Cal.com's endpoints: in which API version each is spoken to, for each kind of server.

One version for all would be wrong: a missing or unknown one falls back to 2024-04-15 silently, and a path
that does not know a version is 404. Versions of 2026 are known to the hosted service only. A gateway stands
before the hosted service, but is spoken to in the older versions, which both know.
Source: Cal.com's documents of 2026-09, checked against tests/samples/calcom for self-hosted servers.
"""

from typing import Literal, NamedTuple

from bot.scheduling.errors import NotSupported

Profile = Literal["hosted", "self_hosted", "gateway"]

ANY = None  # all versions answer alike: none is sent
ABSENT = "absent"  # servers of that kind do not have it


class Family(NamedTuple):
    """Endpoints of one version: on the hosted service, and on self-hosted servers."""

    hosted: str | None
    older: str | None
    endpoints: tuple[str, ...]


FAMILIES = (
    Family(
        "2024-09-04",
        "2024-09-04",
        (
            "GET /slots",
            "POST /slots/reservations",
            "GET /slots/reservations/{uid}",
            "PATCH /slots/reservations/{uid}",
            "DELETE /slots/reservations/{uid}",
        ),
    ),
    Family("2026-05-01", "2024-08-13", ("GET /bookings",)),
    Family(
        "2026-02-25",
        "2024-08-13",
        (
            "POST /bookings",
            "GET /bookings/{uid}",
            "GET /bookings/by-seat/{seat_uid}",
            "POST /bookings/{uid}/cancel",
            "POST /bookings/{uid}/reschedule",
            "POST /bookings/{uid}/confirm",
            "POST /bookings/{uid}/decline",
            "POST /bookings/{uid}/mark-absent",
            "POST /bookings/{uid}/reassign",
            "POST /bookings/{uid}/reassign/{user_id}",
            "GET /bookings/{uid}/calendar-links",
            "GET /bookings/{uid}/references",
        ),
    ),
    Family("2026-02-25", ABSENT, ("POST /bookings/{uid}/request-reschedule",)),
    Family(
        "2024-08-13",
        "2024-08-13",
        (
            "GET /bookings/{uid}/attendees",
            "POST /bookings/{uid}/attendees",
            "GET /bookings/{uid}/attendees/{attendee_id}",
            "POST /bookings/{uid}/guests",
            "PATCH /bookings/{uid}/location",
        ),
    ),
    Family(ABSENT, "2024-08-13", ("DELETE /bookings/{uid}/attendees/{attendee_id}",)),
    Family(
        "2026-06-12",
        "2024-06-14",
        (
            "GET /event-types",
            "POST /event-types",
            "GET /event-types/{event_type_id}",
            "PATCH /event-types/{event_type_id}",
            "DELETE /event-types/{event_type_id}",
        ),
    ),
    Family(
        "2026-06-12",
        ABSENT,
        (
            "GET /teams/{team_id}/event-types",
            "GET /teams/{team_id}/event-types/{event_type_id}",
            "GET /organizations/{organization_id}/teams/{team_id}/event-types",
        ),
    ),
    Family(
        "2024-06-11",
        "2024-06-11",
        (
            "GET /schedules",
            "POST /schedules",
            "GET /schedules/default",
            "GET /schedules/{schedule_id}",
            "PATCH /schedules/{schedule_id}",
            "DELETE /schedules/{schedule_id}",
        ),
    ),
    Family(
        ANY,
        ANY,
        (
            "GET /me",
            "PATCH /me",
            "GET /event-types/{event_type_id}/private-links",
            "POST /event-types/{event_type_id}/private-links",
            "PATCH /event-types/{event_type_id}/private-links/{link_id}",
            "DELETE /event-types/{event_type_id}/private-links/{link_id}",
            "GET /event-types/{event_type_id}/webhooks",
            "POST /event-types/{event_type_id}/webhooks",
            "DELETE /event-types/{event_type_id}/webhooks",
            "GET /event-types/{event_type_id}/webhooks/{webhook_id}",
            "PATCH /event-types/{event_type_id}/webhooks/{webhook_id}",
            "DELETE /event-types/{event_type_id}/webhooks/{webhook_id}",
            "GET /webhooks",
            "POST /webhooks",
            "GET /webhooks/{webhook_id}",
            "PATCH /webhooks/{webhook_id}",
            "DELETE /webhooks/{webhook_id}",
            "GET /calendars",
            "GET /calendars/busy-times",
            "GET /conferencing",
            "GET /conferencing/default",
            "POST /conferencing/{app}/default",
            "GET /verified-resources/emails",
            "GET /verified-resources/phones",
            "POST /auth/oauth2/token",
        ),
    ),
    Family(
        ANY,
        ABSENT,
        (
            "GET /me/ooo",
            "POST /me/ooo",
            "PATCH /me/ooo/{ooo_id}",
            "DELETE /me/ooo/{ooo_id}",
            "GET /teams",
            "GET /teams/{team_id}",
            "GET /teams/{team_id}/memberships",
            "GET /teams/{team_id}/bookings",
            "GET /organizations/{organization_id}/teams",
            "GET /organizations/{organization_id}/teams/me",
            "GET /organizations/{organization_id}/teams/event-types",
            "GET /organizations/{organization_id}/memberships",
        ),
    ),
)


class Versions(NamedTuple):
    """What one endpoint is spoken to in: on the hosted service, and on self-hosted servers."""

    hosted: str | None
    older: str | None


VERSIONS: dict[tuple[str, str], Versions] = {
    (method, template): Versions(family.hosted, family.older)
    for family in FAMILIES
    for method, _, template in (one.partition(" ") for one in family.endpoints)
}


def is_same_everywhere(method: str, template: str) -> bool:
    """Whether an endpoint is spoken to in one version, or none, whatever the kind of server."""
    known = VERSIONS[method, template]
    return known.hosted == known.older


def version_of(method: str, template: str, profile: Profile) -> str | None:
    """The `cal-api-version` to send, if any. Raises KeyError for an endpoint that is not in the table.

    Raises NotSupported for one that this kind of server does not have.
    """
    known = VERSIONS[method, template]
    if known.hosted == ABSENT and profile != "self_hosted":
        raise NotSupported("not_on_this_server")
    if profile == "hosted" or (profile == "gateway" and known.older == ABSENT):
        return known.hosted
    if known.older == ABSENT:
        raise NotSupported("not_on_this_server")
    return known.older
