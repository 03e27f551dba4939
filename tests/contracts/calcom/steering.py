"""Makes requests of a document that arrive somewhere: ids of what is there, free times, known words."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from bot.calcom.versions import VERSIONS, Profile
from bot.playground.small_calcom import SmallCalcom
from tests.calcom.means import ANA_KEY, INTRO_CALL, QUICK_CHAT, WORKSHOP, at

Json = dict[str, Any]

GIL = {"name": "Gil", "email": "gil@partner.example", "timeZone": "UTC"}
HOOK = {"subscriberUrl": "https://receiver.example/b", "active": True, "triggers": ["MEETING_ENDED"]}
HELD = {"eventTypeId": QUICK_CHAT, "slotStart": "2026-11-27T10:00:00Z"}
MORNINGS = {"name": "Mornings", "timeZone": "UTC", "isDefault": False}
AWAY = {"start": "2026-12-24T00:00:00Z", "end": "2026-12-25T00:00:00Z"}
A_BOOKING = "/v2/bookings/{bookingUid}"
A_KIND = f"/event-types/{QUICK_CHAT}"
KIND_HOOK = "/v2/event-types/{eventTypeId}/webhooks/{webhookId}"
TEAMS_KIND = "/v2/teams/{teamId}/event-types/{eventTypeId}"
CHOICES: dict[str, list[Any]] = {
    "eventTypeId": [QUICK_CHAT, INTRO_CALL],
    "eventTypeSlug": ["quick-chat"],
    "username": ["ana"],
    "usernames": ["ana,ben"],
    "teamSlug": ["sales"],
    "organizationSlug": ["acme"],
    "start": ["2026-11-26T10:00:00Z", "2026-11-26T14:30:00Z", "2026-11-27"],
    "end": ["2026-11-28", "2026-11-28T12:00:00Z"],
    "slotStart": ["2026-11-27T11:00:00Z", "2026-11-27T12:00:00Z"],
    "slotDuration": [15],
    "reservationDuration": [5],
    "duration": [15, 30],
    "format": ["range", "time"],
    "lengthInMinutes": [15, 30],
    "timeZone": ["Europe/Berlin", "Asia/Tokyo"],
    "language": ["en", "de"],
    "name": ["Hal", "Ida"],
    "email": ["hal@partner.example", "ida@partner.example", "gil@partner.example"],
    "guests": [["ida@partner.example"], []],
    "phoneNumber": ["+4930123456"],
    "cancellationReason": ["Ill"],
    "seatUid": ["nobody's"],
    "bookingUidToReschedule": ["nobody's"],
    "emailVerificationCode": ["123456"],
    "date": ["2026-12-24"],
    "dateFrom": ["2026-12-24"],
    "dateTo": ["2026-12-25"],
    "startTime": ["09:00"],
    "endTime": ["12:00", "17:00"],
    "expiresAt": ["2026-12-24T00:00:00Z"],
    "subscriberUrl": ["https://receiver.example/a", "https://receiver.example/c"],
    "scheduleId": [1],
    "defaultScheduleId": [1],
    "toUserId": [2],
    **{name: ["2026-11-01"] for name in ("afterStart", "afterCreatedAt", "afterUpdatedAt")},
    **{name: ["2026-12-31T00:00:00Z"] for name in ("beforeEnd", "beforeCreatedAt", "beforeUpdatedAt")},
}
ASKED = re.compile(r"Input|Body$|CreateOutOf|UpdateOutOf|^Guest$|CreateBookingAttendee|MarkAbsentAttendee")


def steer(doc: Json) -> None:
    """Narrow what is asked down to what can be answered. What is answered stays as it is described."""
    for methods in doc["paths"].values():
        for operation in methods.values():
            told = [one for one in operation.get("parameters", ()) if one["in"] != "header"]  # ours to write
            operation["parameters"] = [_narrowed(one) for one in told]
    for name, schema in doc["components"]["schemas"].items():
        if ASKED.search(name) and "properties" in schema:
            schema["properties"] = {field: _chosen(field, one) for field, one in schema["properties"].items()}
            schema["additionalProperties"] = False


def _narrowed(parameter: Json) -> Json:
    if parameter["in"] == "path":
        return {**parameter, "schema": {"enum": [1]}}  # replaced by what there is
    chosen = CHOICES.get(parameter["name"])
    return {**parameter, "schema": {"enum": chosen}} if chosen else parameter


def _chosen(name: str, described: Json) -> Json:
    if name in CHOICES and described.get("type") != "array":
        return {"enum": CHOICES[name]}
    if name == "guests" and described.get("items", {}).get("type") == "string":
        return {"enum": CHOICES[name]}
    if name == "type" and "example" in described:  # of a place, which is told by nothing else
        return {"enum": [described["example"]]}
    return described


@dataclass(frozen=True)
class Steered:
    """Who is asked: a small Cal.com in which there is one of everything."""

    small: SmallCalcom
    profile: Profile

    def version(self, method: str, path: str) -> str | None:
        """What to speak to this endpoint in."""
        versions = {(verb, _plain(one)): known for (verb, one), known in VERSIONS.items()}
        known = versions[method, _plain(path).removeprefix("/v2")]
        return known.hosted if self.profile == "hosted" else known.older

    def begin(self) -> dict[str, Any]:
        """A new world; returns what its things are called in paths: by name, for some paths by both."""
        self.small.reset()
        return asyncio.run(self._things())

    async def _things(self) -> dict[str, Any]:
        transport, key = httpx.ASGITransport(self.small.app), {"Authorization": f"Bearer {ANA_KEY}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://cal", headers=key) as http:
            booked = await _booked(http, QUICK_CHAT, at(26, 9))
            pending = await _booked(http, INTRO_CALL, at(27, 9))
            seated = await _booked(http, WORKSHOP, at(26, 13))
            held = await _made(http, "/slots/reservations", HELD, "2024-09-04")
            return {
                "bookingUid": booked["uid"],
                f"{A_BOOKING}/confirm bookingUid": pending["uid"],
                f"{A_BOOKING}/decline bookingUid": pending["uid"],
                f"{A_BOOKING}/mark-absent bookingUid": self._begun(booked["uid"]),
                "attendeeId": self.small.bookings()[0].attendees[0].id,
                "seatUid": seated["seatUid"],
                "uid": held["reservationUid"],
                "eventTypeId": QUICK_CHAT,
                "scheduleId": (await _made(http, "/schedules", MORNINGS, "2024-06-11"))["id"],
                "webhookId": (await _made(http, "/webhooks", HOOK))["id"],
                f"{KIND_HOOK} webhookId": (await _made(http, f"/event-types/{QUICK_CHAT}/webhooks", HOOK))[
                    "id"
                ],
                "linkId": (await _made(http, f"{A_KIND}/private-links", {}))["linkId"],
                "app": "daily-video",
                "userId": 2,
                **(await self._of_the_team(http) if self.profile == "hosted" else {}),
            }

    async def _of_the_team(self, http: httpx.AsyncClient) -> dict[str, Any]:
        turns = next(one.id for one in self.small.event_types("UANA") if one.team_id)
        away = await _made(http, "/me/ooo", AWAY)
        return {"oooId": away["id"], "teamId": 2, "orgId": 1, f"{TEAMS_KIND} eventTypeId": turns}

    def _begun(self, uid: str) -> str:
        """A booking like this one, that has begun."""
        there = self.small._store.bookings[uid]
        begun = there.but(uid="begun", start=at(23, 9), end=at(23, 10))
        return self.small._store.keep(begun).uid


async def _booked(http: httpx.AsyncClient, kind: int, start: datetime) -> Json:
    return await _made(http, "/bookings", {"start": start.isoformat(), "eventTypeId": kind, "attendee": GIL})


async def _made(http: httpx.AsyncClient, path: str, body: Json, version: str = "2024-08-13") -> Json:
    answer = await http.post(f"/v2{path}", json=body, headers={"cal-api-version": version})
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


def _plain(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)
