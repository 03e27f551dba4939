"""How Cal.com says no: its two error shapes and its very words (tests/samples/calcom)."""

from datetime import datetime
from typing import Any

NAMES = {
    400: ("BadRequestException", "Bad Request"),
    401: ("UnauthorizedException", "Unauthorized"),
    403: ("ForbiddenException", "Forbidden"),
    404: ("NotFoundException", "Not Found"),
    409: ("ConflictException", "Conflict"),
    422: ("UnprocessableEntityException", "Unprocessable Entity"),
    503: ("ServiceUnavailableException", "Service Unavailable"),
}

TAKEN = "User either already has booking at this time or is not available"
TAKEN_FOR_HOSTS = "One of the hosts either already has booking at this time or is not available"
IN_THE_PAST = "Attempting to book a meeting in the past."
OUT_OF_BOUNDS = (
    "The event type can't be booked at the \"start\" time provided. This could be because it's too soon "
    "(violating the minimum booking notice) or too far in the future (outside the event's scheduling "
    "window). "
    "Try fetching available slots first using the GET /v2/slots endpoint and then make a booking with "
    '"start" '
    "time equal to one of the available slots."
)
NO_KEY = (
    "ApiAuthStrategy - No authentication method provided. Either pass an API key as 'Bearer' header or OAuth "
    "client credentials as 'x-cal-secret-key' and 'x-cal-client-id' headers"
)
NO_PERMISSION = (
    "PermissionsGuard - no authentication provided. Provide either authorization bearer token "
    "containing managed "
    "user access token or oAuth client id in 'x-cal-client-id' header."
)
TOO_MANY = "CustomThrottlerGuard - Too many requests. Please try again later."


class Refusal(Exception):
    """An answer other than success. `bare`: thrown below the API's own layer, without an envelope."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        bare: bool = False,
        code: str | None = None,
        details: Any = None,
        has_details: bool = True,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.bare = bare
        self.code = code or NAMES.get(status, ("Error", "Error"))[0]
        self.details = details
        self.has_details = has_details

    def body(self, path: str, at: datetime) -> dict[str, Any]:
        """The JSON that goes out."""
        if self.bare:
            return {"statusCode": self.status, "message": self.message}
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.has_details:
            error["details"] = self.details if self.details is not None else self._plain_details()
        return {"status": "error", "timestamp": stamp(at), "path": path, "error": error}

    def _plain_details(self) -> dict[str, Any]:
        return {"message": self.message, "error": NAMES[self.status][1], "statusCode": self.status}


def wrong(field: str, complaint: str) -> str:
    """One complaint in the style of the bookings' and slots' own pipes."""
    return f"{field} property is wrong,{complaint} "


def invalid(*complaints: str) -> Refusal:
    """A body or query that the bookings' and slots' own pipes refuse."""
    return Refusal(400, ", ".join(complaints))


def invalid_fields(target: dict[str, Any], field: str, rule: str, complaint: str) -> Refusal:
    """A body or query that the server's global pipe refuses."""
    given = {"value": target[field]} if field in target else {}
    entry = {"target": target, **given, "property": field, "children": [], "constraints": {rule: complaint}}
    return Refusal(400, "Bad Request Exception", details={"errors": [entry]})


def no_route(method: str, path: str) -> Refusal:
    """An address that the server does not know, or not in this version."""
    return Refusal(404, f"Cannot {method} {path}")


def booking_missing(uid: str, *, cancelling: bool = False) -> Refusal:
    """No such booking; cancelling says it in other words."""
    ending = "not found" if cancelling else "was not found in the database"
    return Refusal(404, f"Booking with uid={uid} {ending}")


def booking_closed(verb: str, uid: str, why: str) -> Refusal:
    """A booking that is over."""
    ending = "Please provide uid of a booking that is not cancelled."
    return Refusal(400, f"Can't {verb} booking with uid={uid} because {why} {ending}")


def stamp(at: datetime) -> str:
    """An instant as the REST API writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
