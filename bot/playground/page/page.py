"""The playground's page: its files, and the JSON and the event stream behind it."""

from datetime import UTC
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.page.asked import Command, Invite, Press, Say, asked
from bot.playground.page.calendars import CalendarView, laid_out, week_bounds
from bot.playground.page.stream import events
from bot.playground.small_slack import Answer, Refused, SmallSlack
from bot.playground.world import World

SAFETY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Page:
    """`routes` go into the front door; `stop` ends the open streams, which would hold up a shutdown."""

    def __init__(self, slack: SmallSlack, calendar: CalendarView, world: World) -> None:
        self._slack = slack
        self._calendar = calendar
        self._world = world
        self._files = StaticFiles(packages=[("bot.playground.page", "assets")])

    @property
    def routes(self) -> list[BaseRoute]:
        """`/` and everything under `/page/`."""
        inside = [
            Route("/events", self._events),
            Route("/calendar", self._week),
            Route("/say", self._say, methods=["POST"]),
            Route("/press", self._press, methods=["POST"]),
            Route("/command", self._command, methods=["POST"]),
            Route("/invite", self._invite, methods=["POST"]),
            Mount("/", self._files),
        ]
        return [Route("/", Safe(_index(self._files))), Mount("/page", Safe(Starlette(routes=inside)))]

    @property
    def app(self) -> Starlette:
        """The page alone, as an ASGI app."""
        return Starlette(routes=self.routes)

    def stop(self) -> None:
        """End every open event stream, and those to come."""
        self._slack.changes.stop()

    async def _events(self, request: Request) -> Response:
        stream = events(self._slack, self._calendar, self._world)
        return StreamingResponse(stream, media_type="text/event-stream")

    async def _week(self, request: Request) -> Response:
        viewer = self._citizen(request.query_params.get("viewer", ""))
        ahead = request.query_params.get("week", "0")
        if not ahead.removeprefix("-").isdecimal() or abs(int(ahead)) > 60:
            raise HTTPException(422)
        midnights = week_bounds(self._slack.now(), viewer.zone, int(ahead))
        entries = self._calendar.week(midnights[0].astimezone(UTC))
        return JSONResponse({"zone": viewer.zone, **laid_out(entries, midnights, viewer.id)})

    async def _say(self, request: Request) -> Response:
        said = await asked(request, Say)
        self._citizen(said.person)
        try:
            message = await self._slack.say(said.person, said.channel, said.text, thread_ts=said.thread_ts)
        except (Refused, ValueError) as error:
            raise HTTPException(409) from error
        return JSONResponse({"channel": message.channel, "ts": message.ts})

    async def _command(self, request: Request) -> Response:
        said = await asked(request, Command)
        self._citizen(said.person)
        if said.command != self._world.command:
            raise HTTPException(404)
        try:
            return _answered(await self._slack.command(said.person, said.channel, said.command, said.text))
        except (Refused, ValueError) as error:
            raise HTTPException(409) from error

    async def _press(self, request: Request) -> Response:
        done = await asked(request, Press)
        self._citizen(done.person)
        try:
            card = self._slack.seen_by(done.person, done.channel, done.ts)
            return _answered(
                await self._slack.press(
                    done.person, card, action_id=done.action_id, value=done.value, option=done.option
                )
            )
        except (Refused, LookupError) as error:
            raise HTTPException(409) from error

    async def _invite(self, request: Request) -> Response:
        wish = await asked(request, Invite)
        self._citizen(wish.person)
        try:
            self._slack.invite_bot_to(wish.channel)
        except Refused as error:
            raise HTTPException(409) from error
        return JSONResponse({})

    def _citizen(self, person: str) -> Any:
        try:
            return self._world.citizen(person)
        except KeyError as error:
            raise HTTPException(404) from error


def build_page(slack: SmallSlack, calendar: CalendarView, world: World) -> Page:
    """Make the page."""
    return Page(slack, calendar, world)


class Safe:
    """Adds the headers that keep foreign code out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SAFETY)
            await send(message)

        await self._app(scope, receive, with_headers)


def _index(files: StaticFiles) -> ASGIApp:
    async def index(scope: Scope, receive: Receive, send: Send) -> None:
        response = await files.get_response("index.html", scope)
        await response(scope, receive, send)

    return index


def _answered(answer: Answer) -> Response:
    """Slack shows a person a warning when the app did not take it."""
    return JSONResponse({"ok": answer.ok}, status_code=200 if answer.ok else 502)
