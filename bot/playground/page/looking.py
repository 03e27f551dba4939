"""What is looked at: the stream of all that happens, a week of calendars, why the bot did what it did."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.controls import Controls
from bot.playground.features import AppFeatures
from bot.playground.page.calendars import elsewhere, laid_out, week_bounds
from bot.playground.page.doors import Door, workspace_seen
from bot.playground.page.places import Places
from bot.playground.page.snapshot import change_seen, scheduled_seen, snapshot, views_seen, world_seen
from bot.playground.page.windows import Windows, written
from bot.playground.small_calcom import Entry, SmallCalcom
from bot.playground.small_slack import Change, SmallSlack
from bot.playground.world import Citizen

FURTHEST_WEEK = 60
COMING = timedelta(weeks=8)  # as far as bookings in other weeks are pointed to
AGAIN = "retry: 1000\n\n"  # milliseconds until a window that lost its stream asks for it anew


class Traces(Protocol):
    """What the bot's work was like."""

    def traces(self) -> Sequence[BaseModel]:
        """The last works, oldest first."""

    def on_change(self, listener: Callable[[Any], None]) -> Callable[[], None]:
        """Be told of each new one, until the returned function is called."""


class Plays(Protocol):
    """A talk that is played."""

    def on_change(self, callback: Callable[[Any], None]) -> Callable[[], None]:
        """Be told of each step before it happens, until the returned function is called."""

    def watched(self) -> None:
        """Hear that somebody looks."""


class Looking:
    """Its routes only read. `windows` are told of every change from the moment this is made."""

    def __init__(
        self,
        slack: SmallSlack,
        calcom: SmallCalcom,
        features: AppFeatures,
        controls: Controls,
        why: Traces | None,
        plays: Plays | None = None,
        doors: tuple[Door, ...] = (),
    ) -> None:
        self._slack = slack
        self._calcom = calcom
        self._features = features
        self._controls = controls
        self._why = why
        self._plays = plays
        self._doors = doors
        self._places = Places(slack)
        self.windows = Windows()
        self._follow()
        self.routes = [
            Route("/events", self._events),
            Route("/calendar", self._week),
            Route("/why", self._traces),
        ]

    def _follow(self) -> None:
        tell = self.windows.tell
        self._slack.changes.on_change(self._tell)
        self._calcom.on_change(lambda: tell("calendar", dict))
        self._controls.on_change(lambda: tell("world", lambda: world_seen(self._controls)))
        if self._why is not None:
            self._why.on_change(lambda trace: tell("why", lambda: {"trace": trace.model_dump(mode="json")}))
        if self._plays is not None:
            self._plays.on_change(lambda step: tell("play", lambda: step.model_dump(mode="json")))

    def _tell(self, change: Change) -> None:
        """What a change costs here does not grow with what is stored."""
        tell, slack = self.windows.tell, self._slack
        match change.kind:
            case "reset" | "installed" | "people":
                tell("state", self._state)
            case "view" if change.person is not None:
                person = change.person
                tell("views", lambda: views_seen(person, slack))
            case "scheduled":
                tell("scheduled", lambda: scheduled_seen(slack))
            case "message" | "gone" | "room":
                tell("change", lambda: change_seen(change, slack))

    def _state(self) -> dict[str, Any]:
        seen = snapshot(self._slack, self._calcom, self._features, self._controls)
        return {**seen, "workspace": workspace_seen(self._slack, self._doors)}

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        """The state is taken when listening has begun, so that nothing falls between."""
        with self.windows.opened() as window:
            if self._plays is not None:
                self._plays.watched()
            yield AGAIN + written("state", self._state())
            async for events in window:
                yield events

    async def _week(self, request: Request) -> Response:
        viewer = self._places.citizen(request.query_params.get("viewer", ""))
        ahead = request.query_params.get("week", "0")
        if not ahead.removeprefix("-").isdecimal() or abs(int(ahead)) > FURTHEST_WEEK:
            raise HTTPException(422, "wrong_shape")
        return JSONResponse({"zone": viewer.zone, **self._laid_out(viewer, int(ahead))})

    def _laid_out(self, viewer: Citizen, ahead: int) -> dict[str, Any]:
        now = self._slack.now()
        midnights = week_bounds(now, viewer.zone, ahead)
        start, end = midnights[0].astimezone(UTC), midnights[-1].astimezone(UTC)
        open_hours = {
            one.id: self._calcom.open_hours(one.id, start, end) for one in self._slack.world.person if one.key
        }
        entries, coming = self._entries(start, end), self._entries(now, now + COMING)
        week = laid_out(entries, midnights, viewer=viewer.id, now=now, open_hours=open_hours)
        return {**week, "elsewhere": elsewhere(coming, now, viewer.zone, ahead)}

    def _entries(self, start: datetime, end: datetime) -> tuple[Entry, ...]:
        """Those of this workspace's people."""
        here = {one.id for one in self._slack.world.person}
        return tuple(one for one in self._calcom.week(start, end) if one.person_id in here)

    async def _traces(self, request: Request) -> Response:
        traces = self._why.traces() if self._why is not None else ()
        return JSONResponse({"traces": [one.model_dump(mode="json") for one in traces]})
