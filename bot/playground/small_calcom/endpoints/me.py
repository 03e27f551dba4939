"""Whose key it is, and what they may change about themselves."""

from typing import Any

from bot.playground.small_calcom import kind_shapes
from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.checking import (
    DAYS,
    OBJECT,
    TEXT,
    WHOLE,
    ZONE,
    Properties,
    checked,
    one_of,
    optional,
)
from bot.playground.small_calcom.endpoints.answering import Answer, Route, success
from bot.playground.small_calcom.pipes import LANGUAGES
from bot.playground.small_calcom.records import Account
from bot.playground.small_calcom.store import Store

UPDATE: Properties = {
    "email": optional(TEXT),
    "name": optional(TEXT),
    "timeFormat": optional(one_of(12, 24)),
    "defaultScheduleId": optional(WHOLE),
    "weekStart": optional(one_of(*DAYS)),
    "timeZone": optional(ZONE),
    "locale": optional(one_of(*LANGUAGES.split(", "))),
    "avatarUrl": optional(TEXT),
    "bio": optional(TEXT),
    "metadata": optional(OBJECT),
}
SHOWN = ("timeFormat", "weekStart", "avatarUrl", "bio")


class MeEndpoints:
    """Answers /v2/me."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[Route]:
        """Method, path and what answers it."""
        return [("GET", "/v2/me", self.me), ("PATCH", "/v2/me", self.update)]

    async def me(self, call: Call) -> Answer:
        """The caller."""
        return success(self._shown(call.known_caller))

    async def update(self, call: Call) -> Answer:
        """Change what is named; a new address counts only once it is verified, which nobody does here."""
        caller, asked = call.known_caller, checked(call.body, UPDATE)
        if "defaultScheduleId" in asked:
            chosen = self._store.schedules.owned(asked["defaultScheduleId"], caller)
            self._store.schedules.keep(chosen, is_default=True)
        if "timeZone" in asked:
            self._store.schedules.move(caller, asked["timeZone"])
        caller.name, caller.zone = asked.get("name", caller.name), asked.get("timeZone", caller.zone)
        caller.also |= {name: asked[name] for name in SHOWN if name in asked}
        return success(self._shown(caller))

    def _shown(self, account: Account) -> dict[str, Any]:
        organization = self._store.team.organization_id if self._store.team else None
        return kind_shapes.me(account, self._store.schedules.default_of(account).id, organization)
