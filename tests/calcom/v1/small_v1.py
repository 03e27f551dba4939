"""A small server with Cal.com's API v1: enough for the adapter, by the samples in tests/samples/calcom/v1."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

SAMPLES = Path(__file__).parents[2] / "samples" / "calcom" / "v1"
KEY = "cal_v1_secret_0123456789"
BASE = "https://cal.acme.example/api/v1"
FROM_HOUR, TO_HOUR = 8, 17  # of a weekday in UTC; whole and half hours are offered
CREATE = {"eventTypeId", "start", "end", "responses", "timeZone", "language", "metadata"}

Answer = tuple[int, Any]


def sample(name: str) -> Any:
    """One of the samples, a copy of its own."""
    return json.loads(SAMPLES.joinpath(f"{name}.json").read_text("utf-8"))


class SmallV1:
    """Answers as the source of Cal.com 5.3 does. `moves_by`: the names of the times that PATCH takes."""

    def __init__(self, *, moves_by: tuple[str, str] = ("startTime", "endTime"), wraps: bool = False) -> None:
        self.account = sample("me")["user"]
        self.event_types = sample("event_types")["event_types"]
        self.bookings: dict[int, dict[str, Any]] = {}
        self.asked: list[httpx.Request] = []
        self.moves_by = moves_by
        self.wraps = wraps  # whether a create is answered as the documents show it
        self.loses: set[str] = set()  # the methods whose next answer gets lost

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, body = self._answered(request)
        if request.method in self.loses:
            self.loses.discard(request.method)
            raise httpx.ReadError("lost", request=request)
        return httpx.Response(status, json=body)

    def sent(self, method: str) -> list[Any]:
        """The bodies of all requests of this method."""
        return [json.loads(one.content) for one in self.asked if one.method == method]

    def _answered(self, request: httpx.Request) -> Answer:
        query = dict(request.url.params)
        if query.get("apiKey") != KEY:
            return 401, {"error": "Your apiKey is not valid"}
        parts = request.url.path.removeprefix("/api/v1/").split("/")
        match request.method, *parts:
            case "GET", "me":
                return 200, {"user": self.account}
            case "GET", "event-types":
                return 200, {"event_types": self.event_types}
            case "GET", "slots":
                return self._slots(query)
            case "GET", "bookings":
                return 200, {"bookings": deepcopy(list(self.bookings.values()))}
            case "POST", "bookings":
                return self._create(json.loads(request.content))
            case method, "bookings", number if number.isdigit():
                return self._one(method, int(number), query, request)
            case _:
                return 404, {"message": "Not Found"}

    def _one(self, method: str, number: int, query: dict[str, str], request: httpx.Request) -> Answer:
        booking = self.bookings.get(number)
        if booking is None:
            return 403, {"message": "You are not authorized", "url": str(request.url.raw_path), "data": None}
        if method == "GET":
            return 200, {"booking": deepcopy(booking)}
        if method == "PATCH":
            return self._move(booking, json.loads(request.content))
        if booking["status"] == "CANCELLED":
            return 400, {"message": "This booking has already been cancelled."}
        booking.update(status="CANCELLED", cancellationReason=query.get("cancellationReason"))
        return 200, sample("cancelled")

    def _slots(self, query: dict[str, str]) -> Answer:
        start, end = (datetime.fromisoformat(query[name]) for name in ("startTime", "endTime"))
        kind = next((one for one in self.event_types if str(one["id"]) == query["eventTypeId"]), None)
        if kind is None:
            return 404, {"message": "Event type not found"}
        length = timedelta(minutes=int(query.get("duration", kind["length"])))
        days: dict[str, list[dict[str, str]]] = {}
        at = start.replace(minute=0, second=0)
        while at + length <= end:
            if at >= start and self._is_free(at, at + length, query.get("rescheduleUid")):
                days.setdefault(f"{at:%Y-%m-%d}", []).append({"time": f"{at:%Y-%m-%dT%H:%M:%S.000Z}"})
            at += timedelta(minutes=30)
        return 200, {"slots": days}

    def _create(self, body: dict[str, Any]) -> Answer:
        if set(body) - CREATE:
            return 400, {"message": "Legacy Props: they can't be used with `responses`"}
        kind = next((one for one in self.event_types if one["id"] == body["eventTypeId"]), None)
        if kind is None:
            return 400, {"message": "event_type_not_found_error"}
        start, end = (datetime.fromisoformat(body[name]) for name in ("start", "end"))
        if not self._is_free(start, end):
            return 400, {"message": "no_available_users_found_error"}
        booking = self._added(body, kind)
        if self.wraps:
            return 200, {"booking": booking}
        return 200, {**booking, "user": {**booking["user"], "email": None}, "paymentRequired": False}

    def _added(self, body: dict[str, Any], kind: dict[str, Any]) -> dict[str, Any]:
        number, said = 91 + len(self.bookings), body["responses"]
        invited = [(said["name"], said["email"]), *(("", one) for one in said.get("guests", []))]
        self.bookings[number] = {
            "id": number,
            "uid": f"uid-of-{number}",
            "userId": self.account["id"],
            "eventTypeId": kind["id"],
            "title": kind["title"],
            "startTime": body["start"],
            "endTime": body["end"],
            "attendees": [
                {"name": name, "email": email, "timeZone": body["timeZone"]} for name, email in invited
            ],
            "user": {name: self.account[name] for name in ("email", "name", "timeZone")},
            "metadata": body["metadata"],
            "status": "PENDING" if kind.get("requiresConfirmation") else "ACCEPTED",
            "responses": said,
            "fromReschedule": None,
        }
        return deepcopy(self.bookings[number])

    def _move(self, booking: dict[str, Any], body: dict[str, Any]) -> Answer:
        start, end = self.moves_by
        if set(body) != {start, end}:
            return 400, {"message": "unrecognized_keys in 'body': Unrecognized key(s) in object"}
        booking.update(startTime=body[start], endTime=body[end])
        told = ("attendees", "user")
        return 200, {"booking": {name: value for name, value in booking.items() if name not in told}}

    def _is_free(self, start: datetime, end: datetime, but_for: str | None = None) -> bool:
        at_work = start.weekday() < 5 and start.hour >= FROM_HOUR and end <= _evening(start)
        return at_work and not any(
            _instant(one["startTime"]) < end and _instant(one["endTime"]) > start
            for one in self.bookings.values()
            if one["status"] in ("ACCEPTED", "PENDING") and one["uid"] != but_for
        )


def _evening(at: datetime) -> datetime:
    return at.replace(hour=TO_HOUR, minute=0, second=0)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
