"""What is served: Slack's deliveries, Cal.com's webhooks, health."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.calcom.webhooks import PATH, BadSignature, Hook, UnreadableEvent, read_event
from bot.conversation.correlation import found_to_be, taking_in
from bot.conversation.ports import QueueUnavailable, StoreUnavailable, TurnQueue, Unwatched
from bot.conversation.turns import Work
from bot.scheduling.model import BookingEvent
from bot.web.guards import BodyLimit, LastResort, SecurityHeaders

log = logging.getLogger(__name__)

OLDEST_NEWS: Final = timedelta(
    days=1
)  # the signature holds for ever, so a recorded delivery could be replayed

SlackDoor = Callable[[bytes, Mapping[str, str]], Awaitable[tuple[int, dict[str, str], str]]]
HookSecret = Callable[[], Awaitable[str]]  # that of all hooks; raises StoreUnavailable
OnAnswer = Callable[[str, int, float], None]  # told of each delivery: its kind, the HTTP status, seconds

NOBODY: OnAnswer = Unwatched().acknowledged


def build_web(
    *,
    slack: SlackDoor | None,
    hook_secret: HookSecret | None,
    queue: TurnQueue,
    is_ready: Callable[[], Awaitable[bool]],
    now: Callable[[], datetime],
    extra: Sequence[BaseRoute] = (),
    on_answer: OnAnswer = NOBODY,
) -> Starlette:
    """The ASGI app. What is None is not served (404). `on_answer` is told of Cal.com's deliveries."""
    routes: list[BaseRoute] = [Route("/healthz", _healthy), Route("/readyz", _readiness(is_ready))]
    if slack is not None:
        routes.append(Route("/slack/events", _slack(slack), methods=["POST"]))
    if hook_secret is not None:
        hooks = Webhooks(hook_secret, queue, now, on_answer)
        for path in (PATH, f"{PATH}/{{team}}", f"{PATH}/{{team}}/{{person}}/{{account}}"):
            routes.append(Route(path, hooks.take, methods=["POST"]))
    guards = [Middleware(one) for one in (SecurityHeaders, LastResort, BodyLimit)]
    app = Starlette(routes=[*routes, *extra], middleware=guards)
    app.router.redirect_slashes = False  # to wherever a Host header says
    return app


async def _healthy(_: Request) -> Response:
    return PlainTextResponse("ok")


def _readiness(is_ready: Callable[[], Awaitable[bool]]) -> Callable[[Request], Awaitable[Response]]:
    async def readiness(request: Request) -> Response:
        draining = getattr(request.app.state, "draining", False)
        ready = not draining and await is_ready()
        return PlainTextResponse("ready" if ready else "not ready", status_code=200 if ready else 503)

    return readiness


def _slack(door: SlackDoor) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        status, headers, body = await door(await request.body(), request.headers)
        return Response(body, status_code=status, headers=headers)

    return take


class Webhooks:
    """Cal.com's deliveries: read, enqueue, acknowledge."""

    def __init__(
        self, secret: HookSecret, queue: TurnQueue, now: Callable[[], datetime], on_answer: OnAnswer
    ) -> None:
        self._secret = secret
        self._queue = queue
        self._now = now
        self._on_answer = on_answer

    async def take(self, request: Request) -> Response:
        """200 when it is kept or of no interest; else Cal.com tries again where it can."""
        began = time.perf_counter()
        with taking_in():
            answer = await self._taken(request)
            self._on_answer("webhook", answer.status_code, time.perf_counter() - began)
        return answer

    async def _taken(self, request: Request) -> Response:
        try:
            event = await self._read(request)
            if event is not None and self._now() - event.at <= OLDEST_NEWS:
                await self._keep(event)
        except BadSignature:
            return PlainTextResponse("bad signature", status_code=401)
        except UnreadableEvent:
            return PlainTextResponse("unreadable", status_code=400)
        except (QueueUnavailable, StoreUnavailable):
            return PlainTextResponse("try again", status_code=503)
        return PlainTextResponse("ok")

    async def _read(self, request: Request) -> BookingEvent | None:
        signature = request.headers.get("x-cal-signature-256")
        hook = Hook(**request.path_params)
        return read_event(await request.body(), signature, await self._secret(), hook)

    async def _keep(self, event: Work) -> None:
        found_to_be(event.id)
        await self._queue.put(event)
        log.info("taken kind=%s", event.kind)
